import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { deleteRecords } from '../store/records';

export const removeRecords =
  ({ db }: Deps): Operation<'removeRecords'> =>
  async ({ caller, kind, id }, context) => {
    const owner = { dialect: context.door, kind, userId: caller.user.id };
    const removed = await deleteRecords(db.knex, owner, id);
    if (id !== undefined && removed === 0) fail({ code: 'record_not_found' });
    return {};
  };
