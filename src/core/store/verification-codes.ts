import type { Queries } from './database';
import { prune } from './prune';

export type CodePurpose = 'change_email' | 'prove' | 'register' | 'recover';

export interface VerificationCode {
  id: string;
  purpose: CodePurpose;
  dialect: string;
  /** Of a signed-in purpose, which has one live code per user; null for the others, which have one per target. */
  userId: number | null;
  /** Who asked for it, so that the proof is theirs. */
  requestedBy: number | null;
  deviceId: string | null;
  targetKind: 'email' | 'phone';
  targetKey: string;
  codeHash: Buffer;
  createdAt: Date;
  expiresAt: Date;
}

/**
 * Puts a code in the place of the earlier one of the same user, or target, and purpose, and removes some that expired a
 * day ago.
 */
export async function replaceCode(queries: Queries, code: VerificationCode): Promise<void> {
  const columns = {
    id: code.id,
    purpose: code.purpose,
    dialect: code.dialect,
    user_id: code.userId,
    requested_by: code.requestedBy,
    device_id: code.deviceId,
    target_kind: code.targetKind,
    target_key: code.targetKey,
    code_hash: code.codeHash,
    attempts: 0,
    created_at: code.createdAt,
    expires_at: code.expiresAt,
  };
  const slot =
    code.userId === null
      ? '(purpose, target_key) WHERE user_id IS NULL'
      : '(user_id, purpose) WHERE user_id IS NOT NULL';
  await queries('verification_codes').insert(columns).onConflict(queries.raw(slot)).merge(columns);
  // Last: an expired code that this call has in hand may stand in the very place that another one waits for.
  await prune(queries, 'verification_codes', new Date(code.createdAt.getTime() - 86_400_000));
}

/** Which code a caller means. */
export type CodeSlot =
  | { id: string; purpose: CodePurpose }
  | { userId: number; purpose: CodePurpose }
  | { targetKey: string; purpose: CodePurpose };

export interface StoredCode {
  id: string;
  requestedBy: number | null;
  deviceId: string | null;
  targetKind: 'email' | 'phone';
  targetKey: string;
  codeHash: Buffer;
  /** This try included. */
  attempts: number;
  expiresAt: Date;
}

interface CodeRow {
  id: string;
  requested_by: number | null;
  device_id: string | null;
  target_kind: 'email' | 'phone';
  target_key: string;
  code_hash: Buffer;
  attempts: number;
  expires_at: Date;
}

function inSlot(queries: Queries, slot: CodeSlot) {
  const query = queries('verification_codes').where({ purpose: slot.purpose });
  if ('id' in slot) return query.where({ id: slot.id });
  if ('userId' in slot) return query.where({ user_id: slot.userId });
  return query.where({ target_key: slot.targetKey }).whereNull('user_id');
}

/** Whose contact a code is for; null when there is no such code. */
export async function findCodeTarget(
  queries: Queries,
  slot: CodeSlot,
): Promise<{ kind: 'email' | 'phone'; key: string } | null> {
  const row = (await inSlot(queries, slot).select('target_kind', 'target_key').first()) as
    Pick<CodeRow, 'target_kind' | 'target_key'> | undefined;
  return row === undefined ? null : { kind: row.target_kind, key: row.target_key };
}

/** Those of the phone numbers to which a code of this purpose is live. */
export async function findLivePhones(
  queries: Queries,
  numbers: readonly string[],
  purpose: CodePurpose,
  now: Date,
): Promise<string[]> {
  const rows = (await queries('verification_codes')
    .select('target_key')
    .where({ purpose, target_kind: 'phone' })
    .whereNull('user_id')
    .whereIn('target_key', [...numbers])
    .where('expires_at', '>', now)) as { target_key: string }[];
  return rows.map((row) => row.target_key);
}

/** Counts a try at a code before it is judged, so that parallel ones are counted too; null when there is no such code. */
export async function countTry(queries: Queries, slot: CodeSlot): Promise<StoredCode | null> {
  const rows = await inSlot(queries, slot)
    .update({ attempts: queries.raw('least(attempts, 1000) + 1') })
    .returning<CodeRow[]>([
      'id',
      'requested_by',
      'device_id',
      'target_kind',
      'target_key',
      'code_hash',
      'attempts',
      'expires_at',
    ]);
  const row = rows[0];
  if (row === undefined) return null;
  return {
    id: row.id,
    requestedBy: row.requested_by,
    deviceId: row.device_id,
    targetKind: row.target_kind,
    targetKey: row.target_key,
    codeHash: row.code_hash,
    attempts: row.attempts,
    expiresAt: row.expires_at,
  };
}

/** Gives a counted try back: the code was right, and something else stopped the call. */
export async function uncountTry(queries: Queries, id: string): Promise<void> {
  await queries('verification_codes').where({ id }).where('attempts', '>', 0).decrement('attempts', 1);
}

/** Uses a code up; false when another call already has. */
export async function removeCode(queries: Queries, id: string): Promise<boolean> {
  return (await queries('verification_codes').where({ id }).delete()) > 0;
}

/** Removes the codes that a user has or asked for, but for those that another call has in hand, as `removeTicketsOf` does. */
export async function removeCodesOf(queries: Queries, userId: number): Promise<void> {
  const free = queries('verification_codes')
    .select('id')
    .where({ user_id: userId })
    .orWhere({ requested_by: userId })
    .forUpdate()
    .skipLocked();
  await queries('verification_codes').whereIn('id', free).delete();
}

/**
 * Books a send to `targetKey` if the limits allow one; otherwise says how many seconds to wait. Sends to one target are
 * booked one after the other, under a lock that ends with the transaction.
 */
export async function bookSend(
  queries: Queries,
  targetKey: string,
  now: Date,
  limits: { spacingSeconds: number; perDay: number },
): Promise<{ id: string } | { retryAfterSeconds: number }> {
  await queries.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 1))', [targetKey]);
  const dayAgo = new Date(now.getTime() - 86_400_000);
  await prune(queries, 'verification_sends', dayAgo);
  const sends = (await queries('verification_sends')
    .select('sent_at')
    .where({ target_key: targetKey })
    .where('sent_at', '>', dayAgo)
    .orderBy('sent_at', 'desc')) as { sent_at: Date }[];
  const latest = sends[0];
  const oldest = sends[sends.length - 1];
  const waitUntil = Math.max(
    latest === undefined ? 0 : latest.sent_at.getTime() + limits.spacingSeconds * 1000,
    oldest === undefined || sends.length < limits.perDay ? 0 : oldest.sent_at.getTime() + 86_400_000,
  );
  if (waitUntil > now.getTime()) return { retryAfterSeconds: Math.ceil((waitUntil - now.getTime()) / 1000) };
  const [row] = await queries('verification_sends')
    .insert({ target_key: targetKey, sent_at: now })
    .returning<{ id: string }[]>('id');
  if (row === undefined) throw new Error('an insert returned no row');
  return row;
}

/** Takes a booking back whose message was not accepted. */
export async function cancelSend(queries: Queries, id: string): Promise<void> {
  await queries('verification_sends').where({ id }).delete();
}
