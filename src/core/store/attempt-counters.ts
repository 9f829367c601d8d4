import type { Queries } from './database';

export interface AttemptLimit {
  /** Failures after which every further one locks. */
  failures: number;
  firstLockSeconds: number;
  longestLockSeconds: number;
  /** Seconds without a failure after which the count starts anew. */
  forgetSeconds: number;
}

/** A guess that may be judged, with the lock that it set on the next one; or the seconds to wait. */
export type CountedGuess = { lockedUntil: Date | null } | { retryAfterSeconds: number };

/** Forgotten counters that each count takes along: more than it can add, so that the table does not grow for ever. */
const prunedAtOnce = 5;

/**
 * Counts a guess before it is judged, so that parallel ones cannot all be judged under the limit. From the limit on, each
 * admitted guess locks for twice as long as the one before; one statement decides, under the row's lock.
 */
export async function countGuess(
  queries: Queries,
  key: string,
  limit: AttemptLimit,
  now: Date,
): Promise<CountedGuess> {
  const result = await queries.raw<{ rows: { locked_until: Date | null }[] }>(
    `WITH pruned AS (
       DELETE FROM attempt_counters WHERE key IN (
         SELECT key FROM attempt_counters WHERE updated_at < :forgotten AND key <> :key
         ORDER BY updated_at LIMIT :prune FOR UPDATE SKIP LOCKED)
     )
     INSERT INTO attempt_counters AS counter (key, failures, locked_until, updated_at)
     VALUES (:key, 1, NULL, :now)
     ON CONFLICT (key) DO UPDATE SET
       failures = CASE WHEN counter.updated_at < :forgotten THEN 1 ELSE counter.failures + 1 END,
       locked_until = CASE
         WHEN counter.updated_at < :forgotten OR counter.failures + 1 < :limit THEN NULL
         ELSE :now::timestamptz + make_interval(secs =>
           least(:longest::float8, :first::float8 * power(2, least(counter.failures + 1 - :limit, 20))))
       END,
       updated_at = :now
     WHERE counter.locked_until IS NULL OR counter.locked_until <= :now
     RETURNING locked_until`,
    {
      key,
      now,
      forgotten: new Date(now.getTime() - limit.forgetSeconds * 1000),
      limit: limit.failures,
      first: limit.firstLockSeconds,
      longest: limit.longestLockSeconds,
      prune: prunedAtOnce,
    },
  );
  if (result.rows[0] !== undefined) return { lockedUntil: result.rows[0].locked_until };
  const row = (await queries('attempt_counters').select('locked_until').where({ key }).first()) as
    { locked_until: Date | null } | undefined;
  const until = row?.locked_until?.getTime() ?? now.getTime();
  return { retryAfterSeconds: Math.max(1, Math.ceil((until - now.getTime()) / 1000)) };
}

/** Forgets every failure of a key. */
export async function clearFailures(queries: Queries, key: string): Promise<void> {
  await queries('attempt_counters').where({ key }).delete();
}

/** Takes one counted guess back, because it was none or was right, and the lock that it set; another's lock stays. */
export async function takeGuessBack(queries: Queries, key: string, lockedUntil: Date | null): Promise<void> {
  await queries('attempt_counters')
    .where({ key })
    .update({
      failures: queries.raw('greatest(failures - 1, 0)'),
      locked_until: queries.raw('nullif(locked_until, ?::timestamptz)', [lockedUntil]),
    });
}

/** How often a key has failed since it was last forgotten. */
export async function countFailures(
  queries: Queries,
  key: string,
  limit: AttemptLimit,
  now: Date,
): Promise<number> {
  const row = (await queries('attempt_counters')
    .select('failures')
    .where({ key })
    .where('updated_at', '>=', new Date(now.getTime() - limit.forgetSeconds * 1000))
    .first()) as { failures: number } | undefined;
  return row?.failures ?? 0;
}
