/** The form under which identifiers are compared: NFKC, then lower case. Never SQL `lower()`, which depends on the database's locale. */
export function foldKey(value: string): string {
  return value.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Characters as people count them for our limits: code points, not UTF-16 units. */
export function countCodePoints(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

/** False for U+0000, which PostgreSQL cannot store, and for unpaired surrogates, which UTF-8 cannot carry. */
export function isStorable(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed();
}
