import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { checkNewPassword } from '../rules';
import { holdCaller, signOutSessions } from '../session-end';
import { setPasswordHash } from '../store/credentials';
import { consumeTicket } from '../store/tickets';
import { updateUser } from '../store/users';
import { tell } from '../tell';
import { checkOwnPassword } from './confirm-caller';

/** The calling session goes on; all the others, at every door, end. */
export const changePassword =
  (deps: Deps): Operation<'changePassword'> =>
  async ({ caller, password, authority }, context) => {
    const userId = caller.user.id;
    if ('oldPassword' in authority && caller.user.hasPassword) {
      await checkOwnPassword(deps, caller, authority.oldPassword, context);
    }
    const passwordHash = await deps.passwords.hash(checkNewPassword(password));
    return deps.db.knex.transaction(async (queries) => {
      const now = deps.clock();
      if ('sudoToken' in authority) {
        const sudo = await consumeTicket(queries, authority.sudoToken, ['sudo'], now);
        if (sudo?.userId !== userId) fail({ code: 'sudo_rejected' });
      }
      const held = await holdCaller(queries, caller);
      // The old password that was checked is no longer the one: somebody recovered or changed it meanwhile.
      const replaced = held.passwordUpdatedAt?.getTime() !== caller.user.passwordUpdatedAt?.getTime();
      if ('oldPassword' in authority && replaced) fail({ code: 'wrong_password' });
      const user = await updateUser(queries, userId, { password_updated_at: now });
      if (user === null) return fail({ code: 'user_not_found' });
      await setPasswordHash(queries, userId, passwordHash, now);
      await signOutSessions(
        deps,
        queries,
        { userId, exceptId: caller.session.id },
        { at: now, reason: 'password_changed' },
      );
      await tell(deps, queries, context, { userId, action: 'password_set', fields: ['password'] });
      return { user, extension: caller.extension };
    });
  };
