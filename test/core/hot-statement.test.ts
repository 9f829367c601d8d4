import { Pool } from 'pg';
import { runHot } from '../../src/core/store/hot-statement';
import { createDatabase } from '../support/database';

const echo = { name: 'echo', text: 'SELECT $1::text, $2::int + 1, NULL::text' };
const divide = { name: 'divide', text: 'SELECT 1 / $1::int' };
const none = { name: 'none', text: 'SELECT 1 WHERE $1::int = 0' };

let pool: Pool;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createDatabase();
  drop = database.drop;
  pool = new Pool({ ...database.connection, max: 1 });
  // A connection that is cut while it is idle, or just after its query was told so.
  pool.on('error', () => undefined);
});

afterAll(async () => {
  await pool.end();
  await drop();
});

test('a row is its columns as text, in their order, with null for NULL', async () => {
  expect(await runHot(pool, echo, ['名字 \u{1f600}', '41'])).toEqual([['名字 \u{1f600}', '42', null]]);
  expect(await runHot(pool, none, ['1'])).toEqual([]);
});

test('a statement is prepared once on a connection, under its name', async () => {
  for (let run = 0; run < 3; run += 1) await runHot(pool, echo, ['a', '1']);
  const { rows } = await pool.query(`SELECT name FROM pg_prepared_statements WHERE name = 'echo'`);
  expect(rows).toEqual([{ name: 'echo' }]);
});

test('many runs at once each get their own rows', async () => {
  const numbers = Array.from({ length: 200 }, (_, index) => index);
  const found = await Promise.all(numbers.map((number) => runHot(pool, echo, ['x', String(number)])));
  expect(found.map(([row]) => row?.[1])).toEqual(numbers.map((number) => String(number + 1)));
});

test('a failure of the statement rejects with the error of PostgreSQL, and the next run works', async () => {
  await expect(runHot(pool, divide, ['0'])).rejects.toMatchObject({ code: '22012', severity: 'ERROR' });
  expect(await runHot(pool, divide, ['1'])).toEqual([['1']]);
});

test('a statement that PostgreSQL cannot prepare rejects every time, and harms no other', async () => {
  const broken = { name: 'broken', text: 'SELECT nothing FROM nowhere WHERE id = $1' };
  for (let run = 0; run < 2; run += 1) {
    await expect(runHot(pool, broken, ['1'])).rejects.toMatchObject({ code: '42P01' });
  }
  expect(await runHot(pool, echo, ['a', '1'])).toEqual([['a', '2', null]]);
});

test('a connection that is cut under a run rejects it, and the next run gets another', async () => {
  const cut = { name: 'cut', text: 'SELECT pg_terminate_backend(pg_backend_pid()), $1::text' };
  await expect(runHot(pool, cut, ['x'])).rejects.toThrow();
  expect(await runHot(pool, echo, ['a', '1'])).toEqual([['a', '2', null]]);
});
