import type { Deps } from '../deps';
import { secondsAfter } from '../grant-session';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { checkIdentifier } from '../rules';
import { appendHistory } from '../store/history';
import { isTaken } from '../store/users';
import { bookSend, cancelSend, replaceCode } from '../store/verification-codes';
import { codeDigits, emailCodeMinutes, hashCode, sendLimits } from '../verification';

/**
 * The send is booked first, so that parallel calls cannot both pass the limit; the new code takes the old one's place
 * only once the mail was accepted, and a mail that was not leaves neither booking nor code behind.
 */
export const requestEmailChange =
  (deps: Deps): Operation<'requestEmailChange'> =>
  async ({ caller, email, language, appName }, context) => {
    const { db, randomness } = deps;
    const checked = checkIdentifier('email', email, deps.settings.phoneRegion);
    if ('refused' in checked) return fail({ code: 'invalid_field', field: 'email', rule: checked.refused });
    const { key, shown } = checked.identifier;
    if (await isTaken(db.knex, 'email', key, caller.user.id)) {
      fail({ code: 'identifier_taken', identifier: 'email' });
    }
    const now = deps.clock();
    const booked = await db.knex.transaction((queries) => bookSend(queries, key, now, sendLimits));
    if ('retryAfterSeconds' in booked) {
      return fail({
        code: 'too_many_requests',
        what: 'verification_code',
        retryAfterSeconds: booked.retryAfterSeconds,
      });
    }
    const id = randomness.uuid();
    const code = randomness.digits(codeDigits);
    try {
      await deps.mailer.send({
        kind: 'verification_code',
        to: shown,
        code,
        language,
        appName: appName === undefined || appName === '' ? null : appName,
        validMinutes: emailCodeMinutes,
      });
    } catch (error) {
      await cancelSend(db.knex, booked.id);
      return fail({ code: 'delivery_failed', channel: 'email' }, error);
    }
    await db.knex.transaction(async (queries) => {
      await replaceCode(queries, {
        id,
        purpose: 'change_email',
        dialect: context.door,
        userId: caller.user.id,
        targetKind: 'email',
        targetKey: key,
        codeHash: hashCode(id, code),
        createdAt: now,
        expiresAt: secondsAfter(now, emailCodeMinutes * 60),
      });
      await appendHistory(queries, {
        at: now,
        userId: caller.user.id,
        actor: `user:${caller.user.id}`,
        action: 'email_change_requested',
        context,
      });
    });
    return {};
  };
