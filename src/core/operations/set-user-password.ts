import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { checkNewPassword } from '../rules';
import { setPasswordHash } from '../store/credentials';
import { appendHistory } from '../store/history';
import { endSessions } from '../store/sessions';
import { updateUser } from '../store/users';

export const setUserPassword =
  ({ db, passwords, clock }: Deps): Operation<'setUserPassword'> =>
  async ({ userId, password }, context) => {
    const passwordHash = await passwords.hash(checkNewPassword(password));
    return db.knex.transaction(async (queries) => {
      const now = clock();
      const user = await updateUser(queries, userId, { password_updated_at: now });
      if (user === null) return fail({ code: 'user_not_found' });
      await setPasswordHash(queries, userId, passwordHash, now);
      await endSessions(queries, { userId }, { at: now, reason: 'password_changed' });
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
