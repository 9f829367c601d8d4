import { migrations } from '../migrations';
import { openDatabase, type OpenDatabase } from '../src/platform/database';
import { runMigrations, underStartLock } from '../src/platform/migrate';
import { createDatabase } from './support/database';

let connection: Awaited<ReturnType<typeof createDatabase>>;
let database: OpenDatabase;
beforeEach(async () => {
  connection = await createDatabase({ empty: true });
  database = openDatabase(connection.connection, { poolSize: 4, onIdleError: () => undefined });
});
afterEach(async () => {
  await database.close();
  await connection.drop();
});

const names = migrations.map(({ name }) => name);

/** Every column, index and constraint of our tables. */
async function describeSchema(): Promise<unknown> {
  const { rows } = await database.hot.query(`
    SELECT table_name AS place, column_name || ' ' || data_type || ' ' || is_nullable AS what
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY 1, 2`);
  return rows;
}

/** The schema as an earlier release left it. */
async function migrateTo(count: number): Promise<void> {
  await database.knex.migrate.latest({
    tableName: 'migrations',
    migrationSource: {
      getMigrations: () => Promise.resolve(migrations.slice(0, count)),
      getMigrationName: ({ name }: (typeof migrations)[number]) => name,
      getMigration: ({ migration }: (typeof migrations)[number]) =>
        Promise.resolve({ up: (knex) => migration.up(knex), down: () => Promise.resolve() }),
    },
  });
}

/** Rows that each migration made room for, in statements that were good when it was the last. */
const rowsAfter: Readonly<Record<string, string>> = {
  '0001_users': `INSERT INTO users (username, username_key, email, email_key, email_origin, phone, phone_origin, created_at, updated_at)
    VALUES ('Old', 'old', 'Old@example.com', 'old@example.com', 'registration', '+8613800000001', 'edit', now(), now())`,
  '0002_credentials': `INSERT INTO credentials SELECT id, 'hash', now() FROM users`,
  '0003_sessions': `INSERT INTO sessions (id, user_id, dialect, created_at, expires_at)
    SELECT gen_random_uuid(), id, 'web', now(), now() FROM users`,
  '0004_verification_codes': `INSERT INTO verification_codes (id, purpose, dialect, target_kind, target_key, code_hash, created_at, expires_at)
    VALUES (gen_random_uuid(), 'recover', 'web', 'email', 'old@example.com', 'x', now(), now())`,
  '0005_extensions': `INSERT INTO extensions SELECT id, 'web', '{"a": 1}' FROM users`,
  '0006_history': `INSERT INTO history (at, user_id, actor, action, door) SELECT now(), id, 'operator', 'user_registered', 'web' FROM users`,
  '0007_signing_keys': `INSERT INTO signing_keys VALUES (gen_random_uuid(), 'web', 'HS256', 'm', now(), NULL)`,
  '0008_tickets': `INSERT INTO tickets (token_hash, kind, created_at, expires_at) VALUES ('x', 'sudo', now(), now())`,
  '0009_attempt_counters': `INSERT INTO attempt_counters VALUES ('user:1', 1, NULL, now())`,
  '0010_clients': `INSERT INTO clients VALUES ('c', 'n', 'h', now(), NULL)`,
};

/** Everything in the tables, apart from columns that came later. */
async function countRows(): Promise<Record<string, number>> {
  const tables = await database.hot.query<{ tablename: string }>(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'migrations%'",
  );
  const counts: Record<string, number> = {};
  for (const { tablename } of tables.rows) {
    const { rows } = await database.hot.query<{ count: string }>(`SELECT count(*) FROM ${tablename}`);
    if (rows[0]?.count !== '0') counts[tablename] = Number(rows[0]?.count);
  }
  return counts;
}

test('no migration is cut off because it takes long on a large database', async () => {
  await database.knex.raw(`
    CREATE TABLE seen (timeout text);
    CREATE FUNCTION see() RETURNS event_trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF to_regclass('users') IS NOT NULL THEN
        INSERT INTO public.seen VALUES (current_setting('statement_timeout'));
      END IF;
    END
    $$;
    CREATE EVENT TRIGGER seeing ON ddl_command_end EXECUTE FUNCTION see()`);
  await runMigrations(database.knex);
  const { rows } = await database.hot.query('SELECT DISTINCT timeout FROM seen');
  expect(rows).toEqual([{ timeout: '0' }]);
});

test('a copy that hangs in a transaction lets its locks go after a minute, and goes on with another connection', async () => {
  const shown = async (queries: typeof database.knex) =>
    (await queries.raw<{ rows: object[] }>('SHOW idle_in_transaction_session_timeout')).rows;
  expect(await shown(database.knex)).toEqual([{ idle_in_transaction_session_timeout: '1min' }]);
  const held = await database.knex
    .transaction(async (queries) => {
      await queries.raw("SET LOCAL idle_in_transaction_session_timeout = '50ms'");
      await queries.raw('CREATE TABLE held ()');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return queries.raw('SELECT 1');
    })
    .catch((error: unknown) => error);
  expect(held).toBeInstanceOf(Error);
  expect(await underStartLock(database.knex, () => Promise.resolve('done'))).toBe('done');
});

test('an empty database gets everything once, in its order', async () => {
  expect(await runMigrations(database.knex)).toEqual(names);
  expect(await runMigrations(database.knex)).toEqual([]);
  expect([...names].sort()).toEqual(names);
});

test.each(names.map((name, index) => [name, index + 1] as const))(
  'a database that stands at %s goes on with what is in it',
  async (_, count) => {
    await migrateTo(count);
    for (const name of names.slice(0, count)) {
      const statement = rowsAfter[name];
      if (statement !== undefined) await database.hot.query(statement);
    }
    const before = await countRows();
    expect(Object.keys(before).length).toBeGreaterThan(0);
    expect(await runMigrations(database.knex)).toEqual(names.slice(count));
    expect(await countRows()).toMatchObject(before);
    const { rows } = await database.hot.query('SELECT id, username, email_origin FROM users');
    expect(rows).toEqual([{ id: 1000, username: 'Old', email_origin: 'registration' }]);
  },
);

test('every way to the newest version leads to the same schema', async () => {
  await runMigrations(database.knex);
  const whole = await describeSchema();
  const stepwise = await createDatabase({ empty: true });
  await database.close();
  database = openDatabase(stepwise.connection, { poolSize: 4, onIdleError: () => undefined });
  for (let count = 1; count <= names.length; count += 1) await migrateTo(count);
  expect(await describeSchema()).toEqual(whole);
  await database.close();
  await stepwise.drop();
  database = openDatabase(connection.connection, { poolSize: 4, onIdleError: () => undefined });
});

test('there is no way back', async () => {
  for (const { migration } of migrations) expect(Object.keys(migration)).toEqual(['up']);
});

test('copies that start at once migrate once', async () => {
  const ran = await Promise.all(
    [1, 2].map(() => underStartLock(database.knex, () => runMigrations(database.knex))),
  );
  expect(ran.flat()).toEqual(names);
});

test('the history is append-only, and ids are never given again', async () => {
  await runMigrations(database.knex);
  await database.hot.query(rowsAfter['0001_users'] ?? '');
  await database.hot.query(rowsAfter['0006_history'] ?? '');
  for (const statement of ["UPDATE history SET door = 'x'", 'DELETE FROM history', 'TRUNCATE history']) {
    await expect(database.hot.query(statement)).rejects.toThrow('history is append-only');
  }
  await database.hot.query('DELETE FROM users');
  await database.hot.query(rowsAfter['0001_users'] ?? '');
  const { rows } = await database.hot.query('SELECT id FROM users');
  expect(rows).toEqual([{ id: 1001 }]);
});

test.each([
  [
    'a user name without its key',
    "INSERT INTO users (username, created_at, updated_at) VALUES ('a', now(), now())",
  ],
  [
    'a number that is not E.164',
    "INSERT INTO users (phone, created_at, updated_at) VALUES ('138', now(), now())",
  ],
  ['an unknown status', "INSERT INTO users (status, created_at, updated_at) VALUES ('x', now(), now())"],
  [
    'an unknown origin',
    "INSERT INTO users (email_origin, created_at, updated_at) VALUES ('x', now(), now())",
  ],
  ['an id below one', 'INSERT INTO users (id, created_at, updated_at) VALUES (0, now(), now())'],
])('the database itself refuses %s', async (_, statement) => {
  await runMigrations(database.knex);
  await expect(database.hot.query(statement)).rejects.toThrow('violates check constraint');
});
