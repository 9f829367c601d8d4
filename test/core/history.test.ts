import { actionsOf, at, newcomer, startCore, type TestCore } from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
});
afterAll(() => world.stop());

test('is append-only', async () => {
  const { user } = await newcomer(world, { username: 'h1' });
  for (const statement of [
    "UPDATE history SET action = 'x' WHERE user_id = $1",
    'DELETE FROM history WHERE user_id = $1',
  ]) {
    await expect(world.sql(statement, [user.id])).rejects.toThrow('history is append-only');
  }
  await expect(world.sql('TRUNCATE history')).rejects.toThrow('history is append-only');
  expect(await actionsOf(world, user.id)).toEqual(['user_registered']);
});

test('is listed the newest first, by pages, with and without actions', async () => {
  const caller = await newcomer(world, { username: 'h2' });
  for (const nickname of ['a', 'b', 'c']) {
    await world.core.updateProfile({ caller, changes: { nickname } }, at('web'));
  }
  const userId = caller.user.id;
  const list = (more: object) => world.core.listHistory({ userId, limit: 2, ...more }, at('web'));
  const first = (await list({})).entries;
  expect(first.map(({ action }) => action)).toEqual(['profile_updated', 'profile_updated']);
  const second = (await list({ beforeId: first[1]?.id })).entries;
  expect(second.map(({ action }) => action)).toEqual(['profile_updated', 'user_registered']);
  expect((await list({ only: ['user_registered'] })).entries).toHaveLength(1);
  expect((await list({ except: ['profile_updated'] })).entries).toHaveLength(1);
  expect((await list({ only: [] })).entries).toEqual([]);
  for (const beforeId of ['', 'x', '-1', '9'.repeat(40), '1;'])
    expect((await list({ beforeId })).entries).toEqual([]);
  expect((await list({ userId: 2 ** 40 })).entries).toEqual([]);
});

test('an operator’s changes are told', async () => {
  const { user } = await newcomer(world, { username: 'h3' });
  const userId = user.id;
  await world.core.setUserRole({ userId, role: 'admin' }, at('operator'));
  await world.core.setUserStatus({ userId, status: 'pending' }, at('operator'));
  await world.core.setUserPassword({ userId, password: 'secret-1' }, at('operator'));
  expect(await actionsOf(world, userId)).toEqual([
    'user_registered',
    'role_set',
    'status_set',
    'password_set',
  ]);
});
