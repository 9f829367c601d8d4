import type { IdentifierKind, Role, User, UserStatus } from '../model';
import type { Queries } from './database';
import type { ProfileValues } from './profile-update';
import { toUser, userColumns, type UserRow } from './user-rows';

/** The column whose unique constraint decides who has an identifier. */
const keyColumns: Readonly<Record<IdentifierKind, string>> = {
  username: 'username_key',
  email: 'email_key',
  phone: 'phone',
};

/** Inserts a user; fails with the driver's error when a unique constraint refuses an identifier. */
export async function insertUser(
  queries: Queries,
  values: ProfileValues,
  options: { now: Date; role: Role; hasPassword: boolean },
): Promise<User> {
  const { now } = options;
  const rows = await queries('users')
    .insert({
      username: values.username?.shown ?? null,
      username_key: values.username?.key ?? null,
      nickname: values.nickname ?? '',
      real_name: values.realName ?? '',
      first_name: values.firstName ?? '',
      last_name: values.lastName ?? '',
      bio: values.bio ?? '',
      gender: values.gender ?? null,
      email: values.email?.shown ?? null,
      email_key: values.email?.key ?? null,
      email_origin: values.email === undefined ? null : 'registration',
      email_set_at: values.email === undefined ? null : now,
      phone: values.phone ?? null,
      phone_origin: values.phone === undefined ? null : 'registration',
      phone_set_at: values.phone === undefined ? null : now,
      avatar: values.avatar ?? '',
      locale: values.locale ?? '',
      role: options.role,
      password_updated_at: options.hasPassword ? now : null,
      created_at: now,
      updated_at: now,
    })
    .returning(queries.raw(userColumns('users')) as unknown as string);
  return toUser((rows as unknown as UserRow[])[0] as UserRow);
}

/** The largest id that the column holds. PostgreSQL fails when it is asked to compare with a larger one. */
const largestId = 2_147_483_647;

export async function findUserById(queries: Queries, id: number): Promise<User | null> {
  if (!Number.isInteger(id) || id > largestId) return null;
  const row = await queries('users')
    .select<UserRow[]>(queries.raw(userColumns('users')))
    .where({ id })
    .whereNull('deleted_at')
    .first();
  return row === undefined ? null : toUser(row);
}

/** The users that have one of `keys` as the identifier; at most one for each key. */
export async function findUsersByIdentifier(
  queries: Queries,
  kind: IdentifierKind,
  keys: readonly string[],
): Promise<{ user: User; passwordHash: string | null }[]> {
  const rows = (await queries('users')
    .leftJoin('credentials', 'credentials.user_id', 'users.id')
    .select(queries.raw(`${userColumns('users')}, credentials.password_hash`))
    .whereIn(`users.${keyColumns[kind]}`, [...keys])
    .whereNull('users.deleted_at')
    .limit(2)) as unknown as (UserRow & { password_hash: string | null })[];
  return rows.map((row) => ({ user: toUser(row), passwordHash: row.password_hash }));
}

/** True when a user other than `exceptUserId` has the identifier. */
export async function isTaken(
  queries: Queries,
  kind: IdentifierKind,
  key: string,
  exceptUserId: number | null,
): Promise<boolean> {
  const query = queries('users').select('id').where(keyColumns[kind], key).first();
  if (exceptUserId !== null) void query.whereNot('id', exceptUserId);
  return (await query) !== undefined;
}

/** Writes columns that have no operation of their own statement; null when there is no such user. */
export async function updateUser(
  queries: Queries,
  id: number,
  columns: Partial<{
    avatar: string;
    role: Role;
    status: UserStatus;
    email: string;
    email_key: string;
    email_verified_at: Date;
    email_origin: 'proof';
    email_set_at: Date;
    password_updated_at: Date;
    last_sign_in_at: Date;
    updated_at: Date;
  }>,
): Promise<User | null> {
  const rows = (await queries('users')
    .where({ id })
    .whereNull('deleted_at')
    .update(columns)
    .returning(queries.raw(userColumns('users')) as unknown as string)) as unknown as UserRow[];
  return rows[0] === undefined ? null : toUser(rows[0]);
}

/** Users in the order of their ids. */
export async function listUserRows(
  queries: Queries,
  page: { afterId: number; limit: number },
): Promise<User[]> {
  const rows = (await queries('users')
    .select(queries.raw(userColumns('users')))
    .where('id', '>', page.afterId)
    .whereNull('deleted_at')
    .orderBy('id')
    .limit(page.limit)) as unknown as UserRow[];
  return rows.map(toUser);
}
