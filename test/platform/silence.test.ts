import { isStorageError } from '../../src/core/store/violations';
import { openDatabase } from '../../src/platform/database';
import { createDatabase } from '../support/database';
import { startDatabaseLine, type DatabaseLine } from '../support/database-line';

let database: Awaited<ReturnType<typeof createDatabase>>;
let line: DatabaseLine;
beforeEach(async () => {
  database = await createDatabase({ empty: true });
  line = await startDatabaseLine(database.connection);
});
afterEach(async () => {
  await line.stop();
  await database.drop();
});

const silenceMs = 300;
const open = (options: { silenceMs?: number } = { silenceMs }) =>
  openDatabase(line.connection, { poolSize: 2, onIdleError: () => undefined, ...options });

test('a dead line fails what was asked over it, and the next question goes over a new one', async () => {
  const { hot, knex, close } = open();
  const ask = () => [
    hot.query('SELECT 1'),
    hot.query('SELECT 2'),
    knex.raw('SELECT 1'),
    knex.raw('SELECT 2'),
  ];
  await Promise.all(ask());
  line.deaden();
  const outcomes = await Promise.allSettled(ask());
  for (const outcome of outcomes) {
    expect(outcome.status === 'rejected' && isStorageError(outcome.reason)).toBe(true);
  }
  await Promise.all(ask());
  await close();
});

test('a transaction on a dead line fails', async () => {
  const { knex, close } = open();
  const outcome = await knex
    .transaction(async (queries) => {
      await queries.raw('SELECT 1');
      line.deaden();
      await queries.raw('SELECT 2');
    })
    .catch((error: unknown) => error);
  expect(isStorageError(outcome)).toBe(true);
  await close();
});

test('a line on which nothing was asked may be silent, and is watched all the same', async () => {
  const { hot, knex, close } = open();
  const backend = async () => [
    (await hot.query<object>('SELECT pg_backend_pid()')).rows,
    (await knex.raw<{ rows: object[] }>('SELECT pg_backend_pid()')).rows,
  ];
  const before = await backend();
  await new Promise((resolve) => setTimeout(resolve, 3 * silenceMs));
  expect(await backend()).toEqual(before);
  await new Promise((resolve) => setTimeout(resolve, 2 * silenceMs));
  line.deaden();
  await expect(hot.query('SELECT 1')).rejects.toThrow('silent');
  await close();
});

test('a statement may take its time where the server may be silent for ever', async () => {
  const { knex, close } = open({ silenceMs: 0 });
  await expect(knex.raw('SELECT pg_sleep(0.7)')).resolves.toBeDefined();
  await close();
});
