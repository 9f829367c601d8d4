import { hashToken } from '../hash-token';
import type { Queries } from './database';
import { prune } from './prune';

/** `captcha`: a picture, its answer beside it. `sudo`: the caller was confirmed. The links are named by their use. */
export type TicketKind = 'prove' | 'verify_email' | 'recover' | 'sudo' | 'captcha' | 'captcha_pass';

export interface Ticket {
  kind: TicketKind;
  userId: number | null;
  deviceId: string | null;
  target: { kind: 'email' | 'phone'; key: string } | null;
  secretHash: Buffer | null;
}

interface TicketRow {
  kind: TicketKind;
  user_id: number | null;
  device_id: string | null;
  target_kind: 'email' | 'phone' | null;
  target_key: string | null;
  secret_hash: Buffer | null;
}

const columns = ['kind', 'user_id', 'device_id', 'target_kind', 'target_key', 'secret_hash'];

function toTicket(row: TicketRow): Ticket {
  return {
    kind: row.kind,
    userId: row.user_id,
    deviceId: row.device_id,
    target:
      row.target_kind === null || row.target_key === null
        ? null
        : { kind: row.target_kind, key: row.target_key },
    secretHash: row.secret_hash,
  };
}

/** Keeps a ticket for `token`, and removes some whose time passed an hour ago. */
export async function insertTicket(
  queries: Queries,
  token: string,
  ticket: Ticket,
  life: { now: Date; expiresAt: Date },
): Promise<void> {
  await prune(queries, 'tickets', new Date(life.now.getTime() - 3_600_000));
  await queries('tickets').insert({
    token_hash: hashToken(token),
    kind: ticket.kind,
    user_id: ticket.userId,
    device_id: ticket.deviceId,
    target_kind: ticket.target?.kind ?? null,
    target_key: ticket.target?.key ?? null,
    secret_hash: ticket.secretHash,
    created_at: life.now,
    expires_at: life.expiresAt,
  });
}

function live(queries: Queries, token: string, kinds: readonly TicketKind[], now: Date) {
  return queries('tickets')
    .where({ token_hash: hashToken(token) })
    .whereIn('kind', [...kinds])
    .whereNull('consumed_at')
    .where('expires_at', '>', now);
}

/** The live ticket of a token; null when there is none of these kinds. */
export async function findTicket(
  queries: Queries,
  token: string,
  kinds: readonly TicketKind[],
  now: Date,
): Promise<Ticket | null> {
  const row = (await live(queries, token, kinds, now).select(columns).first()) as TicketRow | undefined;
  return row === undefined ? null : toTicket(row);
}

/** Uses a ticket up; of parallel calls one gets it, the others null. */
export async function consumeTicket(
  queries: Queries,
  token: string,
  kinds: readonly TicketKind[],
  now: Date,
): Promise<Ticket | null> {
  const rows = await live(queries, token, kinds, now)
    .update({ consumed_at: now })
    .returning<TicketRow[]>(columns);
  return rows[0] === undefined ? null : toTicket(rows[0]);
}

/** Whether a proof of this contact waits for this caller: their own, or an anonymous one from their device. */
export async function hasProof(
  queries: Queries,
  target: { kind: 'email' | 'phone'; key: string },
  caller: { userId: number; deviceId: string | null; now: Date },
): Promise<boolean> {
  const row: unknown = await queries('tickets')
    .select('kind')
    .where({ kind: 'prove', target_kind: target.kind, target_key: target.key })
    .whereNull('consumed_at')
    .where('expires_at', '>', caller.now)
    .where((either) => {
      void either.where('user_id', caller.userId).orWhere((anonymous) => {
        void anonymous.whereNull('user_id').where('device_id', caller.deviceId ?? '');
      });
    })
    .first();
  return row !== undefined;
}

/** Removes the tickets of a user but for those that another call has in hand: it waits for the user's row, which we hold. */
export async function removeTicketsOf(queries: Queries, userId: number): Promise<void> {
  const free = queries('tickets').select('token_hash').where({ user_id: userId }).forUpdate().skipLocked();
  await queries('tickets').whereIn('token_hash', free).delete();
}
