import type { ExtensionRecord } from '../commands/clients';
import type { JsonObject } from '../model';
import type { Queries } from './database';

interface RecordRow {
  id: string;
  user_id: number | null;
  data: JsonObject;
}

const columns = ['id', 'user_id', 'data'];

function toRecord(row: RecordRow): ExtensionRecord {
  return { id: Number(row.id), userId: row.user_id, data: row.data };
}

/** Which records: of one user, or of nobody. */
export interface RecordOwner {
  dialect: string;
  kind: string;
  userId: number | null;
}

/** PostgreSQL fails when it is asked to compare with a number that its column cannot hold. */
function isRecordId(id: number | undefined): boolean {
  return id === undefined || Number.isSafeInteger(id);
}

function owned(queries: Queries, owner: RecordOwner) {
  const query = queries('extension_records').where({ dialect: owner.dialect, kind: owner.kind });
  return owner.userId === null ? query.whereNull('user_id') : query.where({ user_id: owner.userId });
}

export async function insertRecord(
  queries: Queries,
  owner: RecordOwner,
  data: JsonObject,
): Promise<ExtensionRecord> {
  const rows = await queries('extension_records')
    .insert({ dialect: owner.dialect, kind: owner.kind, user_id: owner.userId, data: JSON.stringify(data) })
    .returning<RecordRow[]>(columns);
  return toRecord(rows[0] as RecordRow);
}

export async function listRecordRows(queries: Queries, owner: RecordOwner): Promise<ExtensionRecord[]> {
  return ((await owned(queries, owner).select(columns).orderBy('id')) as RecordRow[]).map(toRecord);
}

/** Replaces members of the data of a record, with no `id` of the latest; null when the owner has no such record. */
export async function mergeRecord(
  queries: Queries,
  owner: RecordOwner,
  id: number | undefined,
  data: JsonObject,
): Promise<ExtensionRecord | null> {
  if (id !== undefined && !isRecordId(id)) return null;
  const rows = await owned(queries, owner)
    .where('id', id ?? owned(queries, owner).max('id'))
    .update({ data: queries.raw('data || ?::jsonb', [JSON.stringify(data)]) })
    .returning<RecordRow[]>(columns);
  return rows[0] === undefined ? null : toRecord(rows[0]);
}

/** Removes one record, or all of the owner's; returns how many. */
export async function deleteRecords(queries: Queries, owner: RecordOwner, id?: number): Promise<number> {
  if (id !== undefined && !isRecordId(id)) return 0;
  const query = owned(queries, owner);
  if (id !== undefined) void query.where({ id });
  return query.delete();
}

/** Puts the records of nobody there that a dialect starts with, one kind at a time, where there are none of the kind. */
export async function seedRecords(
  queries: Queries,
  dialect: string,
  seeds: readonly { kind: string; data: JsonObject }[],
): Promise<void> {
  for (const kind of new Set(seeds.map((seed) => seed.kind))) {
    const owner = { dialect, kind, userId: null };
    if ((await listRecordRows(queries, owner)).length > 0) continue;
    for (const seed of seeds) if (seed.kind === kind) await insertRecord(queries, owner, seed.data);
  }
}
