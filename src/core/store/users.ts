import type { IdentifierKind, Role, User, UserKind, UserStatus } from '../model';
import type { Queries } from './database';
import type { ProfileValues } from './profile-update';
import { toUser, userColumns, type UserRow } from './user-rows';

/** How a user came to have a contact. */
export type ContactOrigin = 'registration' | 'edit' | 'proof';

/** The column whose unique constraint decides who has an identifier. */
const keyColumns: Readonly<Record<IdentifierKind, string>> = {
  username: 'username_key',
  email: 'email_key',
  phone: 'phone',
};

interface NewUser {
  now: Date;
  role: Role;
  hasPassword: boolean;
}

/** The columns of a person who chose these values; what was not chosen stays as it is, at first as the schema has it. */
function personColumns(values: ProfileValues, { now, hasPassword }: Omit<NewUser, 'role'>) {
  const { username, email, phone } = values;
  return {
    nickname: values.nickname,
    real_name: values.realName,
    first_name: values.firstName,
    last_name: values.lastName,
    bio: values.bio,
    gender: values.gender,
    avatar: values.avatar,
    locale: values.locale,
    ...(username !== undefined && { username: username.shown, username_key: username.key }),
    ...(email !== undefined && {
      email: email.shown,
      email_key: email.key,
      email_verified_at: null,
      email_origin: 'registration',
      email_set_at: now,
    }),
    ...(phone !== undefined && {
      phone,
      phone_verified_at: null,
      phone_origin: 'registration',
      phone_set_at: now,
    }),
    ...(hasPassword && { password_updated_at: now }),
    updated_at: now,
  };
}

/** Inserts a user; fails with the driver's error when a unique constraint refuses an identifier. */
export async function insertUser(queries: Queries, values: ProfileValues, options: NewUser): Promise<User> {
  const rows = (await queries('users')
    .insert({ ...personColumns(values, options), role: options.role, created_at: options.now })
    .returning(queries.raw(userColumns('users')) as unknown as string)) as unknown as UserRow[];
  return toUser(rows[0] as UserRow);
}

/**
 * Makes a person of an anonymous user, who keeps the id and everything that `values` does not name; null when there is none
 * (any more).
 */
export async function turnIntoPerson(
  queries: Queries,
  id: number,
  values: ProfileValues,
  options: Omit<NewUser, 'role'>,
): Promise<User | null> {
  const rows = (await queries('users')
    .where({ id, kind: 'anonymous' })
    .whereNull('deleted_at')
    .update({ ...personColumns(values, options), kind: 'person' })
    .returning(queries.raw(userColumns('users')) as unknown as string)) as unknown as UserRow[];
  return rows[0] === undefined ? null : toUser(rows[0]);
}

/** The largest id that the column holds. PostgreSQL fails when it is asked to compare with a larger one. */
const largestId = 2_147_483_647;

export async function findUserById(queries: Queries, id: number): Promise<User | null> {
  if (!isUserId(id)) return null;
  const row = await queries('users')
    .select<UserRow[]>(queries.raw(userColumns('users')))
    .where({ id })
    .whereNull('deleted_at')
    .first();
  return row === undefined ? null : toUser(row);
}

/** Whether the column can hold it. */
export function isUserId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= largestId;
}

/**
 * Holds the rows of these users until the transaction ends, and returns the users as they are now, those that are there.
 * A transaction takes what it uses up first (tickets, codes), then its users, then everything else of theirs (credentials,
 * sessions, records): in one order, so that no two wait for each other.
 */
export async function lockUsers(queries: Queries, ids: readonly number[]): Promise<User[]> {
  const rows = (await queries('users')
    .select(queries.raw(userColumns('users')))
    .whereIn('id', ids.filter(isUserId))
    .whereNull('deleted_at')
    .orderBy('id')
    .forUpdate()) as unknown as UserRow[];
  return rows.map(toUser);
}

/** One user, held until the transaction ends; null when there is none (any more). */
export async function lockUser(queries: Queries, id: number): Promise<User | null> {
  return (await lockUsers(queries, [id]))[0] ?? null;
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
    .whereNull('users.deleted_at')) as unknown as (UserRow & { password_hash: string | null })[];
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
    username: string;
    username_key: string;
    kind: UserKind;
    nickname: string;
    email: string | null;
    email_key: string | null;
    email_verified_at: Date | null;
    email_origin: ContactOrigin | null;
    email_set_at: Date | null;
    phone: string | null;
    phone_verified_at: Date | null;
    phone_origin: ContactOrigin | null;
    phone_set_at: Date | null;
    password_updated_at: Date | null;
    last_sign_in_at: Date;
    updated_at: Date;
  }>,
): Promise<User | null> {
  if (!isUserId(id)) return null;
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

/** How the user came to have a contact, and whether it was proven; null when the user has none of that kind. */
export async function findContactState(
  queries: Queries,
  userId: number,
  kind: 'email' | 'phone',
): Promise<{ verifiedAt: Date | null; origin: ContactOrigin; setAt: Date | null } | null> {
  const row = (await queries('users')
    .select({ verified_at: `${kind}_verified_at`, origin: `${kind}_origin`, set_at: `${kind}_set_at` })
    .where({ id: userId })
    .first()) as { verified_at: Date | null; origin: ContactOrigin | null; set_at: Date | null } | undefined;
  if (row === undefined || row.origin === null) return null;
  return { verifiedAt: row.verified_at, origin: row.origin, setAt: row.set_at };
}

/** Frees the identifiers of a user and marks the user as gone; the row stays, because its id is never given again. */
export async function closeUser(queries: Queries, id: number, now: Date): Promise<void> {
  await queries('users').where({ id }).whereNull('deleted_at').update({
    username: null,
    username_key: null,
    nickname: '',
    real_name: '',
    first_name: '',
    last_name: '',
    bio: '',
    gender: null,
    birthday: null,
    email: null,
    email_key: null,
    email_verified_at: null,
    email_origin: null,
    email_set_at: null,
    phone: null,
    phone_verified_at: null,
    phone_origin: null,
    phone_set_at: null,
    avatar: '',
    locale: '',
    password_updated_at: null,
    deleted_at: now,
    updated_at: now,
  });
}

/** The users with these ids or identifiers who have had a session at `door`; at any door when it is null. */
export async function findUsersAtDoor(
  queries: Queries,
  which: { ids: readonly number[]; keys: readonly { kind: IdentifierKind; key: string }[] },
  door: string | null,
): Promise<User[]> {
  const query = queries('users')
    .select(queries.raw(userColumns('users')))
    .whereNull('deleted_at')
    .where((any) => {
      void any.whereIn('id', which.ids.filter(isUserId));
      for (const { kind, key } of which.keys) void any.orWhere(keyColumns[kind], key);
    })
    .orderBy('id')
    .limit(100);
  if (door !== null) {
    void query.whereExists(
      queries('sessions')
        .select(queries.raw('1'))
        .whereRaw('sessions.user_id = users.id')
        .where({ dialect: door }),
    );
  }
  return ((await query) as unknown as UserRow[]).map(toUser);
}
