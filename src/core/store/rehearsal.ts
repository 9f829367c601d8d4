import type { JsonObject, User } from '../model';
import { foldKey } from '../text';
import type { Queries } from './database';
import { isUserId, lockUser, type updateUser } from './users';

/** The highest id that a user has; 0 when there is none. */
export async function findNewestUserId(queries: Queries): Promise<number> {
  const row = (await queries('users').max({ id: 'id' }).first()) as { id: number | null } | undefined;
  return row?.id ?? 0;
}

/** Whether `door` staged the user: then it keeps something about them, be it nothing but that. */
export async function wasStaged(queries: Queries, userId: number, door: string): Promise<boolean> {
  const row: unknown = await queries('extensions')
    .select('user_id')
    .where({ user_id: userId, dialect: door })
    .first();
  return row !== undefined;
}

/** Writes columns of a user that no registration and no call of a user could. */
export async function rewriteUser(
  queries: Queries,
  id: number,
  columns: Parameters<typeof updateUser>[2] & { created_at?: Date },
): Promise<void> {
  if (Object.keys(columns).length > 0) await queries('users').where({ id }).update(columns);
}

/** What a dialect keeps about a user becomes this. */
export async function putExtension(
  queries: Queries,
  userId: number,
  dialect: string,
  data: JsonObject,
): Promise<void> {
  await queries('extensions')
    .insert({ user_id: userId, dialect, data: JSON.stringify(data) })
    .onConflict(['user_id', 'dialect'])
    .merge();
}

/** What is kept under names instead of under a user. */
export interface Traces {
  /** Contacts, and whoever asked for sends. */
  targets: readonly string[];
  /** Keys of attempt counters. */
  counters: readonly string[];
}

/** Whom a rehearsal may touch: those above `after`, and those whom `door` staged. */
export interface Staging {
  door: string;
  after: number;
}

/** Where codes and proofs are kept, with the columns that say whose they are. */
const secretTables = [
  { table: 'tickets', owners: 'tickets.user_id' },
  { table: 'verification_codes', owners: 'verification_codes.user_id, verification_codes.requested_by' },
] as const;

/** What is kept under a target and has to do with a user beyond the rehearsal. */
function isForeign(queries: Queries, owners: string, { door, after }: Staging) {
  return queries('users')
    .select(queries.raw('1'))
    .whereRaw(`users.id IN (${owners})`)
    .where('users.id', '<=', after)
    .whereNotExists(
      queries('extensions')
        .select(queries.raw('1'))
        .whereRaw('extensions.user_id = users.id')
        .where({ dialect: door }),
    );
}

/**
 * Whether a user beyond the rehearsal has asked for a code to one of these targets, or proven one. One that has expired counts
 * too: a rehearsal moves the clock.
 */
export async function hasForeignSecret(
  queries: Queries,
  targets: readonly string[],
  staging: Staging,
): Promise<boolean> {
  for (const { table, owners } of secretTables) {
    const row: unknown = await queries(table)
      .select(queries.raw('1'))
      .whereIn('target_key', [...targets])
      .whereExists(isForeign(queries, owners, staging))
      .first();
    if (row !== undefined) return true;
  }
  return false;
}

/** Removes codes, proofs, sends and attempt counters; codes and proofs of users beyond the rehearsal stay. */
export async function removeTraces(
  queries: Queries,
  { targets, counters }: Traces,
  staging: Staging,
): Promise<void> {
  for (const { table, owners } of secretTables)
    await queries(table)
      .whereIn('target_key', [...targets])
      .whereNotExists(isForeign(queries, owners, staging))
      .delete();
  await queries('verification_sends')
    .whereIn('target_key', [...targets])
    .delete();
  await queries('attempt_counters')
    .whereIn('key', [...counters])
    .delete();
}

/** Removes the codes and tickets of a user, whatever they are for. */
export async function removeSecretsOf(queries: Queries, userId: number): Promise<void> {
  await queries('tickets').where({ user_id: userId }).delete();
  await queries('verification_codes').where({ user_id: userId }).orWhere({ requested_by: userId }).delete();
}

/** Removes the row of a user, and by its foreign keys all that is kept about them. The history has none, and stays. */
export async function eraseUserRow(queries: Queries, id: number): Promise<void> {
  if (isUserId(id) && (await lockUser(queries, id)) !== null) await queries('users').where({ id }).delete();
}

/** The contacts of a user as codes and sends are kept under them. */
export function contactKeys(user: Pick<User, 'email' | 'phone'>): string[] {
  return [
    ...(user.email === null ? [] : [foldKey(user.email)]),
    ...(user.phone === null ? [] : [user.phone]),
  ];
}

/** Replaces the answer of a live picture; false when there is none. */
export async function replaceCaptchaAnswer(
  queries: Queries,
  picture: { tokenHash: Buffer; secretHash: Buffer; now: Date },
): Promise<boolean> {
  const changed = await queries('tickets')
    .where({ token_hash: picture.tokenHash, kind: 'captcha' })
    .whereNull('consumed_at')
    .where('expires_at', '>', picture.now)
    .update({ secret_hash: picture.secretHash });
  return changed > 0;
}

/** The name of a client; null when there is no such client. */
export async function findClientName(queries: Queries, id: string): Promise<string | null> {
  const row = (await queries('clients').select('name').where({ id }).first()) as { name: string } | undefined;
  return row?.name ?? null;
}

export async function eraseClientRow(queries: Queries, id: string): Promise<void> {
  await queries('clients').where({ id }).delete();
}

/** The name of a key for applications; null when there is no such key. `id`: a UUID. */
export async function findApiKeyName(queries: Queries, id: string): Promise<string | null> {
  const row = (await queries('api_keys').select('name').where({ id }).first()) as
    { name: string } | undefined;
  return row?.name ?? null;
}

export async function eraseApiKeyRow(queries: Queries, id: string): Promise<void> {
  await queries('api_keys').where({ id }).delete();
}
