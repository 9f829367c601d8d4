import { createHash, timingSafeEqual } from 'node:crypto';

/** The rules of verification codes, the same for every purpose and every door. */
export const codeDigits = 6;
export const emailCodeMinutes = 10;
const maxAttempts = 5;
export const sendLimits = { spacingSeconds: 60, perDay: 10 };

/** What is kept of a code: bound to its row, so that equal codes do not look equal. */
export function hashCode(id: string, code: string): Buffer {
  return createHash('sha256').update(`${id}:${code}`).digest();
}

/** Why a presented code is no good; null when it is. A code for another target counts as a wrong one. */
export function judgeCode(
  stored: { id: string; targetKey: string; codeHash: Buffer; attempts: number; expiresAt: Date } | null,
  presented: { code: string; targetKey: string; now: Date },
): 'none' | 'expired' | 'exhausted' | 'wrong' | null {
  if (stored === null) return 'none';
  if (stored.expiresAt <= presented.now) return 'expired';
  if (stored.attempts >= maxAttempts) return 'exhausted';
  const matches = timingSafeEqual(stored.codeHash, hashCode(stored.id, presented.code));
  return matches && stored.targetKey === presented.targetKey ? null : 'wrong';
}
