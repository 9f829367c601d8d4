import type { Knex } from 'knex';

/** What only one dialect knows: about a user, and records of its own. Idiom stores it and does not interpret it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE extensions (
      user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      dialect text NOT NULL,
      data jsonb NOT NULL,
      PRIMARY KEY (user_id, dialect)
    );
    CREATE TABLE extension_records (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      dialect text NOT NULL,
      kind text NOT NULL,
      user_id integer REFERENCES users (id) ON DELETE CASCADE,
      data jsonb NOT NULL
    );
    CREATE INDEX extension_records_of_user ON extension_records (user_id, dialect, kind);
  `);
}
