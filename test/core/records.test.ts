import { seedRecords, type UserCaller } from '../../src/core';
import { openDatabase } from '../../src/platform/database';
import { at, newcomer, problemOf, prove, signedIn, startCore, type TestCore } from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
});
afterAll(() => world.stop());
let names = 0;

const missing = { code: 'record_not_found' };

test('records are of one user, one kind and one door', async () => {
  const caller = await newcomer(world, { username: 'r1' });
  const stranger = await newcomer(world, { username: 'r2' });
  const { id } = await world.core.putRecord({ caller, kind: 'push', data: { token: 'a' } }, at('web'));
  const list = async (who: typeof caller, kind: string, door: string) =>
    (await world.core.listRecords({ caller: who, kind, shared: false }, at(door))).records.map(
      ({ data }) => data,
    );
  expect(await list(caller, 'push', 'web')).toEqual([{ token: 'a' }]);
  for (const other of [
    list(stranger, 'push', 'web'),
    list(caller, 'other', 'web'),
    list(caller, 'push', 'sdk'),
  ]) {
    expect(await other).toEqual([]);
  }
  const update = { kind: 'push', id, data: { token: 'b' } };
  expect(await problemOf(world.core.updateRecord({ caller: stranger, ...update }, at('web')))).toEqual(
    missing,
  );
  expect(await problemOf(world.core.updateRecord({ caller, ...update }, at('sdk')))).toEqual(missing);
  expect(
    await problemOf(world.core.removeRecords({ caller: stranger, kind: 'push', id }, at('web'))),
  ).toEqual(missing);
  expect(await list(caller, 'push', 'web')).toEqual([{ token: 'a' }]);
});

test('an update merges members, and a removal takes one or all', async () => {
  const caller = await newcomer(world, { username: 'r3' });
  const put = (data: { n: number }) => world.core.putRecord({ caller, kind: 'k', data }, at('web'));
  const { id } = await put({ n: 1 });
  await put({ n: 2 });
  await put({ n: 3 });
  const updated = await world.core.updateRecord({ caller, kind: 'k', id, data: { x: true } }, at('web'));
  expect(updated).toEqual({ id, userId: caller.user.id, data: { n: 1, x: true } });
  await world.core.removeRecords({ caller, kind: 'k', id }, at('web'));
  expect(await problemOf(world.core.removeRecords({ caller, kind: 'k', id }, at('web')))).toEqual(missing);
  await world.core.removeRecords({ caller, kind: 'k' }, at('web'));
  expect((await world.core.listRecords({ caller, kind: 'k', shared: false }, at('web'))).records).toEqual([]);
  expect(await problemOf(world.core.removeRecords({ caller, kind: 'k' }, at('web')))).toBeUndefined();
});

test('one that matches is replaced, in parallel too', async () => {
  const caller = await newcomer(world, { username: 'r4' });
  await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      world.core.putRecord({ caller, kind: 'k', data: { app: 'a', n }, match: ['app'] }, at('web')),
    ),
  );
  const { records } = await world.core.listRecords({ caller, kind: 'k', shared: false }, at('web'));
  expect(records).toHaveLength(1);
});

test('signing in, which removes records, and adding some at once do not wait for each other for ever', async () => {
  const caller = await newcomer(world, { username: 'r5', password: 'secret-1' }, 'single');
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, (_, n) => [
      problemOf(
        world.core.putRecord({ caller, kind: 'push', data: { app: 'a', n }, match: ['app'] }, at('single')),
      ),
      problemOf(world.core.signIn({ identifier: 'r5', password: 'secret-1' }, at('single'))),
    ]).flat(),
  );
  const superseded = { code: 'access_token_rejected', reason: 'superseded' };
  for (const outcome of outcomes) expect([undefined, superseded]).toContainEqual(outcome);
});

test('no record comes after the session of its caller has ended', async () => {
  const put = (caller: UserCaller) =>
    problemOf(world.core.putRecord({ caller, kind: 'push', data: {} }, at('single')));
  const first = await newcomer(world, { username: 'r6', password: 'secret-1' }, 'single');
  const second = await signedIn(world, 'r6', 'secret-1', 'single');
  expect(await put(first)).toEqual({ code: 'access_token_rejected', reason: 'superseded' });
  await world.core.signOut({ caller: second }, at('single'));
  expect(await put(second)).toEqual({ code: 'access_token_rejected', reason: 'ended' });
  expect(await world.sql('SELECT id FROM extension_records WHERE user_id = $1', [first.user.id])).toEqual([]);
});

test('signing out of a session that a later one has ended leaves the records of the later one', async () => {
  const first = await newcomer(world, { username: 'r7', password: 'secret-1' }, 'single');
  const second = await signedIn(world, 'r7', 'secret-1', 'single');
  await world.core.putRecord({ caller: second, kind: 'push', data: { n: 2 } }, at('single'));
  await world.core.signOut({ caller: first }, at('single'));
  const { records } = await world.core.listRecords(
    { caller: second, kind: 'push', shared: false },
    at('single'),
  );
  expect(records.map(({ data }) => data)).toEqual([{ n: 2 }]);
});

describe('what a sign-out removes goes with the session', () => {
  const start = async (username: string) => {
    const other = await newcomer(world, { username, email: `${username}@example.com`, password: 'secret-1' });
    const caller = await signedIn(world, username, 'secret-1', 'single');
    await world.core.putRecord({ caller, kind: 'push', data: {} }, at('single'));
    return { caller, other };
  };
  const left = async ({ user }: UserCaller) =>
    (await world.sql('SELECT id FROM extension_records WHERE user_id = $1', [user.id])).length;
  const passwordFrom = (caller: UserCaller) =>
    world.core.changePassword(
      { caller, password: 'secret-2', authority: { oldPassword: 'secret-1' } },
      at(caller.session.dialect),
    );
  const block = (caller: UserCaller) =>
    world.core.setUserStatus({ userId: caller.user.id, status: 'blocked' }, at('operator'));

  test.each<[string, (people: { caller: UserCaller; other: UserCaller }) => Promise<unknown>]>([
    ['everywhere', ({ other }) => world.core.signOutEverywhere({ caller: other }, at('web'))],
    ['by a new password from elsewhere', ({ other }) => passwordFrom(other)],
    ['by being blocked', ({ caller }) => block(caller)],
    [
      'by somebody else’s proof of the address',
      async ({ caller }) => {
        const proofToken = await prove(world, { email: caller.user.email ?? '' });
        await world.core.signInByProof({ proofToken }, at('web'));
      },
    ],
  ])('that ends %s', async (_how, end) => {
    const people = await start(`g${(names += 1)}`);
    await end(people);
    expect(await left(people.caller)).toBe(0);
  });

  test('and stays with a session that goes on', async () => {
    const { caller, other } = await start('g0');
    await passwordFrom(caller);
    await world.core.signOut({ caller: other }, at('web'));
    expect(await left(caller)).toBe(1);
  });
});

test.each([1e30, -(2 ** 63) * 4, 1.5, Number.NaN])('the id %d is nobody’s', async (id) => {
  const caller = await newcomer(world, {});
  expect(await problemOf(world.core.removeRecords({ caller, kind: 'k', id }, at('web')))).toEqual(missing);
  expect(await problemOf(world.core.updateRecord({ caller, kind: 'k', id, data: {} }, at('web')))).toEqual(
    missing,
  );
});

test.each([{ a: 'x\u0000' }, { a: { b: ['\udc00'] } }, { 'k\u0000': 1 }])(
  '%j cannot be stored and is refused',
  async (data) => {
    const caller = await newcomer(world, {});
    const problem = { code: 'invalid_field', field: 'record', rule: 'format' };
    expect(await problemOf(world.core.putRecord({ caller, kind: 'k', data }, at('web')))).toEqual(problem);
    const { id } = await world.core.putRecord(
      { caller, kind: 'k', data: { a: '\\u0000 \\\\ud800' } },
      at('web'),
    );
    expect(await problemOf(world.core.updateRecord({ caller, kind: 'k', id, data }, at('web')))).toEqual(
      problem,
    );
  },
);

test('seeds are put there once, one kind at a time, and belong to nobody', async () => {
  const database = openDatabase(world.connection, { poolSize: 2, onIdleError: () => undefined });
  const seeds = [
    { kind: 'group', data: { name: 'one' } },
    { kind: 'group', data: { name: 'two' } },
  ];
  await seedRecords(database.knex, 'web', seeds);
  await seedRecords(database.knex, 'web', [...seeds, { kind: 'later', data: {} }]);
  await database.close();
  const caller = await newcomer(world, {});
  const shared = await world.core.listRecords({ caller, kind: 'group', shared: true }, at('web'));
  expect(shared.records.map(({ userId, data }) => [userId, data])).toEqual([
    [null, { name: 'one' }],
    [null, { name: 'two' }],
  ]);
  expect(
    (await world.core.listRecords({ caller, kind: 'later', shared: true }, at('web'))).records,
  ).toHaveLength(1);
  expect((await world.core.listRecords({ caller, kind: 'group', shared: false }, at('web'))).records).toEqual(
    [],
  );
});
