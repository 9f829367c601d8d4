import type { Deps } from '../deps';
import { notifyEmailChanged } from '../notify-email-changed';
import type { Operation, Result } from '../operations';
import { CoreError, fail, type Problem } from '../problems';
import { checkIdentifier } from '../rules';
import { appendHistory } from '../store/history';
import { updateUser } from '../store/users';
import { countAttempt, lockCode, removeCode } from '../store/verification-codes';
import { violatedIdentifier } from '../store/violations';
import { judgeCode } from '../verification';

/**
 * Redeems a code for a new address, once: of parallel calls with the right code, the one that holds the row first wins
 * and the others find none. An address that meanwhile belongs to somebody else leaves the code as it was.
 */
export const changeEmail =
  (deps: Deps): Operation<'changeEmail'> =>
  async ({ caller, email, code }, context) => {
    const checked = checkIdentifier('email', email, deps.settings.phoneRegion);
    if ('refused' in checked) return fail({ code: 'invalid_field', field: 'email', rule: checked.refused });
    const { key, shown } = checked.identifier;
    const userId = caller.user.id;

    const redeem = deps.db.knex.transaction(async (queries): Promise<Result<'changeEmail'> | Problem> => {
      const now = deps.clock();
      const stored = await lockCode(queries, userId, 'change_email');
      const rejection = judgeCode(stored, { code, targetKey: key, now });
      if (rejection !== null || stored === null) {
        // The counted attempt must stay, so the transaction commits and the problem is raised behind it.
        if (rejection === 'wrong' && stored !== null) await countAttempt(queries, stored.id);
        return { code: 'verification_code_rejected', reason: rejection ?? 'none' };
      }
      await removeCode(queries, stored.id);
      const user = await updateUser(queries, userId, {
        email: shown,
        email_key: key,
        email_verified_at: now,
        email_origin: 'proof',
        email_set_at: now,
        updated_at: now,
      });
      if (user === null) return { code: 'user_not_found' };
      await appendHistory(queries, {
        at: now,
        userId,
        actor: `user:${userId}`,
        action: 'email_changed',
        fields: ['email'],
        context,
      });
      return { user, extension: caller.extension };
    });
    const outcome = await redeem.catch((error: unknown) => {
      if (violatedIdentifier(error) !== 'email') throw error;
      throw new CoreError({ code: 'identifier_taken', identifier: 'email' }, { cause: error });
    });
    if ('code' in outcome) return fail(outcome);
    await notifyEmailChanged(deps, caller.user, outcome.user);
    return outcome;
  };
