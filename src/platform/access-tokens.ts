import { createHash } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import type { AccessTokens, Door, Randomness } from '../core';
import type { SigningKeys } from './signing-keys';

/** Makes the access tokens of every door, each in the format that its dialect declares. */
export function createAccessTokens(
  doors: readonly Door[],
  { keys, randomness }: { keys: SigningKeys; randomness: Randomness },
): AccessTokens {
  const formats = new Map(doors.map((door) => [door.name, door.tokens]));
  return {
    issue: async (door, subject) => {
      const format = formats.get(door);
      if (format === undefined) throw new Error(`no tokens at ${door}`);
      if (format.kind === 'opaque') {
        const accessToken = randomness.text(format.alphabet, format.length);
        return { accessToken, tokenHash: createHash('sha256').update(accessToken).digest() };
      }
      const { id, key } = await keys.current(door);
      const claims = format.claims(subject);
      const accessToken = sign(claims, key, {
        algorithm: format.alg,
        // A symmetric key has one owner, who needs no hint; a public one is looked up by its id.
        ...(format.alg === 'RS256' ? { keyid: id } : {}),
        // Otherwise the library adds the system's time to claims that have none, and removes it from those that do.
        noTimestamp: !('iat' in claims),
      });
      return { accessToken, tokenHash: null };
    },
    publicKeys: (door) => keys.publicKeys(door),
  };
}
