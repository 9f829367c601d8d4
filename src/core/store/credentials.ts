import type { Queries } from './database';

export async function setPasswordHash(
  queries: Queries,
  userId: number,
  passwordHash: string,
  now: Date,
): Promise<void> {
  await queries('credentials')
    .insert({ user_id: userId, password_hash: passwordHash, updated_at: now })
    .onConflict('user_id')
    .merge();
}

/** Replaces a hash only if it is still `previous`, so that a re-hash never undoes a change of the password. */
export async function replacePasswordHash(
  queries: Queries,
  userId: number,
  previous: string,
  next: string,
): Promise<void> {
  await queries('credentials')
    .where({ user_id: userId, password_hash: previous })
    .update({ password_hash: next });
}

export async function removePasswordHash(queries: Queries, userId: number): Promise<void> {
  await queries('credentials').where({ user_id: userId }).delete();
}

export async function findPasswordHash(queries: Queries, userId: number): Promise<string | null> {
  const row = (await queries('credentials').select('password_hash').where({ user_id: userId }).first()) as
    { password_hash: string } | undefined;
  return row?.password_hash ?? null;
}
