import type { Gender, Role, User, UserKind, UserStatus } from '../model';

/** A row of `users` as the driver reads it. */
export interface UserRow {
  id: number;
  username: string | null;
  nickname: string;
  real_name: string;
  first_name: string;
  last_name: string;
  bio: string;
  gender: Gender | null;
  birthday: string | null;
  email: string | null;
  email_verified_at: Date | null;
  phone: string | null;
  phone_verified_at: Date | null;
  avatar: string;
  locale: string;
  status: UserStatus;
  role: Role;
  kind: UserKind;
  password_updated_at: Date | null;
  created_at: Date;
  updated_at: Date;
  last_sign_in_at: Date | null;
}

const names = [
  'id',
  'username',
  'nickname',
  'real_name',
  'first_name',
  'last_name',
  'bio',
  'gender',
  'email',
  'email_verified_at',
  'phone',
  'phone_verified_at',
  'avatar',
  'locale',
  'status',
  'role',
  'kind',
  'password_updated_at',
  'created_at',
  'updated_at',
  'last_sign_in_at',
];

/** The columns of a `UserRow`, qualified with `table`. A date is read as text: it has no time zone to be shifted by. */
export function userColumns(table: string): string {
  return [...names.map((name) => `${table}.${name}`), `${table}.birthday::text AS birthday`].join(', ');
}

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    nickname: row.nickname,
    realName: row.real_name,
    firstName: row.first_name,
    lastName: row.last_name,
    bio: row.bio,
    gender: row.gender,
    birthday: row.birthday,
    email: row.email,
    emailVerifiedAt: row.email_verified_at,
    phone: row.phone,
    phoneVerifiedAt: row.phone_verified_at,
    avatar: row.avatar,
    locale: row.locale,
    status: row.status,
    role: row.role,
    kind: row.kind,
    hasPassword: row.password_updated_at !== null,
    passwordUpdatedAt: row.password_updated_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastSignInAt: row.last_sign_in_at,
  };
}
