/**
 * The headers in which two servers of one wire may differ for a client, each with the reason. `Set-Cookie` is compared by name,
 * value and attribute, apart from these. Everything else is the server's own affair or a proxy's: `Date`, `Content-Length`, `ETag`,
 * `Cache-Control` and `Vary`, which caches in front rewrite, request ids, and headers that harden pages.
 */
const comparedHeaders: readonly { name: RegExp; reason: string }[] = [
  { name: /^content-type$/, reason: 'a client reads the body by it' },
  { name: /^location$/, reason: 'a client goes there' },
  { name: /^access-control-/, reason: 'a browser withholds the answer without them' },
  { name: /^retry-after$/, reason: 'a client waits that long' },
  { name: /^www-authenticate$/, reason: 'a client learns how to sign in' },
  { name: /token/, reason: 'a wire hands out a renewed token beside the answer, and clients keep it' },
];

export function isCompared(header: string): boolean {
  return comparedHeaders.some(({ name }) => name.test(header));
}

/** One cookie of an answer: its attributes by lower-case name, `true` for one that has no value. */
export interface Cookie {
  name: string;
  value: string;
  attributes: Readonly<Record<string, string | true>>;
}

/** What a `Set-Cookie` line says. Of `Expires` only that it is there: it moves with the clock, and `Max-Age` goes before it. */
export function readCookie(line: string): Cookie {
  const [pair = '', ...parts] = line.split(';').map((part) => part.trim());
  const split = (text: string): [string, string | undefined] => {
    const mark = text.indexOf('=');
    return mark === -1 ? [text, undefined] : [text.slice(0, mark).trim(), text.slice(mark + 1).trim()];
  };
  const [name, value = ''] = split(pair);
  const attributes = parts.map((part) => {
    const [attribute, setting] = split(part);
    const key = attribute.toLowerCase();
    return [key, key === 'expires' ? true : (setting ?? true)] as const;
  });
  return { name, value, attributes: Object.fromEntries(attributes) };
}
