import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { signOutSessions } from '../session-end';
import { appendHistory } from '../store/history';
import { updateUser } from '../store/users';

export const setUserStatus =
  (deps: Deps): Operation<'setUserStatus'> =>
  async ({ userId, status }, context) =>
    deps.db.knex.transaction(async (queries) => {
      const now = deps.clock();
      const user = await updateUser(queries, userId, { status });
      if (user === null) return fail({ code: 'user_not_found' });
      if (status === 'blocked')
        await signOutSessions(deps, queries, { userId }, { at: now, reason: 'revoked' });
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
