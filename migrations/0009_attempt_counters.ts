import type { Knex } from 'knex';

/** Guesses at secrets, counted in the database so that every door and every copy counts together. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE attempt_counters (
      key text PRIMARY KEY,
      failures integer NOT NULL,
      locked_until timestamptz,
      updated_at timestamptz NOT NULL
    );
    CREATE INDEX attempt_counters_by_age ON attempt_counters (updated_at);
  `);
}
