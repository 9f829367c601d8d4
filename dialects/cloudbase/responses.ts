import type { Result, User } from '../../src/core';
import type { Meta, WireResponse } from '../../src/dialect';
import { sessions } from './access-token';
import { scopeOf, spellAvatar, spellPhone, spellProfile, statuses } from './vocabulary';

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
