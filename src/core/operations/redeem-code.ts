import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { redeemGuardedCode } from '../proofs';
import { issueProof } from '../send-code';
import { tell } from '../tell';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const redeemCode =
  (deps: Deps): Operation<'redeemCode'> =>
  async ({ verificationId, code }, context) => {
    if (!uuidForm.test(verificationId)) {
      return fail({ code: 'verification_code_rejected', reason: 'none' });
    }
    return redeemGuardedCode(
      deps,
      context,
      { id: verificationId, purpose: 'prove' },
      { code, targetKey: null },
      async (queries, stored) => {
        await tell(deps, queries, context, { userId: stored.requestedBy, action: 'code_redeemed' });
        return issueProof(deps, queries, {
          kind: stored.targetKind,
          key: stored.targetKey,
          userId: stored.requestedBy,
          deviceId: stored.deviceId,
        });
      },
    );
  };
