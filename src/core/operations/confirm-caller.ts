import { subjectKey, underAttemptLimit } from '../attempts';
import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { consumeProofToken, issueTicket, sudoSeconds } from '../proofs';
import { findPasswordHash } from '../store/credentials';
import { tell } from '../tell';
import type { UserCaller } from '../model';
import type { CallContext } from '../operations';
import { foldKey } from '../text';

/** Fails with `wrong_password` unless it is the caller's; counted together with failed sign-ins. */
export async function checkOwnPassword(
  deps: Deps,
  caller: UserCaller,
  password: string,
  context: CallContext,
): Promise<void> {
  const userId = caller.user.id;
  await underAttemptLimit(deps, context, subjectKey(userId, ''), async () => {
    const verdict = await deps.passwords.verify(password, await findPasswordHash(deps.db.knex, userId));
    if (verdict.matches) return;
    await tell(deps, deps.db.knex, context, { userId, action: 'confirmation_failed' });
    fail({ code: 'wrong_password' });
  });
}

/** Only a contact that the caller has proven confirms the caller. */
function isOwnProven({ user }: UserCaller, proven: { kind: 'email' | 'phone'; key: string }): boolean {
  return proven.kind === 'email'
    ? user.emailVerifiedAt !== null && user.email !== null && foldKey(user.email) === proven.key
    : user.phoneVerifiedAt !== null && user.phone === proven.key;
}

export const confirmCaller =
  (deps: Deps): Operation<'confirmCaller'> =>
  async ({ caller, credential }, context) => {
    const userId = caller.user.id;
    if ('password' in credential) await checkOwnPassword(deps, caller, credential.password, context);
    return deps.db.knex.transaction(async (queries) => {
      if ('proofToken' in credential) {
        const proven = await consumeProofToken(deps, queries, credential, ['prove']);
        if (!isOwnProven(caller, proven)) fail({ code: 'proof_rejected' });
      }
      const ticket = { kind: 'sudo' as const, userId, deviceId: null, target: null, secretHash: null };
      const sudoToken = await issueTicket(deps, queries, ticket, sudoSeconds);
      await tell(deps, queries, context, { userId, action: 'caller_confirmed' });
      return { sudoToken, expiresInSeconds: sudoSeconds };
    });
  };
