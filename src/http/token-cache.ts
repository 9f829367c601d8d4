import { hash } from 'node:crypto';
import type { ParsedClaims } from '../core';

/** About 11 MB when full. */
const capacity = 50_000;

/** Claims without a Date, which alone would weigh as much as the rest. */
type Entry = { expiresAtMs: number } & ({ sessionId: string; userId: number } | { clientId: string });

function toEntry(claims: ParsedClaims): Entry {
  const expiresAtMs = claims.expiresAt.getTime();
  return 'clientId' in claims
    ? { clientId: claims.clientId, expiresAtMs }
    : { sessionId: claims.sessionId, userId: claims.userId, expiresAtMs };
}

function toClaims(entry: Entry): ParsedClaims {
  const expiresAt = new Date(entry.expiresAtMs);
  return 'clientId' in entry
    ? { clientId: entry.clientId, expiresAt }
    : { sessionId: entry.sessionId, userId: entry.userId, expiresAt };
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
      return entry === undefined ? undefined : toClaims(entry);
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
      claimsByKey.set(key, toEntry(claims));
    },
  };
}
