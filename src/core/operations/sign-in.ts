import { subjectKey, underAttemptLimit } from '../attempts';
import { meetCaptchaDemand } from '../captcha';
import type { Deps } from '../deps';
import { findTypedIdentifier } from '../find-user';
import { openSession } from '../grant-session';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { sendEmailLink } from '../send-email-link';
import { replacePasswordHash } from '../store/credentials';
import { findExtension } from '../store/extensions';
import { tell } from '../tell';
import { spellingKey } from '../rules';

/** One answer, and one amount of work, for everything that is wrong with an identifier and a password. */
export const signIn =
  (deps: Deps): Operation<'signIn'> =>
  async (command, context) => {
    const { db, passwords } = deps;
    const found = await findTypedIdentifier(deps, command.identifier);
    const userId = found?.user.id ?? null;
    const subject = subjectKey(userId, spellingKey(command.identifier, deps.settings.phoneRegion));
    await meetCaptchaDemand(deps, context, command.captcha, subject);
    if (command.refused !== undefined) return fail({ code: 'invalid_field', ...command.refused });

    const checked = await underAttemptLimit(deps, context, subject, async () => {
      const verdict = await passwords.verify(command.password, found?.passwordHash ?? null);
      if (found !== null && verdict.matches) return { ...found, outdated: verdict.outdated };
      await tell(deps, db.knex, context, { userId, action: 'sign_in_failed', actor: 'nobody' });
      return fail({ code: 'invalid_credentials' });
    });
    if (checked.user.status === 'blocked') return fail({ code: 'user_blocked' });
    if (checked.user.status === 'pending') return fail({ code: 'user_pending' });
    const rehashed = checked.outdated ? await passwords.hash(command.password) : null;

    const signedIn = await db.knex.transaction(async (queries) => {
      const opened = await openSession(deps, queries, checked.user, context);
      // The password that was checked was replaced meanwhile, and its sessions have ended: this one must not outlive them.
      if (opened.user.passwordUpdatedAt?.getTime() !== checked.user.passwordUpdatedAt?.getTime()) {
        fail({ code: 'invalid_credentials' });
      }
      if (rehashed !== null && checked.passwordHash !== null) {
        await replacePasswordHash(queries, checked.user.id, checked.passwordHash, rehashed);
      }
      await tell(deps, queries, context, { userId: checked.user.id, action: 'signed_in' });
      return { ...opened, extension: await findExtension(queries, checked.user.id, context.door) };
    });
    await sendEmailLink(deps, context, signedIn.user, command.emailLink);
    return signedIn;
  };
