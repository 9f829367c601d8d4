import type { Knex } from 'knex';

/**
 * Short-lived secrets that a caller holds and we recognise by their hash: proofs of contacts, links, confirmations of
 * the caller, captchas and their passes. What a code was asked with is kept, because its proof is good for that caller
 * only.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE verification_codes
      ADD COLUMN device_id text,
      ADD COLUMN requested_by integer REFERENCES users (id) ON DELETE CASCADE;
    CREATE TABLE tickets (
      token_hash bytea PRIMARY KEY,
      kind text NOT NULL,
      user_id integer REFERENCES users (id) ON DELETE CASCADE,
      device_id text,
      target_kind text,
      target_key text,
      secret_hash bytea,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      consumed_at timestamptz
    );
    CREATE INDEX tickets_live_of_target ON tickets (target_key, kind) WHERE consumed_at IS NULL;
    CREATE INDEX tickets_by_end ON tickets (expires_at);
  `);
}
