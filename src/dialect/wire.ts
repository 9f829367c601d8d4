import type { IncomingHttpHeaders } from 'node:http';
import type { OperationName } from '../core';

/** A request as plain data, so that translation is tested without a server. */
export interface WireRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** What `:name` segments of the route's path matched, percent-decoded. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: IncomingHttpHeaders;
  /** What the dialect's `decode` made of the bytes; undefined until the caller is known, and on uploads. */
  body: unknown;
  /** The bytes of the file part on a route with an upload. */
  file?: Buffer;
}

export interface Cookie {
  name: string;
  value: string;
  /** Seconds; 0 removes the cookie. */
  maxAge: number;
}

/** An answer as plain data. `body` is JSON unless `html` is there; neither: an empty body. */
export interface WireResponse {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Set with `Path=/` and `HttpOnly`. */
  cookies?: readonly Cookie[];
  body?: unknown;
  html?: string;
}

/** What a renderer may want to know about the call. */
export interface Meta {
  requestId: string;
  now: Date;
  /** Null when no route was found. */
  operation: OperationName | null;
  request: WireRequest;
}

/** The value of a cookie of the request, percent-decoded; undefined when it is not there. */
export function findCookie(request: WireRequest, name: string): string | undefined {
  for (const pair of request.headers.cookie?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals === -1 || pair.slice(0, equals).trim() !== name) continue;
    const value = pair.slice(equals + 1).trim();
    try {
      return decodeURIComponent(value);
    } catch {
      return value;
    }
  }
  return undefined;
}

/** The value of a header; undefined when absent. Of one that was sent twice, whatever node makes of it: most it joins with a comma. */
export function findHeader(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
