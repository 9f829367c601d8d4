import { curlLine, type CurlRequest } from '../contract';
import type { NamedDeclaration } from '../dialect';
import type { CapturedRequest } from './inputs/captured';
import { hideByName, hideValues, type Secret } from './secrets';
import type { Translation } from './translation';

/** What stands where a token of the dialect belongs. */
export const tokenOf = (name: string): string => `<token of ${name}>`;

/** Blanks in an address are escaped by it, which nobody can read. */
export function decodeBlanks(line: string): string {
  return line.replace(/%(?:3C|7B%7B)[\w%+-]+?%(?:3E|7D%7D)/g, (blank) =>
    decodeURIComponent(blank.replaceAll('+', ' ')),
  );
}

/** A request as a line for a shell, broken where people break such lines. */
export function brokenCurlLine(request: CurlRequest): string {
  return curlLine(request, { between: ' \\\n  ' });
}

/** What every client sends along, and what browsers and recorders add. */
const usual =
  /^(?:host|user-agent|accept|accept-encoding|accept-charset|connection|content-length|origin|referer|cookie|cache-control|pragma|priority|dnt|te|upgrade-insecure-requests|if-none-match|if-modified-since|(?:sec|postman|x-forwarded)-.*)$/;
const secretHeader = /token|secret|key|auth|session|password/;

/** The headers that may tell a dialect something, without what nobody else may see. */
function shownHeaders(
  headers: Readonly<Record<string, string>>,
  carried: Readonly<Record<string, string>>,
): Record<string, string> {
  const told = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    const token = carried[name];
    if (token !== undefined) return [[name, /^basic\b/i.test(value) ? 'Basic <credentials>' : token]];
    if (usual.test(name)) return [];
    return [[name, secretHeader.test(name) && !value.startsWith('{{') ? `<${name}>` : value]];
  });
  return Object.fromEntries(told);
}

/** The captured request as a line that may be shown to anybody. */
export function showRequest(
  captured: CapturedRequest,
  { name, declaration }: NamedDeclaration,
  { secrets, byName }: { secrets: readonly Secret[]; byName: boolean },
): Translation['request'] {
  const hide = (text: string): string => {
    const hidden = hideValues(text, secrets);
    return byName ? hideByName(hidden) : hidden;
  };
  const file = captured.parts?.find(({ fileName }) => fileName !== undefined);
  return {
    method: captured.method,
    url: hide(captured.url),
    curl: brokenCurlLine({
      method: captured.method,
      url: hide(captured.url),
      headers: shownHeaders(captured.headers, declaration.accessToken.attach(tokenOf(name))),
      ...(captured.body.length > 0 && { body: hide(captured.body.toString('utf8')) }),
      ...(file !== undefined && { file: { part: file.name, name: file.fileName ?? '' } }),
    }),
  };
}
