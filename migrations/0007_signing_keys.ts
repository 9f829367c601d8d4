import type { Knex } from 'knex';

/** The keys of access tokens, in the database so that every copy of the gateway has the same ones. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE signing_keys (
      id uuid PRIMARY KEY,
      door text NOT NULL,
      alg text NOT NULL,
      material text NOT NULL,
      created_at timestamptz NOT NULL,
      retired_at timestamptz
    );
    CREATE UNIQUE INDEX signing_keys_one_current ON signing_keys (door) WHERE retired_at IS NULL;
  `);
}
