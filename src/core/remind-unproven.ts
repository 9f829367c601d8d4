import type { Deps } from './deps';
import type { CallContext, RegisterUser } from './operations';
import { CoreError, fail } from './problems';
import { checkIdentifier } from './rules';
import { sendEmailLink } from './send-email-link';
import { findUsersByIdentifier } from './store/users';
import { foldKey } from './text';

/**
 * Sends the link again to somebody who registers a second time, with an address that is theirs already and still
 * unproven, and fails with `contact_unverified`. A user name that somebody else has stays taken.
 */
export async function remindUnproven(
  deps: Deps,
  context: CallContext,
  command: RegisterUser,
  error: unknown,
): Promise<void> {
  if (command.emailLink === undefined || command.email === undefined) return;
  if (!(error instanceof CoreError) || error.problem.code !== 'identifier_taken') return;
  const { identifier } = error.problem;
  const checked = checkIdentifier('email', command.email, deps.settings.phoneRegion);
  if (identifier === 'phone' || 'refused' in checked) return;
  const owner = (await findUsersByIdentifier(deps.db.knex, 'email', [checked.identifier.key]))[0]?.user;
  if (owner === undefined || owner.emailVerifiedAt !== null) return;
  const sameName =
    typeof command.username === 'string' && foldKey(command.username) === foldKey(owner.username ?? '');
  if (identifier === 'username' && !sameName) return;
  await sendEmailLink(deps, context, owner, command.emailLink);
  fail({ code: 'contact_unverified', identifier: 'email' });
}
