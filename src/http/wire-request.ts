import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WireRequest } from '../dialect';

const requestIdForm = /^[A-Za-z0-9._-]{1,64}$/;

/** The client's own `x-request-id` when it is short and harmless, else a fresh random one. */
export function requestIdOf(incoming: IncomingMessage): string {
  const given = incoming.headers['x-request-id'];
  return typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID();
}

export interface Target {
  path: string;
  /** Without the question mark. */
  query: string;
}

/** A request target in its parts. The absolute form, which proxies send, loses its origin; no path is the root (RFC 9112, 3.2.2). */
export function splitTarget(target: string): Target {
  const local = target.startsWith('/') ? target : target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
  const mark = local.indexOf('?');
  const path = mark === -1 ? local : local.slice(0, mark);
  return { path: path === '' ? '/' : path, query: mark === -1 ? '' : local.slice(mark + 1) };
}

/** What a dialect sees of a request whose body has not been read. */
export function toWireRequest(
  incoming: IncomingMessage,
  { path, query }: Target,
  params: Readonly<Record<string, string>>,
): WireRequest {
  return {
    method: incoming.method ?? 'GET',
    path,
    params,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: undefined,
  };
}
