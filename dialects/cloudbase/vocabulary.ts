import {
  splitPhone,
  type CheckedField,
  type Gender,
  type HistoryAction,
  type Profile,
  type User,
  type UserStatus,
} from '../../src/core';

/** What this wire calls the fields that a rule of the core can refuse; reference 8 and 5.2. */
export const members: Readonly<Partial<Record<CheckedField, string>>> = {
  nickname: 'nickname',
  username: 'username',
  phone: 'phone',
  bio: 'description',
  avatar: 'avatar_url',
  gender: 'gender',
  email: 'email',
  identifier: 'username',
  password: 'password',
  code: 'verification_code',
};

const genders: Readonly<Record<Gender, string>> = { male: 'MALE', female: 'FEMALE' };

export const statuses: Readonly<Record<UserStatus, string>> = {
  active: 'ACTIVE',
  pending: 'PENDING',
  blocked: 'BLOCKED',
};

/**
 * What happened to a user → the name under which `/user/security/history` is asked for it. SDKs know `USER_LOGIN` and "anything
 * else" (reference 12); the other names are ours. What happened to a program is no user's.
 */
export const actions: Readonly<Record<string, string>> = {
  user_registered: 'USER_REGISTER',
  signed_in: 'USER_LOGIN',
  sign_in_failed: 'USER_LOGIN_FAILED',
  signed_out: 'USER_LOGOUT',
  session_refreshed: 'TOKEN_REFRESH',
  session_renewed: 'TOKEN_REFRESH',
  refresh_token_reused: 'TOKEN_REUSE',
  profile_updated: 'PROFILE_CHANGE',
  avatar_replaced: 'PROFILE_CHANGE',
  email_change_requested: 'VERIFICATION_REQUEST',
  code_requested: 'VERIFICATION_REQUEST',
  code_redeemed: 'VERIFICATION_USE',
  code_refused: 'VERIFICATION_FAILED',
  email_changed: 'EMAIL_ADDRESS_CHANGE',
  phone_changed: 'PHONE_NUMBER_CHANGE',
  contact_claimed: 'CONTACT_CLAIM',
  contact_proven: 'CONTACT_PROOF',
  caller_confirmed: 'USER_SUDO',
  confirmation_failed: 'USER_SUDO_FAILED',
  password_set: 'PASSWORD_CHANGE',
  password_recovered: 'PASSWORD_RESET',
  user_deleted: 'USER_DELETE',
  role_set: 'ROLE_CHANGE',
  status_set: 'STATUS_CHANGE',
} satisfies Record<Exclude<HistoryAction, `client_${string}`>, string>;

/** E.164 → plus, country code, one space, number; reference 13. */
export function spellPhone(e164: string): string {
  const { countryCode, nationalNumber } = splitPhone(e164);
  return countryCode === '' ? e164 : `+${countryCode} ${nationalNumber}`;
}

/** The inverse of `spellPhone`. */
export function readPhone(spelled: string): string {
  return spelled.replace(/\s+/g, '');
}

/** A stored avatar → an absolute URL; `''` stays `''`. */
export function spellAvatar(avatar: string, publicUrl: string): string {
  return avatar === '' || /^https?:/i.test(avatar) ? avatar : `${publicUrl}/${avatar}`;
}

/** The inverse of `spellAvatar`: an upload of ours is kept as a path, so that it survives a new public URL. */
export function readAvatar(url: string, publicUrl: string): string {
  return url.startsWith(`${publicUrl}/uploads/`) ? url.slice(publicUrl.length + 1) : url;
}

export function spellGender(gender: Gender | null): string {
  return gender === null ? '' : genders[gender];
}

/** `''` and everything unknown are no gender. */
export function readGender(spelled: string): Gender | null {
  if (spelled === genders.male) return 'male';
  return spelled === genders.female ? 'female' : null;
}

/** What the calls that speak in the names of `/user/me` call the fields that a rule can refuse; reference 7. */
export const profileMembers: typeof members = {
  ...members,
  nickname: 'name',
  phone: 'phone_number',
  bio: 'user_desc',
  avatar: 'picture',
  locale: 'locale',
};

/** The members that `basic/edit` and this wire's readers share. Absent: unset. */
export interface EditableMembers {
  nickname?: string;
  username?: string;
  phone?: string;
  description?: string;
  avatar_url?: string;
  gender?: string;
  email?: string;
}

/** A profile as `basic/edit` would have to write it; unset fields are absent. */
export function spellProfile(profile: Profile, publicUrl: string): EditableMembers {
  return {
    ...(profile.nickname !== '' && { nickname: profile.nickname }),
    ...(profile.username !== null && { username: profile.username }),
    ...(profile.phone !== null && { phone: spellPhone(profile.phone) }),
    ...(profile.bio !== '' && { description: profile.bio }),
    ...(profile.avatar !== '' && { avatar_url: spellAvatar(profile.avatar, publicUrl) }),
    ...(profile.gender !== null && { gender: spellGender(profile.gender) }),
    ...(profile.email !== null && { email: profile.email }),
  };
}

/** The name by which SDKs know an anonymous user, whatever nickname waits to be shown; reference 5.3. */
export const anonymousName = 'anonymous';

/** What this wire calls a user; `''` for nothing. */
export function spellName(user: Pick<User, 'kind' | 'nickname'>): string {
  return user.kind === 'anonymous' ? anonymousName : user.nickname;
}

/** The scope of a session: clients recognise anonymous ones by it; reference 5.3. */
export function scopeOf(user: Pick<User, 'kind'>): string {
  return user.kind === 'anonymous' ? 'anonymous' : 'user';
}
