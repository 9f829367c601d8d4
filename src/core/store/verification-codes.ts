import type { Queries } from './database';

export type CodePurpose = 'change_email';

export interface VerificationCode {
  id: string;
  purpose: CodePurpose;
  dialect: string;
  userId: number;
  targetKind: 'email' | 'phone';
  targetKey: string;
  codeHash: Buffer;
  createdAt: Date;
  expiresAt: Date;
}

/** Puts a code in the place of the user's earlier one for the same purpose. */
export async function replaceCode(queries: Queries, code: VerificationCode): Promise<void> {
  const columns = {
    id: code.id,
    purpose: code.purpose,
    dialect: code.dialect,
    user_id: code.userId,
    target_kind: code.targetKind,
    target_key: code.targetKey,
    code_hash: code.codeHash,
    attempts: 0,
    created_at: code.createdAt,
    expires_at: code.expiresAt,
  };
  await queries('verification_codes')
    .insert(columns)
    .onConflict(queries.raw('(user_id, purpose) WHERE user_id IS NOT NULL'))
    .merge(columns);
}

interface CodeRow {
  id: string;
  target_key: string;
  code_hash: Buffer;
  attempts: number;
  expires_at: Date;
}

/** The user's live code, its row held until the transaction ends: of parallel redemptions one goes first. */
export async function lockCode(
  queries: Queries,
  userId: number,
  purpose: CodePurpose,
): Promise<{ id: string; targetKey: string; codeHash: Buffer; attempts: number; expiresAt: Date } | null> {
  const row = (await queries('verification_codes')
    .select('id', 'target_key', 'code_hash', 'attempts', 'expires_at')
    .where({ user_id: userId, purpose })
    .forUpdate()
    .first()) as CodeRow | undefined;
  if (row === undefined) return null;
  return {
    id: row.id,
    targetKey: row.target_key,
    codeHash: row.code_hash,
    attempts: row.attempts,
    expiresAt: row.expires_at,
  };
}

export async function countAttempt(queries: Queries, id: string): Promise<void> {
  await queries('verification_codes').where({ id }).increment('attempts', 1);
}

export async function removeCode(queries: Queries, id: string): Promise<void> {
  await queries('verification_codes').where({ id }).delete();
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
  await queries('verification_sends')
    .where({ target_key: targetKey })
    .where('sent_at', '<=', dayAgo)
    .delete();
  const sends = (await queries('verification_sends')
    .select('sent_at')
    .where({ target_key: targetKey })
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
