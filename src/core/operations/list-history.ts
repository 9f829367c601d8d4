import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { listHistoryRows } from '../store/history';

export const listHistory =
  ({ db }: Deps): Operation<'listHistory'> =>
  async (filter) => ({ entries: await listHistoryRows(db.knex, filter) });
