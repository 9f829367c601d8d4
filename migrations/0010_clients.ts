import type { Knex } from 'knex';

/** Programs with credentials of their own, keys for registrations, and the devices of anonymous users. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE clients (
      id text PRIMARY KEY,
      name text NOT NULL,
      secret_hash text NOT NULL,
      created_at timestamptz NOT NULL,
      revoked_at timestamptz
    );
    CREATE TABLE api_keys (
      id uuid PRIMARY KEY,
      door text NOT NULL,
      name text NOT NULL,
      key_hash bytea NOT NULL,
      created_at timestamptz NOT NULL,
      revoked_at timestamptz,
      CONSTRAINT api_keys_key_hash_unique UNIQUE (door, key_hash)
    );
    CREATE TABLE anonymous_devices (
      device_id text PRIMARY KEY,
      user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE
    );
  `);
}
