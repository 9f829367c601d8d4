import { findHeader, type Site, type WireRequest } from '../../src/dialect';
import { findHeaderToken } from './access-token';

const loopback = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

const constant = {
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': 'Content-Disposition,Update-Token',
  'Access-Control-Allow-Methods': 'GET,POST,PUT,DELETE,PATCH,OPTIONS',
  'Access-Control-Allow-Headers':
    'Content-Type, Api, Accept, Authorization, Version, Admin, Token, Key, Site-Id, Sub-Site-Id, X-Pjax, X-Pjax-Container',
  Vary: 'Origin',
};

/** Pages on the person's own machine, as the server allows them, and those that the operator names. */
function isListed(origin: string, site: Site): boolean {
  return loopback.test(origin) || site.corsOrigins.includes(origin);
}

/** The headers of every answer (reference 2.3). */
export function corsHeaders(request: WireRequest, site: Site): Readonly<Record<string, string>> {
  const origin = findHeader(request, 'origin');
  if (origin === undefined || !isListed(origin, site)) return constant;
  return { 'Access-Control-Allow-Origin': origin, ...constant };
}

function isOwn(origin: string, request: WireRequest, site: Site): boolean {
  if (!URL.canParse(origin)) return false;
  const { host, origin: parsed } = new URL(origin);
  return parsed === new URL(site.publicUrl).origin || host === findHeader(request, 'host');
}

/**
 * Whether a write may come from the page it comes from. Browsers send the cookie along from any page, so that the cookie
 * alone proves nothing about a page that is neither ours nor listed; the header is sent only by a page that knows the token.
 */
export function admitsOrigin(request: WireRequest, site: Site): boolean {
  if (findHeaderToken(request) !== undefined) return true;
  const origin = findHeader(request, 'origin');
  if (origin !== undefined) return isOwn(origin, request, site) || isListed(origin, site);
  const from = findHeader(request, 'sec-fetch-site');
  return from === undefined || from === 'same-origin' || from === 'none';
}
