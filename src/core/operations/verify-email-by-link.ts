import { checkContact, type CheckedContact } from '../contacts';
import type { Deps } from '../deps';
import { openSession } from '../grant-session';
import type { CallContext, Operation, SignedIn } from '../operations';
import { fail } from '../problems';
import { withProof } from '../proofs';
import type { Queries } from '../store/database';
import { findExtension } from '../store/extensions';
import { findContactState, findUsersByIdentifier, lockUser, updateUser } from '../store/users';
import { tell } from '../tell';
import { foldKey } from '../text';
import { signInOwner } from './sign-in-by-proof';

/**
 * The user, signed in, proves the own address: nobody is suspected, and nothing is taken away. What is proven is the address
 * of the link, so that one which the user has put in its place meanwhile stays unproven.
 */
async function proveOwn(
  deps: Deps,
  queries: Queries,
  userId: number,
  contact: CheckedContact,
  context: CallContext,
): Promise<SignedIn> {
  const user = await lockUser(queries, userId);
  if (user === null || foldKey(user.email ?? '') !== contact.key) return fail({ code: 'user_not_found' });
  if (user.emailVerifiedAt === null) {
    await updateUser(queries, user.id, { email_verified_at: deps.clock(), email_origin: 'proof' });
    await tell(deps, queries, context, {
      userId: user.id,
      action: 'contact_proven',
      fields: [contact.kind],
    });
  }
  const opened = await openSession(deps, queries, user, context);
  await tell(deps, queries, context, { userId: user.id, action: 'signed_in' });
  return { ...opened, extension: await findExtension(queries, user.id, context.door) };
}

export const verifyEmailByLink =
  (deps: Deps): Operation<'verifyEmailByLink'> =>
  async ({ caller, email, proofToken }, context) => {
    const contact = checkContact({ email }, deps.settings.phoneRegion);
    const found = (await findUsersByIdentifier(deps.db.knex, 'email', [contact.key]))[0];
    if (found === undefined) return fail({ code: 'user_not_found' });
    return withProof(
      deps,
      context,
      { proof: { proofToken }, contact, purpose: 'prove', kinds: ['verify_email'] },
      async (queries, proven) => {
        const { user } = found;
        if (caller?.user.id === user.id) return proveOwn(deps, queries, user.id, contact, context);
        const state = await findContactState(queries, user.id, 'email');
        // Whoever opens a link in a mail that a stranger's edit brought about must not end up as that stranger.
        if (state?.origin === 'edit' && state.verifiedAt === null) {
          return fail({ code: 'access_token_rejected', reason: 'missing' });
        }
        return signInOwner(deps, queries, proven, context);
      },
    );
  };
