import type { ApiKeyListing, ClientListing } from '../commands/clients';
import type { Queries } from './database';

interface ClientRow {
  id: string;
  name: string;
  created_at: Date;
  revoked_at: Date | null;
}

function toClient(row: ClientRow): ClientListing {
  return { clientId: row.id, name: row.name, createdAt: row.created_at, revokedAt: row.revoked_at };
}

const clientColumns = ['id', 'name', 'created_at', 'revoked_at'];

export async function insertClient(
  queries: Queries,
  client: { id: string; name: string; secretHash: string; now: Date },
): Promise<ClientListing> {
  const rows = await queries('clients')
    .insert({ id: client.id, name: client.name, secret_hash: client.secretHash, created_at: client.now })
    .returning<ClientRow[]>(clientColumns);
  return toClient(rows[0] as ClientRow);
}

/** The hash of a client's secret; null for an unknown or revoked client. */
export async function findClientSecret(queries: Queries, clientId: string): Promise<string | null> {
  const row = (await queries('clients')
    .select('secret_hash')
    .where({ id: clientId })
    .whereNull('revoked_at')
    .first()) as { secret_hash: string } | undefined;
  return row?.secret_hash ?? null;
}

export async function listClientRows(queries: Queries): Promise<ClientListing[]> {
  const rows = (await queries('clients').select(clientColumns).orderBy('created_at')) as ClientRow[];
  return rows.map(toClient);
}

/** Null when there is no such client. One that is revoked already keeps its time. */
export async function revokeClientRow(
  queries: Queries,
  clientId: string,
  now: Date,
): Promise<ClientListing | null> {
  const rows = await queries('clients')
    .where({ id: clientId })
    .update({ revoked_at: queries.raw('coalesce(revoked_at, ?)', [now]) })
    .returning<ClientRow[]>(clientColumns);
  return rows[0] === undefined ? null : toClient(rows[0]);
}

interface ApiKeyRow {
  id: string;
  door: string;
  name: string;
  created_at: Date;
  revoked_at: Date | null;
}

function toApiKey(row: ApiKeyRow): ApiKeyListing {
  return { id: row.id, door: row.door, name: row.name, createdAt: row.created_at, revokedAt: row.revoked_at };
}

const apiKeyColumns = ['id', 'door', 'name', 'created_at', 'revoked_at'];

export async function insertApiKey(
  queries: Queries,
  key: { id: string; door: string; name: string; keyHash: Buffer; now: Date },
): Promise<ApiKeyListing> {
  const rows = await queries('api_keys')
    .insert({ id: key.id, door: key.door, name: key.name, key_hash: key.keyHash, created_at: key.now })
    .returning<ApiKeyRow[]>(apiKeyColumns);
  return toApiKey(rows[0] as ApiKeyRow);
}

export async function listApiKeyRows(queries: Queries, door: string | undefined): Promise<ApiKeyListing[]> {
  const query = queries('api_keys').select(apiKeyColumns).orderBy('created_at');
  if (door !== undefined) void query.where({ door });
  return ((await query) as ApiKeyRow[]).map(toApiKey);
}

export async function revokeApiKeyRow(
  queries: Queries,
  id: string,
  now: Date,
): Promise<ApiKeyListing | null> {
  const rows = await queries('api_keys')
    .where({ id })
    .update({ revoked_at: queries.raw('coalesce(revoked_at, ?)', [now]) })
    .returning<ApiKeyRow[]>(apiKeyColumns);
  return rows[0] === undefined ? null : toApiKey(rows[0]);
}

/** What a door makes of a key. Revoked keys count as keys of the door: revoking the last one does not open it. */
export async function findApiKey(
  queries: Queries,
  door: string,
  keyHash: Buffer,
): Promise<'good' | 'bad' | 'door_has_none'> {
  const good: unknown = await queries('api_keys')
    .select('id')
    .where({ door, key_hash: keyHash })
    .whereNull('revoked_at')
    .first();
  if (good !== undefined) return 'good';
  const any: unknown = await queries('api_keys').select('id').where({ door }).first();
  return any === undefined ? 'door_has_none' : 'bad';
}
