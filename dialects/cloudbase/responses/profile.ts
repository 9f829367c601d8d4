import type { Profile, Result, User } from '../../../src/core';
import type { HeardResponse, WireResponse } from '../../../src/dialect';
import {
  readAvatar,
  readGender,
  readPhone,
  spellAvatar,
  spellGender,
  spellName,
  spellPhone,
  statuses,
} from '../vocabulary';
import { usernameTaken } from '../errors';
import { nothing } from '../responses';

/** `/user/me` of reference 7. Unset members are absent, as JSON leaves out what is undefined. */
export function writeProfile(user: User, publicUrl: string): WireResponse {
  return {
    status: 200,
    body: {
      sub: String(user.id),
      user_id: String(user.id),
      name: spellName(user) || undefined,
      picture: spellAvatar(user.avatar, publicUrl) || undefined,
      username: user.username ?? undefined,
      email: user.email ?? undefined,
      email_verified: user.email === null ? undefined : user.emailVerifiedAt !== null,
      phone_number: user.phone === null ? undefined : spellPhone(user.phone),
      gender: spellGender(user.gender) || undefined,
      locale: user.locale || undefined,
      user_desc: user.bio || undefined,
      providers: [],
      groups: [],
      status: statuses[user.status],
      created_at: user.createdAt.toISOString(),
      updated_at: user.updatedAt.toISOString(),
      password_updated_at: user.passwordUpdatedAt?.toISOString(),
      last_login: user.lastSignInAt?.toISOString(),
      has_password: user.hasPassword,
      internal_user_type: user.role === 'admin' ? 'administrator' : 'generalUser',
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
    locale: heard.locale ?? '',
  };
}

/** `/user/query` of reference 8.2: the contacts only as far as the caller may see them. */
export function writeUsers({ users }: Result<'queryUsers'>, publicUrl: string): WireResponse {
  const data = users.map(({ user, shows }) => ({
    sub: String(user.id),
    name: spellName(user),
    ...(user.avatar !== '' && { picture: spellAvatar(user.avatar, publicUrl) }),
    ...(user.gender !== null && { gender: spellGender(user.gender) }),
    ...(user.locale !== '' && { locale: user.locale }),
    ...(shows.email && user.email !== null && { email: user.email }),
    ...(shows.phone && user.phone !== null && { phone_number: spellPhone(user.phone) }),
  }));
  return { status: 200, body: { total: data.length, data } };
}

/** Who was found. */
export function hearUsers({ body }: HeardResponse): { users: readonly { user: { id: number } }[] } {
  const { data } = body as { data: readonly { sub: string }[] };
  return { users: data.map(({ sub }) => ({ user: { id: Number(sub) } })) };
}

/** `/checkIfUserExist`. */
export function writeExistence({ userId }: Result<'identifierExists'>): WireResponse {
  return { status: 200, body: { exist: userId !== null } };
}

/** Whether somebody has the identifier; this wire does not tell who. */
export function hearExistence({ body }: HeardResponse): { exists: boolean } {
  return { exists: (body as { exist: boolean }).exist };
}

/** `/checkUsername`: nothing when the name is free, and the documented refusal when it is not (reference 11). */
export function writeUsernameCheck({ userId }: Result<'identifierExists'>): WireResponse {
  return userId === null ? nothing : usernameTaken;
}
