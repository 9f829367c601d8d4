import { findHeader, type Site, type WireRequest, type WireResponse } from '../../src/dialect';

/** Pages on the developer's own machine; reference 2.2 says what a browser SDK needs, the vendor's own headers are unknown. */
const localOrigin = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

const preflight = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers':
    'authorization, content-type, accept-language, x-request-id, x-device-id, x-sdk-version, x-captcha-token',
  'access-control-max-age': '600',
};

/** Tokens are in some answers, so that none may be kept by a cache. */
const constant = { 'cache-control': 'no-store', vary: 'Origin' };

/** Headers of every answer. */
export function headersFor(site: Site, request: WireRequest): Readonly<Record<string, string>> {
  const origin = findHeader(request, 'origin');
  if (origin === undefined || !(site.corsOrigins.includes(origin) || localOrigin.test(origin)))
    return constant;
  return {
    ...constant,
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, retry-after',
  };
}

/** Answers a preflight. Whether the origin may go on is told by `headersFor`. */
export function answerPreflight(request: WireRequest): WireResponse | undefined {
  return request.method.toUpperCase() === 'OPTIONS'
    ? { status: 200, headers: preflight, body: {} }
    : undefined;
}
