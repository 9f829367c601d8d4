import type { Profile, Result, User } from '../../src/core';
import type { HeardResponse, Meta, WireResponse } from '../../src/dialect';
import { sessions } from './access-token';
import {
  readAvatar,
  readGender,
  readPhone,
  scopeOf,
  spellAvatar,
  spellPhone,
  spellProfile,
  statuses,
} from './vocabulary';

/** "Nothing" is an empty object: an empty body would make the SDK send the call three times (reference 1, row 4). */
export const nothing: WireResponse = { status: 200, body: {} };

/** The token response of reference 4.1. */
export function writeGrant({ user, grant }: Result<'signIn'>, meta: Meta): WireResponse {
  const seconds = Math.round((grant.accessTokenExpiresAt.getTime() - meta.now.getTime()) / 1000);
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      access_token: grant.accessToken,
      ...(grant.refreshToken !== null && { refresh_token: grant.refreshToken }),
      // Without a truthy number here the SDK drops the session that it has just got (reference 1, row 5).
      expires_in: Math.max(1, Math.min(sessions.accessTokenSeconds, seconds)),
      scope: scopeOf(user),
      sub: String(user.id),
      groups: [],
    },
  };
}

/** `/user/me` of reference 7. Unset members are absent. */
export function writeProfile(user: User, publicUrl: string): WireResponse {
  const { nickname, username, email, gender, description } = spellProfile(user, publicUrl);
  const name = user.kind === 'anonymous' ? 'anonymous' : nickname;
  return {
    status: 200,
    body: {
      sub: String(user.id),
      user_id: String(user.id),
      ...(name !== undefined && { name }),
      ...(user.avatar !== '' && { picture: spellAvatar(user.avatar, publicUrl) }),
      ...(username !== undefined && { username }),
      ...(email !== undefined && { email, email_verified: user.emailVerifiedAt !== null }),
      ...(user.phone !== null && { phone_number: spellPhone(user.phone) }),
      ...(gender !== undefined && { gender }),
      ...(description !== undefined && { user_desc: description }),
      providers: [],
      groups: [],
      status: statuses[user.status],
      created_at: user.createdAt.toISOString(),
      updated_at: user.updatedAt.toISOString(),
      ...(user.passwordUpdatedAt !== null && { password_updated_at: user.passwordUpdatedAt.toISOString() }),
      ...(user.lastSignInAt !== null && { last_login: user.lastSignInAt.toISOString() }),
      has_password: user.hasPassword,
      internal_user_type: user.role === 'admin' ? 'administrator' : 'generalUser',
    },
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

/** The part of a profile that `/user/me` shows. */
export function hearProfile({ body }: HeardResponse, publicUrl: string): Partial<Profile> {
  const heard = body as Record<string, string | undefined>;
  return {
    username: heard.username ?? null,
    nickname: heard.name ?? '',
    bio: heard.user_desc ?? '',
    gender: readGender(heard.gender ?? ''),
    email: heard.email ?? null,
    phone: heard.phone_number === undefined ? null : readPhone(heard.phone_number),
    avatar: readAvatar(heard.picture ?? '', publicUrl),
  };
}

/** The keys that verify this door's tokens. */
export function hearKeys({ body }: HeardResponse): Result<'listPublicKeys'> {
  return body as Result<'listPublicKeys'>;
}
