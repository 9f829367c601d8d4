import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { findNewestUserId } from '../store/rehearsal';

export const newestUserId =
  ({ db }: Deps): Operation<'newestUserId'> =>
  async () => ({ userId: await findNewestUserId(db.knex) });
