import type { Knex } from 'knex';

/**
 * What happened to whom, append-only: a trigger refuses to change or remove a row. It names fields, never values, and
 * has no foreign key, because it outlives the user it speaks of.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE history (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at timestamptz NOT NULL,
      user_id integer,
      actor text NOT NULL,
      action text NOT NULL,
      fields text[] NOT NULL DEFAULT '{}',
      door text NOT NULL,
      address text,
      device_id text,
      client_id text,
      user_agent text
    );
    CREATE INDEX history_of_user ON history (user_id, id);
    CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'history is append-only';
    END
    $$;
    CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE ON history
      FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
  `);
}
