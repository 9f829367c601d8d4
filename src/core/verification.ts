import { createHash, timingSafeEqual } from 'node:crypto';
import type { Deps } from './deps';
import { fail } from './problems';
import type { Queries } from './store/database';
import { countTry, removeCode, uncountTry, type CodeSlot, type StoredCode } from './store/verification-codes';

/** The rules of verification codes, the same for every purpose and every door. */
export const codeDigits = 6;
/** The longest that a code is good; a wire may ask for less. */
export const codeMinutes = 10;
const maxAttempts = 5;
export const sendLimits = { spacingSeconds: 60, perDay: 10 };

/** What is kept of a code: bound to its row, so that equal codes do not look equal. */
export function hashCode(id: string, code: string): Buffer {
  return createHash('sha256').update(`${id}:${code}`).digest();
}

/** Why a presented code is no good; null when it is. A code for another target counts as a wrong one. */
function judgeCode(
  stored: StoredCode,
  presented: { code: string; targetKey: string | null; now: Date },
): 'expired' | 'exhausted' | 'wrong' | null {
  if (stored.expiresAt <= presented.now) return 'expired';
  if (stored.attempts > maxAttempts) return 'exhausted';
  const matches = timingSafeEqual(stored.codeHash, hashCode(stored.id, presented.code));
  const meant = presented.targetKey === null || stored.targetKey === presented.targetKey;
  return matches && meant ? null : 'wrong';
}

/**
 * Judges a presented code and runs `use` with it in one transaction that uses it up: of parallel calls with the right
 * code one wins. When `use` fails, the code is as good as before. Fails with `verification_code_rejected`.
 */
export async function redeemCode<T>(
  { db, clock }: Deps,
  slot: CodeSlot,
  presented: { code: string; targetKey: string | null },
  use: (queries: Queries, code: StoredCode, now: Date) => Promise<T>,
): Promise<T> {
  const stored = await countTry(db.knex, slot);
  if (stored === null) return fail({ code: 'verification_code_rejected', reason: 'none' });
  const now = clock();
  const rejection = judgeCode(stored, { ...presented, now });
  if (rejection !== null) return fail({ code: 'verification_code_rejected', reason: rejection });
  try {
    return await db.knex.transaction(async (queries) => {
      if (!(await removeCode(queries, stored.id))) {
        fail({ code: 'verification_code_rejected', reason: 'none' });
      }
      return use(queries, stored, now);
    });
  } catch (error) {
    await uncountTry(db.knex, stored.id);
    throw error;
  }
}
