import { readCodePhone } from '../code-phone';
import { checkContact, claimContact, findContactOwner } from '../contacts';
import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { checkProofToken, withProof } from '../proofs';
import { checkNewPassword } from '../rules';
import { signOutSessions } from '../session-end';
import { setPasswordHash } from '../store/credentials';
import type { TicketKind } from '../store/tickets';
import { updateUser } from '../store/users';
import { tell } from '../tell';

const kinds: readonly TicketKind[] = ['prove', 'recover'];

/** All sessions end, at every door: whoever lost the password may have lost it to somebody. */
export const recoverPassword =
  (deps: Deps): Operation<'recoverPassword'> =>
  async ({ contact: named, proof, password, tellsUnknown }, context) => {
    const meant =
      'phone' in named ? { phone: await readCodePhone(deps, named.phone, proof, 'recover') } : named;
    const contact = checkContact(meant, deps.settings.phoneRegion);
    if (tellsUnknown === true && (await findContactOwner(deps, deps.db.knex, contact, 'recovery')) === null) {
      return fail({ code: 'user_not_found' });
    }
    // Before the password is looked at, and hashed: that is work which a made-up token must not cause.
    if ('proofToken' in proof) await checkProofToken(deps, proof, kinds);
    const passwordHash = await deps.passwords.hash(checkNewPassword(password));
    return withProof(deps, context, { proof, contact, purpose: 'recover', kinds }, async (queries) => {
      const now = deps.clock();
      const { user: owner, firstProof } = await claimContact(deps, queries, contact, 'recovery');
      await setPasswordHash(queries, owner.id, passwordHash, now);
      await signOutSessions(deps, queries, { userId: owner.id }, { at: now, reason: 'password_changed' });
      const user = await updateUser(queries, owner.id, { password_updated_at: now });
      await tell(deps, queries, context, {
        userId: owner.id,
        action: 'password_recovered',
        fields: firstProof ? ['password', contact.kind] : ['password'],
      });
      return { user: user ?? owner, extension: null };
    });
  };
