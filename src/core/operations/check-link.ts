import { checkContact } from '../contacts';
import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { checkProofToken } from '../proofs';
import { findUsersByIdentifier } from '../store/users';

export const checkLink =
  (deps: Deps): Operation<'checkLink'> =>
  async ({ email, proofToken, use }) => {
    const contact = checkContact({ email }, deps.settings.phoneRegion);
    const found = (await findUsersByIdentifier(deps.db.knex, 'email', [contact.key]))[0];
    if (found === undefined) return fail({ code: 'user_not_found' });
    const ticket = await checkProofToken(deps, { proofToken }, [use]);
    if (ticket.target?.key !== contact.key) fail({ code: 'proof_rejected' });
    return { user: found.user, extension: null };
  };
