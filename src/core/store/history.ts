import type { CallContext } from '../operations';
import type { Queries } from './database';

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
