import type { SessionPolicy, TokenFormat } from '../../src/core';
import { findCookie, findHeader, type Renewal, type WireRequest } from '../../src/dialect';

const thirtyDays = 2_592_000;

/** The credential of the `token` header; an empty header is none. */
export function findHeaderToken(request: WireRequest): string | undefined {
  return findHeader(request, 'token') || undefined;
}

/** The header beats the cookie, even when the header's token is bad (reference 2.2). */
export function findToken(request: WireRequest): string | undefined {
  return findHeaderToken(request) ?? (findCookie(request, 'token') || undefined);
}

/** The vendor's token (reference 6): id and expiry in seconds as strings, and no other claim but our `sid`, the session. */
export const tokenFormat: TokenFormat = {
  kind: 'jwt',
  alg: 'HS256',
  secret: { alphabet: 'abcdefghijklmnopqrstuvwxyz', length: 32, suffix: '-user-token' },
  claims: (subject) => {
    if ('client' in subject) throw new Error('no program signs in at this door');
    const { session, user, expiresAt } = subject;
    return {
      sid: session.id,
      t: String(Math.floor(expiresAt.getTime() / 1000)),
      userId: String(user.id),
    };
  },
  parse: ({ sid, t, userId }) => {
    if (typeof sid !== 'string' || typeof t !== 'string' || typeof userId !== 'string') return undefined;
    if (!/^\d{1,12}$/.test(t) || !/^\d{1,10}$/.test(userId)) return undefined;
    return { sessionId: sid, userId: Number(userId), expiresAt: new Date(Number(t) * 1000) };
  },
};

export const sessionPolicy: SessionPolicy = {
  accessTokenSeconds: thirtyDays,
  sessionSeconds: thirtyDays,
  single: false,
  clearsRecords: [],
};

export const renewal: Renewal = {
  withinSeconds: 3600,
  lifetimeSeconds: 86_400,
  announce: (accessToken) => ({ 'Update-Token': accessToken }),
};
