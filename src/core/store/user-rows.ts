import type { Gender, Role, User, UserKind, UserStatus } from '../model';
import type { Column } from './hot-statement';
import { readTimestamp } from './timestamps';

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
  'birthday',
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
] as const satisfies readonly (keyof UserRow)[];

/** Name → position among `userColumns`. */
const at = Object.fromEntries(names.map((name, index) => [name, index])) as Record<keyof UserRow, number>;

/** The columns of a `UserRow`, qualified with `table`. A date is read as text: it has no time zone to be shifted by. */
export function userColumns(table: string): string {
  return names
    .map((name) => (name === 'birthday' ? `${table}.birthday::text AS birthday` : `${table}.${name}`))
    .join(', ');
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

/** The time in a column that may be null. */
function readTime(column: Column | undefined): Date | null {
  return column === null || column === undefined ? null : readTimestamp(column);
}

/** The user in a row of a hot statement that ends with `userColumns`, from its column `first` on. */
export function readUser(columns: readonly Column[], first: number): User {
  const text = (name: keyof UserRow): string => columns[first + at[name]] ?? '';
  const optional = (name: keyof UserRow): string | null => columns[first + at[name]] ?? null;
  const passwordUpdatedAt = readTime(columns[first + at.password_updated_at]);
  return {
    id: Number(text('id')),
    username: optional('username'),
    nickname: text('nickname'),
    realName: text('real_name'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    bio: text('bio'),
    gender: optional('gender') as Gender | null,
    birthday: optional('birthday'),
    email: optional('email'),
    emailVerifiedAt: readTime(columns[first + at.email_verified_at]),
    phone: optional('phone'),
    phoneVerifiedAt: readTime(columns[first + at.phone_verified_at]),
    avatar: text('avatar'),
    locale: text('locale'),
    status: text('status') as UserStatus,
    role: text('role') as Role,
    kind: text('kind') as UserKind,
    hasPassword: passwordUpdatedAt !== null,
    passwordUpdatedAt,
    createdAt: readTimestamp(text('created_at')),
    updatedAt: readTimestamp(text('updated_at')),
    lastSignInAt: readTime(columns[first + at.last_sign_in_at]),
  };
}
