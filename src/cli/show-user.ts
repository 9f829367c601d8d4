import type { User } from '../core';
import { listing, moment } from './layout';

function contact(value: string | null, verifiedAt: Date | null): string {
  if (value === null) return '';
  return `${value} (${verifiedAt === null ? 'not verified' : `verified ${moment(verifiedAt)}`})`;
}

/** A user for people: every field that is set. */
export function userText(user: User): string {
  const optional: [string, string][] = [
    ['user name', user.username ?? ''],
    ['e-mail', contact(user.email, user.emailVerifiedAt)],
    ['phone', contact(user.phone, user.phoneVerifiedAt)],
    ['nickname', user.nickname],
    ['real name', user.realName],
    ['first name', user.firstName],
    ['last name', user.lastName],
    ['description', user.bio],
    ['gender', user.gender ?? ''],
    ['birthday', user.birthday ?? ''],
    ['avatar', user.avatar],
    ['locale', user.locale],
  ];
  return listing([
    ['id', String(user.id)],
    ...optional.filter(([, value]) => value !== ''),
    ['role', user.role],
    ['status', user.kind === 'person' ? user.status : `${user.status}, ${user.kind}`],
    ['password', user.hasPassword ? `set ${moment(user.passwordUpdatedAt)}`.trimEnd() : 'none'],
    ['created', moment(user.createdAt)],
    ['updated', moment(user.updatedAt)],
    ['last sign-in', moment(user.lastSignInAt, 'never')],
  ]);
}

/** A user for programs. Named member by member: whatever the core adds, nothing gets out unseen. */
export function userJson(user: User): Readonly<Record<string, unknown>> {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    emailVerifiedAt: user.emailVerifiedAt,
    phone: user.phone,
    phoneVerifiedAt: user.phoneVerifiedAt,
    nickname: user.nickname,
    realName: user.realName,
    firstName: user.firstName,
    lastName: user.lastName,
    bio: user.bio,
    gender: user.gender,
    birthday: user.birthday,
    avatar: user.avatar,
    locale: user.locale,
    role: user.role,
    status: user.status,
    kind: user.kind,
    hasPassword: user.hasPassword,
    passwordUpdatedAt: user.passwordUpdatedAt,
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
    lastSignInAt: user.lastSignInAt,
  };
}

/** How a user is called in a sentence. */
export function nameOf(user: User): string {
  const name = user.username ?? user.email ?? user.phone;
  return name === null ? `user ${user.id}` : `user ${user.id} (${name})`;
}
