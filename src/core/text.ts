/** In UTF-16 units: more than any identifier has, whichever door it came through. */
const longestIdentifier = 1_024;

/** Whether nobody can have a text as an identifier, because of its length alone. */
export function isBeyondIdentifiers(value: string): boolean {
  return value.length > longestIdentifier;
}

/**
 * The form under which identifiers are compared: NFKC, then lower case. Never SQL `lower()`, which depends on the database's
 * locale. A text that is longer than any identifier stays as it is: to normalise a run of combining marks takes time that
 * grows with the square of its length, minutes for a megabyte.
 */
export function foldKey(value: string): string {
  if (isBeyondIdentifiers(value)) return value;
  return value.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Characters as people count them for our limits: code points, not UTF-16 units. */
export function countCodePoints(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

/** False when a text in it, or a name, is not storable: `jsonb` refuses the same two. */
export function isStorableJson(value: unknown): boolean {
  // JSON.stringify escapes exactly these two; an escape counts only behind an even number of backslashes.
  return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(JSON.stringify(value));
}

/** False for U+0000, which PostgreSQL cannot store, and for unpaired surrogates, which UTF-8 cannot carry. */
export function isStorable(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed();
}
