import type { HistoryRow } from '../commands/security';
import type { CallContext } from '../operations';
import type { Queries } from './database';
import { isUserId } from './users';

export type HistoryAction =
  | 'user_registered'
  | 'signed_in'
  | 'session_refreshed'
  | 'session_renewed'
  | 'signed_out'
  | 'refresh_token_reused'
  | 'profile_updated'
  | 'avatar_replaced'
  | 'email_change_requested'
  | 'email_changed'
  | 'phone_changed'
  | 'sign_in_failed'
  | 'client_signed_in'
  | 'client_refused'
  | 'code_requested'
  | 'code_redeemed'
  | 'code_refused'
  | 'caller_confirmed'
  | 'confirmation_failed'
  | 'contact_claimed'
  | 'contact_proven'
  | 'password_recovered'
  | 'user_deleted'
  | 'password_set'
  | 'role_set'
  | 'status_set';

export interface HistoryEntry {
  at: Date;
  userId: number | null;
  /** `user:<id>`, `client:<id>` or `operator`. */
  actor: string;
  action: HistoryAction;
  /** Names of fields, never values. */
  fields?: readonly string[];
  context: CallContext;
}

export async function appendHistory(queries: Queries, entry: HistoryEntry): Promise<void> {
  await queries('history').insert({
    at: entry.at,
    user_id: entry.userId,
    actor: entry.actor,
    action: entry.action,
    fields: [...(entry.fields ?? [])],
    door: entry.context.door,
    address: entry.context.address,
    device_id: entry.context.deviceId,
    client_id: entry.context.clientId,
    user_agent: entry.context.userAgent,
  });
}

interface HistoryRecord {
  id: string;
  at: Date;
  action: string;
  fields: string[];
  actor: string;
  door: string;
  address: string | null;
  device_id: string | null;
  client_id: string | null;
  user_agent: string | null;
}

/** What happened to a user, the newest first. A page that starts at no row of ours is empty. */
export async function listHistoryRows(
  queries: Queries,
  filter: {
    userId: number;
    only?: readonly string[];
    except?: readonly string[];
    limit: number;
    beforeId?: string;
  },
): Promise<HistoryRow[]> {
  if (filter.beforeId !== undefined && !/^\d{1,18}$/.test(filter.beforeId)) return [];
  if (!isUserId(filter.userId)) return [];
  const query = queries('history')
    .where({ user_id: filter.userId })
    .orderBy('id', 'desc')
    .limit(filter.limit);
  if (filter.only !== undefined) void query.whereIn('action', [...filter.only]);
  if (filter.except !== undefined) void query.whereNotIn('action', [...filter.except]);
  if (filter.beforeId !== undefined) void query.where('id', '<', filter.beforeId);
  const rows = (await query.select('*')) as HistoryRecord[];
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action,
    fields: row.fields,
    actor: row.actor,
    door: row.door,
    address: row.address,
    deviceId: row.device_id,
    clientId: row.client_id,
    userAgent: row.user_agent,
  }));
}
