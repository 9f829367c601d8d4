import type { Knex } from 'knex';

/**
 * One table of sessions under every dialect. An opaque access token is found by its hash; a JWT names its session.
 * A refresh token that was rotated stays, so that its reuse is seen.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE sessions (
      id uuid PRIMARY KEY,
      user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      dialect text NOT NULL,
      token_hash bytea,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      ended_at timestamptz,
      ended_reason text,
      device_id text,
      client_id text,
      address text,
      user_agent text,
      CONSTRAINT sessions_token_hash_unique UNIQUE (token_hash),
      CONSTRAINT sessions_ended_has_reason CHECK ((ended_at IS NULL) = (ended_reason IS NULL))
    );
    CREATE INDEX sessions_live_of_user ON sessions (user_id) WHERE ended_at IS NULL;
    CREATE TABLE refresh_tokens (
      token_hash bytea PRIMARY KEY,
      session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL,
      rotated_at timestamptz
    );
    CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);
  `);
}
