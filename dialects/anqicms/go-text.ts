const leading = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const trailing = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

/** Go's `strings.TrimSpace` (reference 2.6): unlike JavaScript's `trim` it takes U+0085 and leaves U+FEFF. */
export function trimSpace(text: string): string {
  const start = leading.exec(text)?.[0].length ?? 0;
  let end = text.length;
  // Cut one by one: a pattern anchored at the end would look at every run of spaces inside the text again and again.
  while (end > start && trailing.test(text.slice(end - 1, end))) end -= 1;
  return text.slice(start, end);
}

/** Length in bytes of UTF-8, as Go's `len` counts. */
export function countBytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Go's encoder writes it: signs that mean something to HTML escaped, one newline at the end (reference 2.1). */
export function encodeJson(body: unknown): string {
  const text = JSON.stringify(body).replace(/[<>&\u2028\u2029]/g, (sign) => escapes[sign] ?? sign);
  return `${text}\n`;
}
