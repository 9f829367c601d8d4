import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cookie, Declaration, WireRequest, WireResponse } from '../dialect';
import { drain, leavesMuchUnread } from './body';

/** An answer in the form in which it goes out. */
export interface Answer {
  status: number;
  /** Name and value in turn. */
  headers: string[];
  /** Undefined for answers that have no body at all, such as 304. */
  payload: string | undefined;
}

export interface AnswerContext {
  declaration: Declaration;
  request: WireRequest;
  requestId: string;
  now: Date;
  /** Headers that announce a renewed access token. */
  announcement: Readonly<Record<string, string>> | undefined;
  /** What every answer carries, unless its dialect says otherwise. */
  constants: readonly (readonly [name: string, value: string])[];
}

/** What is not a cookie-octet (RFC 6265, 4.1.1), and the percent sign, by which clients read the rest back. */
const escapedInCookies = /[^!#$&-+\--:<-[\]-~]/gu;

/** `Set-Cookie` as `Path=/; Expires; Max-Age; HttpOnly`. A life of no seconds is written as one that is long over. */
export function formatCookie({ name, value, maxAge }: Cookie, now: Date): string {
  const escaped = value.toWellFormed().replace(escapedInCookies, encodeURIComponent);
  const expires = maxAge > 0 ? new Date(now.getTime() + maxAge * 1000) : new Date(0);
  return `${name}=${escaped}; Path=/; Expires=${expires.toUTCString()}; Max-Age=${maxAge}; HttpOnly`;
}

/** The weak tag that Express gives: length and SHA-1 of the body. */
function entityTag(payload: string): string {
  return `W/"${Buffer.byteLength(payload).toString(16)}-${hash('sha1', payload, 'base64').slice(0, 27)}"`;
}

/** Weak comparison (RFC 9110, 13.1.2). A client that reloads by force is sent the whole answer, as by Express. */
function isFresh({ headers }: WireRequest, tag: string): boolean {
  const condition = headers['if-none-match'];
  if (condition === undefined || /(?:^|,)\s*no-cache\s*(?:,|$)/i.test(headers['cache-control'] ?? ''))
    return false;
  if (condition.trim() === '*') return true;
  return condition.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag.slice(2));
}

/** Names that the host alone decides. */
const ownNames: readonly string[] = ['content-length', 'transfer-encoding', 'connection'];

function createHeaders(): { list: string[]; add(name: string, value: string): void } {
  const list: string[] = [];
  const names = [...ownNames];
  return {
    list,
    /** The first to name a header decides it. */
    add(name, value) {
      const key = name.toLowerCase();
      if (names.includes(key)) return;
      names.push(key);
      list.push(name, value);
    },
  };
}

function textOf(response: WireResponse, declaration: Declaration): string {
  if (response.html !== undefined) return response.html;
  if (response.body === undefined) return '';
  return declaration.serialize === undefined
    ? JSON.stringify(response.body)
    : declaration.serialize(response.body);
}

/** Puts an answer together. Throws what the dialect's own functions throw. */
export function prepareAnswer(response: WireResponse, context: AnswerContext): Answer {
  const { declaration, request, announcement } = context;
  let { status } = response;
  let payload: string | undefined = textOf(response, declaration);

  const headers = createHeaders();
  for (const name in response.headers) headers.add(name, response.headers[name] ?? '');
  if (announcement !== undefined)
    for (const name in announcement) headers.add(name, announcement[name] ?? '');
  const always = declaration.headers?.(request);
  if (always !== undefined) for (const name in always) headers.add(name, always[name] ?? '');

  if (
    declaration.etag === true &&
    status === 200 &&
    (request.method === 'GET' || request.method === 'HEAD')
  ) {
    const tag = entityTag(payload);
    headers.add('ETag', tag);
    if (isFresh(request, tag)) status = 304;
  }
  if (status === 204 || status === 304) payload = undefined;
  else if (payload !== '') {
    headers.add(
      'Content-Type',
      response.html === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    );
  }
  headers.add('X-Request-Id', context.requestId);
  for (const [name, value] of context.constants) headers.add(name, value);

  const { list } = headers;
  if (response.cookies !== undefined) {
    for (const cookie of response.cookies) list.push('Set-Cookie', formatCookie(cookie, context.now));
  }
  if (payload !== undefined) list.push('Content-Length', String(Buffer.byteLength(payload)));
  return { status, headers: list, payload };
}

/**
 * Sends an answer whole. When much of the request's body is unread, or the server is `stopping`, the connection ends
 * with it; in the first case only after the client had its chance to read it. Throws, with nothing sent, when a header
 * cannot be written.
 */
export function sendAnswer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, payload }: Answer,
  stopping: boolean,
): void {
  const lingers = leavesMuchUnread(incoming);
  if (lingers || stopping) headers.push('Connection', 'close');
  outgoing.writeHead(status, headers);
  const body = incoming.method === 'HEAD' ? undefined : payload;
  if (!lingers) {
    outgoing.end(body);
    return;
  }
  if (body === undefined || body === '') outgoing.flushHeaders();
  else outgoing.write(body);
  drain(incoming, () => outgoing.end());
}
