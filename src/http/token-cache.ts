import { hash } from 'node:crypto';

/** 128 bits of SHA-256 name a token. */
const wordsOfDigest = 4;
/** Tokens that share a bucket, of which the oldest makes room. */
const tokensOfBucket = 8;
const wordsOfBucket = wordsOfDigest * tokensOfBucket;
/** A power of two: 262,144 tokens in 4 MB. Memory that no token has touched is not held. */
const defaultBuckets = 32_768;

export interface TokenCache {
  /** Whether this token's signature was found good under the present keys. Its expiry is for the asker to judge. */
  knows(digest: Buffer): boolean;
  /** `version`: of the keys under which the token was checked; when they have changed since, nothing is kept. */
  keep(digest: Buffer, version: number): void;
}

/** Under what a token is remembered: no token stays in memory. */
export function digestOf(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/**
 * Remembers which tokens were verified, the youngest ones only, and forgets them all when the keys change. A table of fixed
 * size instead of a map: what every request looks up must not be what the garbage collector walks over.
 */
export function createTokenCache(keyVersion: () => number, buckets = defaultBuckets): TokenCache {
  const words = new Int32Array(buckets * wordsOfBucket);
  let version = keyVersion();

  function forgetOldKeys(): void {
    const present = keyVersion();
    if (present === version) return;
    words.fill(0);
    version = present;
  }

  const bucketOf = (digest: Buffer): number => (digest.readUInt32LE(16) % buckets) * wordsOfBucket;

  return {
    knows(digest) {
      forgetOldKeys();
      const first = digest.readInt32LE(0);
      const start = bucketOf(digest);
      for (let at = start; at < start + wordsOfBucket; at += wordsOfDigest) {
        if (
          words[at] === first &&
          words[at + 1] === digest.readInt32LE(4) &&
          words[at + 2] === digest.readInt32LE(8) &&
          words[at + 3] === digest.readInt32LE(12)
        )
          return true;
      }
      return false;
    },
    keep(digest, checkedUnder) {
      forgetOldKeys();
      if (checkedUnder !== version) return;
      const start = bucketOf(digest);
      words.copyWithin(start + wordsOfDigest, start, start + wordsOfBucket - wordsOfDigest);
      for (let word = 0; word < wordsOfDigest; word += 1) words[start + word] = digest.readInt32LE(4 * word);
    },
  };
}
