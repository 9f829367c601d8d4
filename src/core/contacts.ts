import type { Contact } from './commands/contacts';
import type { Deps } from './deps';
import type { User } from './model';
import { fail } from './problems';
import { checkIdentifier } from './rules';
import type { Queries } from './store/database';
import { findUsersByIdentifier, findContactState } from './store/users';

/** A contact in its checked form. */
export interface CheckedContact {
  kind: 'email' | 'phone';
  shown: string;
  key: string;
}

/** Fails with `invalid_field` when it is none. */
export function checkContact(contact: Contact, region: string): CheckedContact {
  const [kind, value] =
    'email' in contact ? (['email', contact.email] as const) : (['phone', contact.phone] as const);
  const checked = checkIdentifier(kind, value, region);
  if ('refused' in checked) return fail({ code: 'invalid_field', field: kind, rule: checked.refused });
  return { kind, shown: checked.identifier.shown, key: checked.identifier.key };
}

/**
 * The user who may sign in or recover a password by this contact: it is proven, or came with the registration. One that
 * an edit set and nobody has proven names nobody, and neither does one that is on hold because it was changed lately.
 */
export async function findContactOwner(
  deps: Deps,
  queries: Queries,
  contact: Pick<CheckedContact, 'kind' | 'key'>,
  use: 'sign_in' | 'recovery',
): Promise<User | null> {
  const found = (await findUsersByIdentifier(queries, contact.kind, [contact.key]))[0];
  if (found === undefined) return null;
  const state = await findContactState(queries, found.user.id, contact.kind);
  if (state === null) return null;
  if (state.verifiedAt === null && state.origin === 'edit') return null;
  const holdMs = deps.settings.contactHoldHours * 3_600_000;
  const fresh = state.origin !== 'registration' && state.setAt !== null && holdMs > 0;
  if (use === 'recovery' && fresh && state.setAt.getTime() + holdMs > deps.clock().getTime()) return null;
  return found.user;
}
