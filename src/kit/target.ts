/** A base URL without a trailing slash; undefined when the text is none that requests can go to. */
export function readTarget(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, search, hash, username, href } = new URL(text);
  if (!/^https?:$/.test(protocol) || search !== '' || hash !== '' || username !== '') return undefined;
  return href.replace(/\/+$/, '');
}
