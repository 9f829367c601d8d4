import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { eraseApiKeyRow, findApiKeyName } from '../store/rehearsal';

export const eraseApiKey =
  ({ db }: Deps): Operation<'eraseApiKey'> =>
  async ({ id }, context) => {
    const name = await findApiKeyName(db.knex, id);
    if (name === null) return {};
    // A key that a door makes carries the name of the door.
    if (name !== context.door) fail({ code: 'permission_denied' });
    await eraseApiKeyRow(db.knex, id);
    return {};
  };
