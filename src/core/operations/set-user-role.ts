import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { appendHistory } from '../store/history';
import { updateUser } from '../store/users';

export const setUserRole =
  ({ db, clock }: Deps): Operation<'setUserRole'> =>
  async ({ userId, role }, context) =>
    db.knex.transaction(async (queries) => {
      const user = await updateUser(queries, userId, { role });
      if (user === null) return fail({ code: 'user_not_found' });
      await appendHistory(queries, {
        at: clock(),
        userId,
        actor: 'operator',
        action: 'role_set',
        fields: ['role'],
        context,
      });
      return { user, extension: null };
    });
