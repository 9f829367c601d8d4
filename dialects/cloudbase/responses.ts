import type { Result } from '../../src/core';
import type { HeardResponse, Meta, WireResponse } from '../../src/dialect';
import { claimsOf, clientTokenSeconds, sessions } from './access-token';
import { scopeOf } from './vocabulary';

/** "Nothing" is an empty object: an empty body would make the SDK send the call three times (reference 1, row 4). */
export const nothing: WireResponse = { status: 200, body: {} };

/** Without a truthy number the SDK drops the session that it has just got (reference 1, row 5). */
function secondsUntil(expiresAt: Date, meta: Meta, most: number): number {
  const seconds = Math.round((expiresAt.getTime() - meta.now.getTime()) / 1000);
  return Math.max(1, Math.min(most, seconds));
}

/** The token response of reference 4.1. */
export function writeGrant({ user, grant }: Result<'signIn'>, meta: Meta): WireResponse {
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      access_token: grant.accessToken,
      ...(grant.refreshToken !== null && { refresh_token: grant.refreshToken }),
      expires_in: secondsUntil(grant.accessTokenExpiresAt, meta, sessions.accessTokenSeconds),
      scope: scopeOf(user),
      sub: String(user.id),
      groups: [],
    },
  };
}

/** The token response to somebody who has just signed up. */
export function writeSignUp({ grant, ...record }: Result<'registerUser'>, meta: Meta): WireResponse {
  // The read side always asks for a session.
  return grant === null ? nothing : writeGrant({ ...record, grant }, meta);
}

/** The token response to a program: no user, nothing to refresh (reference 6.2). */
export function writeClientGrant(result: Result<'signInClient'>, meta: Meta): WireResponse {
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      access_token: result.accessToken,
      expires_in: secondsUntil(result.accessTokenExpiresAt, meta, clientTokenSeconds),
    },
  };
}

/** What the good token of a request says of itself; reference 6.3. A program's has no `sub`. */
export function writeIntrospection(meta: Meta): WireResponse {
  const { sub, aud, client_id, scope } = claimsOf(meta.request);
  return {
    status: 200,
    body: { token_type: 'Bearer', client_id: client_id ?? aud, ...(sub !== undefined && { sub }), scope },
  };
}

/** A JWK set. */
export function writeKeys({ keys }: Result<'listPublicKeys'>): WireResponse {
  return { status: 200, body: { keys } };
}

/** A good answer to a call that has nothing to tell. */
export function hearNothing(): Record<string, never> {
  return {};
}

/** Who signed in, and with which tokens they go on for how many seconds. */
export function hearGrant({ body }: HeardResponse): {
  user: { id: number };
  grant: { accessToken: string; refreshToken: string | null; expiresInSeconds: number };
} {
  const heard = body as { sub: string; access_token: string; refresh_token?: string; expires_in: number };
  return {
    user: { id: Number(heard.sub) },
    grant: {
      accessToken: heard.access_token,
      refreshToken: heard.refresh_token ?? null,
      expiresInSeconds: heard.expires_in,
    },
  };
}

/** With which token a program goes on for how many seconds. */
export function hearClientGrant({ body }: HeardResponse): { accessToken: string; expiresInSeconds: number } {
  const heard = body as { access_token: string; expires_in: number };
  return { accessToken: heard.access_token, expiresInSeconds: heard.expires_in };
}

/** The keys that verify this door's tokens. */
export function hearKeys({ body }: HeardResponse): Result<'listPublicKeys'> {
  return body as Result<'listPublicKeys'>;
}
