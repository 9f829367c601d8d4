import type { Queries } from './database';

/** Rows that each new one takes along: more than one, so that the table does not grow for ever, and few, so that nobody waits. */
const atOnce = 20;

/** What may be removed: by its key, once this column lies before the time. */
const prunable = {
  tickets: { key: 'token_hash', age: 'expires_at' },
  verification_codes: { key: 'id', age: 'expires_at' },
  verification_sends: { key: 'id', age: 'sent_at' },
} as const;

/**
 * Removes some rows whose time is before `before`. Rows that another call has in hand are left to it, so that no call
 * waits here while it holds something itself.
 */
export async function prune(queries: Queries, table: keyof typeof prunable, before: Date): Promise<void> {
  const { key, age } = prunable[table];
  await queries.raw(
    `DELETE FROM :table: WHERE :key: IN (
       SELECT :key: FROM :table: WHERE :age: < :before ORDER BY :age: LIMIT :limit FOR UPDATE SKIP LOCKED)`,
    { table, key, age, before, limit: atOnce },
  );
}
