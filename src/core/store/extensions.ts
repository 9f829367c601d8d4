import type { JsonObject } from '../model';
import type { Queries } from './database';

/** What `dialect` keeps about a user; null when it keeps nothing. */
export async function findExtension(
  queries: Queries,
  userId: number,
  dialect: string,
): Promise<JsonObject | null> {
  const row = await queries('extensions')
    .select<{ data: JsonObject }[]>('data')
    .where({ user_id: userId, dialect })
    .first();
  return row === undefined ? null : row.data;
}

export async function insertExtension(
  queries: Queries,
  userId: number,
  dialect: string,
  data: JsonObject,
): Promise<void> {
  await queries('extensions').insert({ user_id: userId, dialect, data: JSON.stringify(data) });
}

/** Removes the dialect's own records of these kinds about a user. */
export async function removeRecords(
  queries: Queries,
  userId: number,
  dialect: string,
  kinds: readonly string[],
): Promise<void> {
  if (kinds.length === 0) return;
  await queries('extension_records')
    .where({ user_id: userId, dialect })
    .whereIn('kind', [...kinds])
    .delete();
}

/** Removes everything that any dialect keeps about a user. */
export async function removeExtensions(queries: Queries, userId: number): Promise<void> {
  await queries('extensions').where({ user_id: userId }).delete();
  await queries('extension_records').where({ user_id: userId }).delete();
}
