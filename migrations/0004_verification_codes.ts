import type { Knex } from 'knex';

/**
 * One-time codes with a purpose. A signed-in purpose has one live code per user, an anonymous one per target. The sends
 * are kept apart, because the limits on sending outlive the codes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE verification_codes (
      id uuid PRIMARY KEY,
      purpose text NOT NULL,
      dialect text NOT NULL,
      user_id integer REFERENCES users (id) ON DELETE CASCADE,
      target_kind text NOT NULL,
      target_key text NOT NULL,
      code_hash bytea NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      CONSTRAINT verification_codes_target_kind_known CHECK (target_kind IN ('email', 'phone'))
    );
    CREATE UNIQUE INDEX verification_codes_one_per_user
      ON verification_codes (user_id, purpose) WHERE user_id IS NOT NULL;
    CREATE UNIQUE INDEX verification_codes_one_per_target
      ON verification_codes (purpose, target_key) WHERE user_id IS NULL;
    CREATE TABLE verification_sends (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      target_key text NOT NULL,
      sent_at timestamptz NOT NULL
    );
    CREATE INDEX verification_sends_of_target ON verification_sends (target_key, sent_at);
  `);
}
