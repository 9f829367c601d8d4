import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Randomness } from '../core';

/** Random values from the operating system's generator. */
export function createRandomness(): Randomness {
  // `randomInt` rejects what would favour the first characters, so every alphabet comes out even.
  const text = (alphabet: string, length: number): string => {
    const characters = Array.from(alphabet);
    return Array.from({ length }, () => characters[randomInt(characters.length)]).join('');
  };
  return {
    uuid: () => randomUUID(),
    bytes: (count) => randomBytes(count),
    digits: (count) => text('0123456789', count),
    text,
  };
}
