import {
  actionsOf,
  at,
  newcomer,
  problemOf,
  signedIn,
  startCore,
  stateOf,
  sudo,
  type TestCore,
} from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
});
afterAll(() => world.stop());

describe('changing the password', () => {
  test('ends the other sessions at every door, and the calling one goes on', async () => {
    const caller = await newcomer(world, { username: 'p1', password: 'secret-1' });
    const others = [await signedIn(world, 'p1', 'secret-1'), await signedIn(world, 'p1', 'secret-1', 'sdk')];
    const authority = { oldPassword: 'secret-1' };
    const { user } = await world.core.changePassword({ caller, password: 'secret-2', authority }, at('web'));
    expect(user.passwordUpdatedAt?.getTime()).toBeGreaterThan(caller.user.passwordUpdatedAt?.getTime() ?? 0);
    expect(await stateOf(world, caller)).toBe('good');
    for (const other of others) expect(await stateOf(world, other)).toBe('ended');
    expect(await problemOf(signedIn(world, 'p1', 'secret-1'))).toEqual({ code: 'invalid_credentials' });
    expect(await problemOf(signedIn(world, 'p1', 'secret-2'))).toBeUndefined();
    expect(await actionsOf(world, caller.user.id)).toContain('password_set');
  });

  test('needs the old one, and a new one that may be chosen', async () => {
    const caller = await newcomer(world, { username: 'p2', password: 'secret-1' });
    const change = (oldPassword: string, password: string) =>
      problemOf(world.core.changePassword({ caller, password, authority: { oldPassword } }, at('web')));
    expect(await change('wrong', 'secret-2')).toEqual({ code: 'wrong_password' });
    expect(await change('secret-1', 'short')).toMatchObject({ field: 'password', rule: 'length' });
    expect(await problemOf(signedIn(world, 'p2', 'secret-1'))).toBeUndefined();
  });

  test('of a user without one needs no old one; a confirmation will do instead of it, once', async () => {
    const caller = await newcomer(world, { username: 'p3' });
    const first = { caller, password: 'secret-1', authority: { oldPassword: '' } };
    await world.core.changePassword(first, at('web'));
    const known = await signedIn(world, 'p3', 'secret-1');
    const sudoToken = await sudo(world, known, 'secret-1');
    const change = () =>
      problemOf(
        world.core.changePassword(
          { caller: known, password: 'secret-2', authority: { sudoToken } },
          at('web'),
        ),
      );
    expect(await change()).toBeUndefined();
    expect(await change()).toEqual({ code: 'sudo_rejected' });
  });

  test('with one old password happens once, however often at once', async () => {
    const caller = await newcomer(world, { username: 'p4', password: 'secret-1' });
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        problemOf(
          world.core.changePassword(
            { caller, password: `parallel-${n}`, authority: { oldPassword: 'secret-1' } },
            at('web'),
          ),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes).toContainEqual({ code: 'wrong_password' });
  });
});

test('an operator sets a password, and every session ends', async () => {
  const caller = await newcomer(world, { username: 'p5', password: 'secret-1' });
  await world.core.setUserPassword({ userId: caller.user.id, password: 'secret-2' }, at('operator'));
  expect(await stateOf(world, caller)).toBe('ended');
  const { entries } = await world.core.listHistory({ userId: caller.user.id, limit: 1 }, at('operator'));
  expect(entries).toMatchObject([{ action: 'password_set', actor: 'operator', fields: ['password'] }]);
  for (const userId of [0, 999_999, 2 ** 31]) {
    expect(
      await problemOf(world.core.setUserPassword({ userId, password: 'secret-2' }, at('operator'))),
    ).toEqual({
      code: 'user_not_found',
    });
  }
});
