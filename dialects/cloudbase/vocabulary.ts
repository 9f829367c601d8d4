import {
  splitPhone,
  type CheckedField,
  type Gender,
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

/** The scope of a session: clients recognise anonymous ones by it; reference 5.3. */
export function scopeOf(user: Pick<User, 'kind'>): string {
  return user.kind === 'anonymous' ? 'anonymous' : 'user';
}
