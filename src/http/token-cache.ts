import { hash } from 'node:crypto';
import type { ParsedClaims } from '../core';

/** About 11 MB when full. */
const capacity = 50_000;

/** Claims without a Date, which alone would weigh as much as the rest. */
interface Entry {
  sessionId: string;
  userId: number;
  expiresAtMs: number;
}

export interface TokenCache {
  /** The claims of a token whose signature was found good under the present keys. Their expiry is for the asker to judge. */
  find(key: string): ParsedClaims | undefined;
  /** `version`: of the keys under which the token was checked; when they have changed since, nothing is kept. */
  keep(key: string, claims: ParsedClaims, version: number): void;
}

/** Under what a token is remembered: no token stays in memory. */
export function tokenKey(token: string): string {
  return hash('sha256', token, 'base64');
}

/** Remembers verified tokens, the youngest ones only, and forgets them all when the keys change. */
export function createTokenCache(keyVersion: () => number, limit = capacity): TokenCache {
  const claimsByKey = new Map<string, Entry>();
  let version = keyVersion();

  function forgetOldKeys(): void {
    const present = keyVersion();
    if (present === version) return;
    claimsByKey.clear();
    version = present;
  }

  return {
    find(key) {
      forgetOldKeys();
      const entry = claimsByKey.get(key);
      if (entry === undefined) return undefined;
      return {
        sessionId: entry.sessionId,
        userId: entry.userId,
        expiresAt: new Date(entry.expiresAtMs),
      };
    },
    keep(key, claims, checkedUnder) {
      forgetOldKeys();
      if (checkedUnder !== version) return;
      if (claimsByKey.size >= limit) {
        // A Map iterates in the order of insertion.
        for (const oldest of claimsByKey.keys()) {
          claimsByKey.delete(oldest);
          break;
        }
      }
      claimsByKey.set(key, {
        sessionId: claims.sessionId,
        userId: claims.userId,
        expiresAtMs: claims.expiresAt.getTime(),
      });
    },
  };
}
