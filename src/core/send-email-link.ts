import { checkContact } from './contacts';
import type { EmailLink } from './commands/contacts';
import type { Deps } from './deps';
import type { User } from './model';
import type { CallContext } from './operations';
import { CoreError } from './problems';
import { sendCode } from './send-code';

/**
 * Sends a link to a user whose address is unproven. It goes beside another call that has succeeded by then, so a limit
 * on sending and a mail that was not accepted are logged and fail nothing.
 */
export async function sendEmailLink(
  deps: Deps,
  context: CallContext,
  user: User,
  link: (EmailLink & { language: string }) | undefined,
): Promise<void> {
  if (link === undefined || user.email === null || user.emailVerifiedAt !== null) return;
  try {
    await sendCode(deps, context, {
      purpose: 'prove',
      contact: checkContact({ email: user.email }, deps.settings.phoneRegion),
      userId: null,
      requestedBy: null,
      language: link.language,
      link,
    });
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    const { code } = error.problem;
    if (code !== 'too_many_requests') {
      deps.log.warn({ userId: user.id, problem: code, err: error }, 'a mail with a link could not be sent');
    }
  }
}
