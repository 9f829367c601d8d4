import { createHash } from 'node:crypto';

/** What is kept of a token that a caller holds: enough to recognise it, nothing to use. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
