import type { Knex } from 'knex';

/**
 * Ways to what is over, so that it can be removed while new rows come in, and to the two questions that went through whole
 * tables: who has used a door, and which devices an anonymous user has. The history cannot be emptied at once either.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX verification_sends_by_age ON verification_sends (sent_at);
    CREATE INDEX verification_codes_by_end ON verification_codes (expires_at);
    CREATE INDEX sessions_of_user_at_door ON sessions (user_id, dialect);
    CREATE INDEX anonymous_devices_of_user ON anonymous_devices (user_id);
    CREATE TRIGGER history_append_only_whole BEFORE TRUNCATE ON history
      FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only();
  `);
}
