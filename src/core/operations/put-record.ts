import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { checkRecord } from '../rules';
import { holdCaller } from '../session-end';
import { deleteRecords, insertRecord, listRecordRows } from '../store/records';

/**
 * Whatever ends a session and removes its records holds the user's row, as this does, so that no record comes after its
 * session has ended.
 */
export const putRecord =
  ({ db }: Deps): Operation<'putRecord'> =>
  async ({ caller, kind, data, match }, context) => {
    const owner = { dialect: context.door, kind, userId: caller.user.id };
    return db.knex.transaction(async (queries) => {
      await holdCaller(queries, caller);
      if (match !== undefined) {
        const same = (await listRecordRows(queries, owner)).filter((record) =>
          match.every((member) => record.data[member] === data[member]),
        );
        for (const record of same) await deleteRecords(queries, owner, record.id);
      }
      return insertRecord(queries, owner, checkRecord(data));
    });
  };
