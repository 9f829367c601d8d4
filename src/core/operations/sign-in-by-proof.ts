import { claimContact } from '../contacts';
import type { Deps } from '../deps';
import { openSession } from '../grant-session';
import type { CallContext, SignedIn, Operation } from '../operations';
import { withProof } from '../proofs';
import type { Queries } from '../store/database';
import { findExtension } from '../store/extensions';
import { tell } from '../tell';

/** Opens a session for whoever has a contact that was proven just now. */
export async function signInOwner(
  deps: Deps,
  queries: Queries,
  proven: { kind: 'email' | 'phone'; key: string },
  context: CallContext,
): Promise<SignedIn> {
  const { user, firstProof } = await claimContact(deps, queries, proven, 'sign_in');
  if (firstProof) {
    await tell(deps, queries, context, {
      userId: user.id,
      action: 'contact_claimed',
      fields: [proven.kind],
    });
  }
  const opened = await openSession(deps, queries, user, context);
  await tell(deps, queries, context, { userId: user.id, action: 'signed_in' });
  return { ...opened, extension: await findExtension(queries, user.id, context.door) };
}

export const signInByProof =
  (deps: Deps): Operation<'signInByProof'> =>
  async ({ proofToken }, context) =>
    withProof(
      deps,
      context,
      { proof: { proofToken }, contact: null, purpose: 'prove', kinds: ['prove'] },
      (queries, proven) => signInOwner(deps, queries, proven, context),
    );
