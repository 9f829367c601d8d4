import type { Caller, Command } from '../../src/core';
import { at, newcomer, signedIn, startCore, type TestCore } from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
  await newcomer(world, { username: 'here', email: 'here@example.com', phone: '13800000801' });
  await newcomer(world, { username: 'elsewhere', email: 'elsewhere@example.com' }, 'sdk');
});
afterAll(() => world.stop());

const query = async (caller: Caller, by: Omit<Command<'queryUsers'>, 'caller'>) =>
  (await world.core.queryUsers({ caller, ...by }, at('web'))).users.map(({ user, shows }) => [
    user.username,
    shows,
  ]);

const hidden = { email: false, phone: false };

test('only users of this door are found, each with the contacts that were asked for', async () => {
  const caller = await newcomer(world, { username: 'asker' });
  expect(await query(caller, { username: 'HERE' })).toEqual([['here', hidden]]);
  expect(await query(caller, { email: 'Here@Example.com' })).toEqual([
    ['here', { email: true, phone: false }],
  ]);
  expect(await query(caller, { phone: '+86 138 0000 0801' })).toEqual([
    ['here', { email: false, phone: true }],
  ]);
  expect(await query(caller, { identifier: '13800000801' })).toEqual([
    ['here', { email: false, phone: true }],
  ]);
  expect(await query(caller, { username: 'here@example.com' })).toEqual([]);
  for (const by of [{ username: 'elsewhere' }, { email: 'elsewhere@example.com' }, {}, { userIds: [] }]) {
    expect(await query(caller, by)).toEqual([]);
  }
  expect(await query(caller, { userIds: [caller.user.id], username: 'here' })).toHaveLength(2);
});

test('ids that no user can have, and text that cannot be stored, find nobody', async () => {
  const caller = await newcomer(world, { username: 'asker2' });
  const userIds = [0, -1, 2 ** 31, 1.5, Number.NaN, 1e30];
  expect(await query(caller, { userIds, username: 'a\u0000', email: '\ud800@x' })).toEqual([]);
});

test('a user who has signed out is found still; one who has left is not', async () => {
  const caller = await newcomer(world, { username: 'asker3' });
  const other = await newcomer(world, { username: 'offline', password: 'secret-1' });
  await world.core.signOutEverywhere({ caller: other }, at('web'));
  expect(await query(caller, { username: 'offline' })).toHaveLength(1);
  const back = await signedIn(world, 'offline', 'secret-1');
  const { sudoToken } = await world.core.confirmCaller(
    { caller: back, credential: { password: 'secret-1' } },
    at('web'),
  );
  await world.core.deleteUser({ caller: back, sudoToken }, at('web'));
  expect(await query(caller, { userIds: [other.user.id] })).toEqual([]);
});

test('administrators and programs see all', async () => {
  const shown = { email: true, phone: true };
  expect(await query({ kind: 'client', clientId: 'c' }, { username: 'elsewhere' })).toEqual([
    ['elsewhere', shown],
  ]);
  const made = await newcomer(world, { username: 'boss' });
  const boss = { ...made, user: { ...made.user, role: 'admin' as const } };
  expect(await query(boss, { username: 'elsewhere' })).toEqual([['elsewhere', shown]]);
});

test('whether an identifier exists is told with an id and nothing else', async () => {
  const found = await world.core.identifierExists({ identifier: 'HERE@example.com' }, at('web'));
  expect(found).toEqual({ userId: expect.any(Number) });
  expect(await world.core.identifierExists({ identifier: 'nobody' }, at('web'))).toEqual({ userId: null });
  expect(await world.core.identifierExists({ identifier: 'a\u0000' }, at('web'))).toEqual({ userId: null });
});

test('an operator finds users by id and identifier, and lists them in the order of ids', async () => {
  const { user } = await world.core.findUser({ identifier: 'here' }, at('operator'));
  expect((await world.core.findUser({ identifier: String(user.id) }, at('operator'))).user).toEqual(user);
  expect((await world.core.findUser({ identifier: '13800000801' }, at('operator'))).user).toEqual(user);
  const { users } = await world.core.listUsers({ limit: 2 }, at('operator'));
  const next = await world.core.listUsers({ afterId: users[1]?.id ?? 0, limit: 1 }, at('operator'));
  const ids = [...users, ...next.users].map(({ id }) => id);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  expect(new Set(ids).size).toBe(3);
});
