import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { appendHistory } from '../store/history';
import { endSessions } from '../store/sessions';
import { updateUser } from '../store/users';

export const setUserStatus =
  ({ db, clock }: Deps): Operation<'setUserStatus'> =>
  async ({ userId, status }, context) =>
    db.knex.transaction(async (queries) => {
      const now = clock();
      const user = await updateUser(queries, userId, { status });
      if (user === null) return fail({ code: 'user_not_found' });
      if (status === 'blocked') await endSessions(queries, { userId }, { at: now, reason: 'revoked' });
      await appendHistory(queries, {
        at: now,
        userId,
        actor: 'operator',
        action: 'status_set',
        fields: ['status'],
        context,
      });
      return { user, extension: null };
    });
