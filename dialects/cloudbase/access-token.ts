import { findHeader, type Site, type WireRequest } from '../../src/dialect';
import type { ParsedClaims, SessionPolicy, TokenFormat, TokenSubject } from '../../src/core';
import { scopeOf } from './vocabulary';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const userId = /^[1-9]\d{0,9}$/;
const jwt = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Lifetimes of reference 6.6; the grace period lets two tabs refresh at once. */
export const sessions: SessionPolicy & { clientTokenSeconds: number } = {
  accessTokenSeconds: 7200,
  clientTokenSeconds: 432_000,
  sessionSeconds: 31 * 86_400,
  single: false,
  refreshToken: { prefix: 'm.', bytes: 32, graceSeconds: 10 },
  clearsRecords: [],
};

export const { clientTokenSeconds } = sessions;

/** RS256 with the claims of reference 6.5, and a `sid` of ours that names the session. */
export function tokenFormat(site: Site, environment: string): TokenFormat {
  return {
    kind: 'jwt',
    alg: 'RS256',
    claims: (subject) => ({
      iss: site.publicUrl,
      ...holderOf(subject, environment),
      exp: Math.floor(subject.expiresAt.getTime() / 1000),
      iat: Math.floor(subject.issuedAt.getTime() / 1000),
      project_id: environment,
      user_type: '',
    }),
    parse: parseClaims,
  };
}

/** A program's token has no `sub`: there is no user behind it (reference 6.2). */
function holderOf(subject: TokenSubject, environment: string): Record<string, unknown> {
  if ('client' in subject) {
    const { clientId } = subject.client;
    return { aud: clientId, client_id: clientId, scope: 'administrator' };
  }
  const { session, user } = subject;
  return {
    sub: String(user.id),
    aud: session.clientId ?? environment,
    ...(user.kind === 'anonymous' && { name: 'Anonymous' }),
    scope: scopeOf(user),
    sid: session.id,
  };
}

function parseClaims({ sid, sub, exp, client_id }: Record<string, unknown>): ParsedClaims | undefined {
  if (sid === undefined && sub === undefined && typeof client_id === 'string' && typeof exp === 'number')
    return { clientId: client_id, expiresAt: new Date(exp * 1000) };
  if (typeof sid !== 'string' || !uuid.test(sid)) return undefined;
  if (typeof sub !== 'string' || !userId.test(sub)) return undefined;
  if (typeof exp !== 'number') return undefined;
  return { sessionId: sid, userId: Number(sub), expiresAt: new Date(exp * 1000) };
}

/** The token of `Authorization: Bearer`, whatever the case of the scheme (reference 1, row 6). */
export function findToken(request: WireRequest): string | undefined {
  return /^bearer +(\S+) *$/i.exec(findHeader(request, 'authorization') ?? '')?.[1];
}

/** The claims of a request's token, which the host has verified by then; none without a token. */
export function claimsOf(request: WireRequest): Readonly<Record<string, unknown>> {
  const payload = findToken(request)?.split('.')[1];
  if (payload === undefined) return {};
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
}

/** On `/revoke` the SDK sends the token in the body, the documentation in the header (reference 6.4). */
export function findTokenToRevoke(request: WireRequest): string | undefined {
  const { body } = request;
  const named = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  // A refresh token here names nothing that we could look up, so a good header still counts.
  return typeof named === 'string' && jwt.test(named) ? named : findToken(request);
}
