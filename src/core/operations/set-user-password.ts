import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { checkNewPassword } from '../rules';
import { signOutSessions } from '../session-end';
import { setPasswordHash } from '../store/credentials';
import { appendHistory } from '../store/history';
import { updateUser } from '../store/users';

export const setUserPassword =
  (deps: Deps): Operation<'setUserPassword'> =>
  async ({ userId, password }, context) => {
    const passwordHash = await deps.passwords.hash(checkNewPassword(password));
    return deps.db.knex.transaction(async (queries) => {
      const now = deps.clock();
      const user = await updateUser(queries, userId, { password_updated_at: now });
      if (user === null) return fail({ code: 'user_not_found' });
      await setPasswordHash(queries, userId, passwordHash, now);
      await signOutSessions(deps, queries, { userId }, { at: now, reason: 'password_changed' });
      await appendHistory(queries, {
        at: now,
        userId,
        actor: 'operator',
        action: 'password_set',
        fields: ['password'],
        context,
      });
      return { user, extension: null };
    });
  };
