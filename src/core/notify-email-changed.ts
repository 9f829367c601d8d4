import type { Deps } from './deps';
import type { User } from './model';
import { foldKey } from './text';

function sameAddress(before: User, after: User): boolean {
  return foldKey(before.email ?? '') === foldKey(after.email ?? '');
}

/**
 * Tells the previous address, if it was proven, that it was replaced: whoever lost the user to somebody else learns of
 * it. The change has happened by then, so a mail that cannot be sent is logged and fails nothing.
 */
export async function notifyEmailChanged({ mailer, log }: Deps, before: User, after: User): Promise<void> {
  const replaced = before.email !== null && before.emailVerifiedAt !== null && !sameAddress(before, after);
  if (!replaced || before.email === null || after.email === null) return;
  try {
    await mailer.send({
      kind: 'email_changed',
      to: before.email,
      language: after.locale,
      newAddress: after.email,
    });
  } catch (error) {
    log.warn({ userId: after.id, err: error }, 'the notice of a changed e-mail address could not be sent');
  }
}
