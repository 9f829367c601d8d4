import type { Contact } from './commands/contacts';
import type { Deps } from './deps';
import type { User } from './model';
import { fail } from './problems';
import { checkIdentifier } from './rules';
import { signOutSessions } from './session-end';
import type { Queries } from './store/database';
import { removePasswordHash } from './store/credentials';
import { findContactState, findUsersByIdentifier, lockUser, updateUser } from './store/users';

/** A contact in its checked form. */
export interface CheckedContact {
  kind: 'email' | 'phone';
  shown: string;
  key: string;
}

/** What a contact is to serve for. */
type ContactUse = 'sign_in' | 'recovery';

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
  use: ContactUse,
): Promise<User | null> {
  const found = (await findUsersByIdentifier(queries, contact.kind, [contact.key]))[0];
  if (found === undefined) return null;
  const state = await findContactState(queries, found.user.id, contact.kind);
  if (state === null) return null;
  if (state.verifiedAt === null && state.origin === 'edit') return null;
  const holdMs = deps.settings.contactHoldHours * 3_600_000;
  const fresh = state.origin !== 'registration' && holdMs > 0;
  if (use === 'recovery' && fresh && (state.setAt?.getTime() ?? 0) + holdMs > deps.clock().getTime())
    return null;
  return found.user;
}

/** The columns of a contact that was proven just now. */
export function provenColumns(
  contact: Pick<CheckedContact, 'kind' | 'key' | 'shown'>,
  now: Date,
): Parameters<typeof updateUser>[2] {
  return contact.kind === 'email'
    ? {
        email: contact.shown,
        email_key: contact.key,
        email_verified_at: now,
        email_origin: 'proof',
        email_set_at: now,
      }
    : { phone: contact.key, phone_verified_at: now, phone_origin: 'proof', phone_set_at: now };
}

const noContact = {
  email: { email: null, email_key: null, email_verified_at: null, email_origin: null, email_set_at: null },
  phone: { phone: null, phone_verified_at: null, phone_origin: null, phone_set_at: null },
};

/** The columns of a user who has no contact of this kind (any more). */
export function withoutContact(kind: 'email' | 'phone'): Parameters<typeof updateUser>[2] {
  return noContact[kind];
}

/**
 * The first proof of a contact that was never proven, by somebody who is not signed in, makes the prover the owner:
 * whoever registered with an address that is not theirs is out. All sessions end, the password is dropped, and so is
 * the other contact when that is unproven too. A contact that was proven before changes nothing. Holds the owner's row
 * until the transaction ends; fails with `user_not_found` when nobody may use the contact so, and with `user_blocked`.
 */
export async function claimContact(
  deps: Deps,
  queries: Queries,
  { kind, key }: Pick<CheckedContact, 'kind' | 'key'>,
  use: ContactUse,
): Promise<{ user: User; firstProof: boolean }> {
  const seen = await findContactOwner(deps, queries, { kind, key }, use);
  if (seen === null) return fail({ code: 'user_not_found' });
  await lockUser(queries, seen.id);
  // Whose it is, and how they came by it, is settled now that nothing about the user can change.
  const user = await findContactOwner(deps, queries, { kind, key }, use);
  if (user?.id !== seen.id) return fail({ code: 'user_not_found' });
  if (user.status === 'blocked') return fail({ code: 'user_blocked' });
  const verifiedAt = kind === 'email' ? user.emailVerifiedAt : user.phoneVerifiedAt;
  if (verifiedAt !== null) return { user, firstProof: false };
  const now = deps.clock();
  const other = kind === 'email' ? 'phone' : 'email';
  const otherVerifiedAt = kind === 'email' ? user.phoneVerifiedAt : user.emailVerifiedAt;
  await signOutSessions(deps, queries, { userId: user.id }, { at: now, reason: 'revoked' });
  await removePasswordHash(queries, user.id);
  const claimed = await updateUser(queries, user.id, {
    // It stays what it was since the registration: proven is not changed, and no hold begins.
    ...(kind === 'email' ? { email_verified_at: now } : { phone_verified_at: now }),
    ...(otherVerifiedAt === null ? noContact[other] : {}),
    password_updated_at: null,
  });
  return { user: claimed ?? user, firstProof: true };
}
