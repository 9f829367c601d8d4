import type { Known } from './stage';

const placeholder = /<[a-z _]+>/g;
const wholePlaceholder = /^<[a-z _]+>$/;

/** An exchange speaks of something that nobody brought about: a fault of the contract, or of whoever arranged. */
export class UnknownPlaceholder extends Error {
  constructor(name: string) {
    super(`nobody knows ${name}`);
    this.name = 'UnknownPlaceholder';
  }
}

/** `value` with everything known in it replaced: strings that are known as a whole, at any depth. */
export function fill<T>(value: T, known: Known): T;
export function fill(value: unknown, known: Known): unknown {
  if (typeof value === 'string') {
    const spoken = Object.hasOwn(known, value) ? known[value] : undefined;
    if (spoken === undefined && wholePlaceholder.test(value)) throw new UnknownPlaceholder(value);
    return spoken ?? value;
  }
  if (Array.isArray(value)) return value.map((inner: unknown) => fill(inner, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, known)]));
}

/** A path, or a header's value, with the placeholders inside it replaced. */
export function fillInside(text: string, known: Known): string {
  return text.replace(placeholder, (name) => {
    const spoken = known[name];
    if (spoken === undefined) throw new UnknownPlaceholder(name);
    return spoken;
  });
}
