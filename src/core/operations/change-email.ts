import { checkContact } from '../contacts';
import type { Deps } from '../deps';
import { notifyEmailChanged } from '../notify-email-changed';
import type { Operation } from '../operations';
import { CoreError, fail } from '../problems';
import { redeemGuardedCode } from '../proofs';
import { holdCaller } from '../session-end';
import { appendHistory } from '../store/history';
import { updateUser } from '../store/users';
import { violatedIdentifier } from '../store/violations';

/** An address that meanwhile belongs to somebody else leaves the code as good as it was. */
export const changeEmail =
  (deps: Deps): Operation<'changeEmail'> =>
  async ({ caller, email, code }, context) => {
    const { key, shown } = checkContact({ email }, deps.settings.phoneRegion);
    const userId = caller.user.id;
    const redeem = redeemGuardedCode(
      deps,
      context,
      { userId, purpose: 'change_email' },
      { code, targetKey: key },
      async (queries, _stored, now) => {
        const before = await holdCaller(queries, caller);
        const user = await updateUser(queries, userId, {
          email: shown,
          email_key: key,
          email_verified_at: now,
          email_origin: 'proof',
          email_set_at: now,
          updated_at: now,
        });
        if (user === null) return fail({ code: 'user_not_found' });
        await appendHistory(queries, {
          at: now,
          userId,
          actor: `user:${userId}`,
          action: 'email_changed',
          fields: ['email'],
          context,
        });
        return { before, user };
      },
    );
    const { before, user } = await redeem.catch((error: unknown) => {
      if (violatedIdentifier(error) !== 'email') throw error;
      throw new CoreError({ code: 'identifier_taken', identifier: 'email' }, { cause: error });
    });
    await notifyEmailChanged(deps, before, user);
    return { user, extension: caller.extension };
  };
