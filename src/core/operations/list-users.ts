import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { listUserRows } from '../store/users';

export const listUsers =
  ({ db }: Deps): Operation<'listUsers'> =>
  async ({ afterId, limit }) => ({
    users: await listUserRows(db.knex, { afterId: afterId ?? 0, limit: limit ?? 100 }),
  });
