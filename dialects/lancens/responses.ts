import type { Profile, Result } from '../../src/core';
import type { HeardResponse, WireResponse } from '../../src/dialect';
import { readProfile, showUser, type WireProfile } from './vocabulary';

/** The answer of every call that has nothing to tell (reference 5.2). */
export function writeSuccess(): WireResponse {
  return { status: 200, body: { message: 'success' } };
}

/** The answer to a registration (reference 8.1). */
export function writeCreated(): WireResponse {
  return { status: 201, body: { message: 'success' } };
}

/**
 * The session object (reference 8.5). `time`: Unix seconds of the token's end. `reflash_key` opens nothing: this wire has
 * no refresh call, so it is the session's id, spelled as the vendor spells such strings.
 */
export function writeSession({ user, grant }: Result<'signIn'>): WireResponse {
  return {
    status: 201,
    body: {
      id: user.id,
      token: grant.accessToken,
      reflash_key: grant.session.id.replaceAll('-', ''),
      time: Math.floor(grant.accessTokenExpiresAt.getTime() / 1000),
    },
  };
}

/** A bare object of exactly five members (reference 8.7). */
export function writeProfile({ user }: Result<'getProfile'>, region: string): WireResponse {
  return { status: 200, body: showUser(user, region) };
}

/** A good answer to a call that has nothing to tell. */
export function hearSuccess(): Record<string, never> {
  return {};
}

/** Who signed in and with which token they go on. */
export function hearSession({ body }: HeardResponse): {
  user: { id: number };
  grant: { accessToken: string; accessTokenExpiresAt: Date };
} {
  const session = body as { id: number; token: string; time: number };
  return {
    user: { id: session.id },
    grant: { accessToken: session.token, accessTokenExpiresAt: new Date(session.time * 1000) },
  };
}

/** The part of a profile that this wire shows. */
export function hearProfile({ body }: HeardResponse, region: string): Partial<Profile> {
  return readProfile(body as WireProfile, region);
}
