import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { checkRecord } from '../rules';
import { mergeRecord } from '../store/records';

export const updateRecord =
  ({ db }: Deps): Operation<'updateRecord'> =>
  async ({ caller, kind, id, data }, context) => {
    const owner = { dialect: context.door, kind, userId: caller.user.id };
    return (await mergeRecord(db.knex, owner, id, checkRecord(data))) ?? fail({ code: 'record_not_found' });
  };
