import { checkContact } from '../contacts';
import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { withProof } from '../proofs';
import { findUsersByIdentifier } from '../store/users';
import { signInOwner } from './sign-in-by-proof';

export const verifyEmailByLink =
  (deps: Deps): Operation<'verifyEmailByLink'> =>
  async ({ email, proofToken }, context) => {
    const contact = checkContact({ email }, deps.settings.phoneRegion);
    const found = await findUsersByIdentifier(deps.db.knex, 'email', [contact.key]);
    if (found.length === 0) return fail({ code: 'user_not_found' });
    return withProof(
      deps,
      context,
      { proof: { proofToken }, contact, purpose: 'prove', kinds: ['verify_email'] },
      (queries, proven) => signInOwner(deps, queries, proven, context),
    );
  };
