import { curlLine, type CurlRequest } from '../contract';
import type { NamedDeclaration } from '../dialect';
import type { CapturedRequest } from './inputs/captured';
import { rewriteBody, rewriteHeader, rewriteUrl, type Visit } from './rewrite';
import type { Translation } from './translation';

/** What stands where a token of the dialect belongs. */
export const tokenOf = (name: string): string => `<token of ${name}>`;

/** An address with its blanks as people read them. What would mean something else there stays escaped. */
export function decodeBlanks(address: string): string {
  return address.replace(/%(?:3C|7B%7B)[\w%+-]+?%(?:3E|7D%7D)/g, (escaped) => {
    const blank = decodeURIComponent(escaped.replaceAll('+', ' '));
    return /[&#?%/+]/.test(blank) ? escaped : blank;
  });
}

/** A request as a line for a shell, broken where people break such lines. */
export function brokenCurlLine(request: CurlRequest): string {
  return curlLine(request, { between: ' \\\n  ' });
}

/** What every client sends along, and what browsers and recorders add. */
const usual =
  /^(?:host|user-agent|accept|accept-encoding|accept-charset|connection|content-length|origin|referer|cookie|cache-control|pragma|priority|dnt|te|upgrade-insecure-requests|if-none-match|if-modified-since|(?:sec|postman|x-forwarded)-.*)$/;

/** The headers that may tell a dialect something, without what nobody else may see. */
function shownHeaders(
  headers: Readonly<Record<string, string>>,
  carried: Readonly<Record<string, string>>,
  hide: Visit,
): Record<string, string> {
  const told = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    const token = carried[name];
    if (token !== undefined) return [[name, /^basic\b/i.test(value) ? 'Basic <credentials>' : token]];
    return usual.test(name) ? [] : [[name, rewriteHeader(name, value, hide)]];
  });
  return Object.fromEntries(told);
}

/** The captured request as a line that may be shown to anybody. `hide`: what is done to each value in it. */
export function showRequest(
  captured: CapturedRequest,
  { name, declaration }: NamedDeclaration,
  hide: Visit,
): Translation['request'] {
  const file = captured.parts?.find(({ fileName }) => fileName !== undefined);
  const url = rewriteUrl(captured.url, hide);
  return {
    method: captured.method,
    url,
    curl: brokenCurlLine({
      method: captured.method,
      url,
      headers: shownHeaders(captured.headers, declaration.accessToken.attach(tokenOf(name)), hide),
      ...(captured.body.length > 0 && { body: rewriteBody(captured.body.toString('utf8'), hide) }),
      ...(file !== undefined && { file: { part: file.name, name: file.fileName ?? '' } }),
    }),
  };
}
