import type { TokenFormat } from '../core';
import type { Declaration, WireRequest } from '../dialect';

const sampleTime = new Date('2026-01-01T00:00:00Z');

/** The user of whom samples speak. */
export const sampleUserId = 1000;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of the door's form, which opens nothing: words that depend on a token can be read with it. */
export function sampleToken(format: TokenFormat): string {
  if (format.kind === 'opaque') return format.alphabet.repeat(format.length).slice(0, format.length);
  const claims = format.claims({
    issuedAt: sampleTime,
    expiresAt: new Date(sampleTime.getTime() + 3_600_000),
    session: { id: '00000000-0000-4000-8000-000000000000', userId: sampleUserId, clientId: null },
    user: { id: sampleUserId, kind: 'person', email: null, emailVerifiedAt: null },
  });
  return `${encode({ alg: format.alg, typ: 'JWT' })}.${encode(claims)}.sample-signature`;
}

/** A request that says nothing but who sends it: every message is in the default language. */
export function plainRequest({ accessToken }: Pick<Declaration, 'accessToken'>): WireRequest {
  return {
    method: 'POST',
    path: '/',
    params: {},
    query: new URLSearchParams(),
    headers: { ...accessToken.attach(sampleToken(accessToken.format)) },
    body: undefined,
  };
}
