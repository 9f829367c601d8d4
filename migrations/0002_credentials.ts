import type { Knex } from 'knex';

/** Password hashes, apart from what is read on every request. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE credentials (
      user_id integer PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
      password_hash text NOT NULL,
      updated_at timestamptz NOT NULL
    )
  `);
}
