import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { listRecordRows } from '../store/records';

export const listRecords =
  ({ db }: Deps): Operation<'listRecords'> =>
  async ({ caller, kind, shared }, context) => {
    const owner = { dialect: context.door, kind, userId: shared ? null : caller.user.id };
    return { records: await listRecordRows(db.knex, owner), caller };
  };
