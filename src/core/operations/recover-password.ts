import { readCodePhone } from '../code-phone';
import { checkContact, claimContact, findContactOwner } from '../contacts';
import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { withProof } from '../proofs';
import { checkNewPassword } from '../rules';
import { setPasswordHash } from '../store/credentials';
import { endSessions } from '../store/sessions';
import { updateUser } from '../store/users';
import { tell } from '../tell';

/** All sessions end, at every door: whoever lost the password may have lost it to somebody. */
export const recoverPassword =
  (deps: Deps): Operation<'recoverPassword'> =>
  async ({ contact: named, proof, password }, context) => {
    const meant =
      'phone' in named ? { phone: await readCodePhone(deps, named.phone, proof, 'recover') } : named;
    const contact = checkContact(meant, deps.settings.phoneRegion);
    const passwordHash = await deps.passwords.hash(checkNewPassword(password));
    return withProof(
      deps,
      context,
      { proof, contact, purpose: 'recover', kinds: ['prove', 'recover'] },
      async (queries) => {
        const now = deps.clock();
        const owner = await findContactOwner(deps, queries, contact, 'recovery');
        if (owner === null) return fail({ code: 'user_not_found' });
        await claimContact(queries, owner, contact.kind, now);
        await setPasswordHash(queries, owner.id, passwordHash, now);
        await endSessions(queries, { userId: owner.id }, { at: now, reason: 'password_changed' });
        const user = await updateUser(queries, owner.id, { password_updated_at: now });
        await tell(deps, queries, context, {
          userId: owner.id,
          action: 'password_recovered',
          fields: ['password'],
        });
        return { user: user ?? owner, extension: null };
      },
    );
  };
