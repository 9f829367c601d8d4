import { hashToken } from '../../src/core/hash-token';
import {
  actionsOf,
  at,
  callerOf,
  newcomer,
  problemOf,
  prove,
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

const rejected = { code: 'refresh_token_rejected' };
const refresh = (refreshToken: string, door = 'sdk') => world.core.refreshSession({ refreshToken }, at(door));

async function start(username: string) {
  const registered = await world.core.registerUser(
    { username, password: 'secret-1', signIn: true },
    at('sdk'),
  );
  return {
    token: registered.grant?.refreshToken ?? '',
    caller: await callerOf(world, registered, 'sdk'),
    accessToken: registered.grant?.accessToken ?? '',
  };
}

describe('a refresh token', () => {
  test('is rotated, prolongs the session and makes an access token that is good', async () => {
    const { token, caller } = await start('r1');
    world.clock.advance(86_400);
    const next = await refresh(token);
    expect(next.grant.refreshToken).not.toBe(token);
    expect(next.grant.session).toMatchObject({ id: caller.session.id });
    expect(next.grant.session.expiresAt.getTime()).toBeGreaterThan(caller.session.expiresAt.getTime());
    expect((await callerOf(world, next, 'sdk')).session.expiresAt).toEqual(next.grant.session.expiresAt);
    expect(await actionsOf(world, caller.user.id)).toEqual(['user_registered', 'session_refreshed']);
  });

  test('is forgotten once it would have expired, and others of its session are not', async () => {
    const { token, caller } = await start('r0');
    const day = 86_400;
    const tokens = [token];
    for (let n = 0; n < 4; n += 1) {
      world.clock.advance(12 * day);
      tokens.push((await refresh(tokens.at(-1) ?? '')).grant.refreshToken ?? '');
    }
    const kept = await world.sql('SELECT token_hash FROM refresh_tokens WHERE session_id = $1', [
      caller.session.id,
    ]);
    // The first was rotated 36 days ago, the second 24.
    expect(kept).toHaveLength(4);
    expect(await problemOf(refresh(tokens[0] ?? ''))).toEqual(rejected);
    expect(await stateOf(world, caller)).toBe('good');
    expect(await problemOf(refresh(tokens[1] ?? ''))).toEqual(rejected);
    expect(await stateOf(world, caller)).toBe('ended');
  });

  test('works for ten seconds more, in as many tabs as refresh at once', async () => {
    const { token, caller } = await start('r2');
    const tabs = await Promise.all(Array.from({ length: 8 }, () => refresh(token)));
    expect(new Set(tabs.map((tab) => tab.grant.refreshToken)).size).toBe(8);
    world.clock.advance(9);
    const sibling = (await refresh(token)).grant.refreshToken ?? '';
    expect(await problemOf(refresh(sibling))).toBeUndefined();
    expect(await stateOf(world, caller)).toBe('good');
  });

  test('that is used again later ends the whole family', async () => {
    const { token, caller } = await start('r3');
    const next = (await refresh(token)).grant.refreshToken ?? '';
    world.clock.advance(10);
    expect(await problemOf(refresh(token))).toEqual(rejected);
    expect(await problemOf(refresh(next))).toEqual(rejected);
    expect(await stateOf(world, caller)).toBe('ended');
    expect(await actionsOf(world, caller.user.id)).toContain('refresh_token_reused');
  });

  test('is good at its own door only, and not once the session or the user is out', async () => {
    const { token, caller } = await start('r4');
    expect(await problemOf(refresh(token, 'web'))).toEqual(rejected);
    expect(await problemOf(refresh('r.unknown'))).toEqual(rejected);
    await world.core.setUserStatus({ userId: caller.user.id, status: 'blocked' }, at('operator'));
    expect(await problemOf(refresh(token))).toEqual(rejected);
    const other = await start('r5');
    world.clock.advance(31 * 86_400);
    expect(await problemOf(refresh(other.token))).toEqual(rejected);
  });

  test('is not stored as it is', async () => {
    const { token } = await start('r6');
    const [row] = await world.sql<{ count: string }>(
      'SELECT count(*) FROM refresh_tokens WHERE token_hash = $1',
      [hashToken(token)],
    );
    expect(row?.count).toBe('1');
  });
});

test('many callers refresh at once over a small pool', async () => {
  const small = await startCore({ connection: world.connection, clock: world.clock, poolSize: 2 });
  const { token } = await start('r7');
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, () =>
      problemOf(small.core.refreshSession({ refreshToken: token }, at('sdk'))),
    ),
  );
  await small.stop();
  expect(new Set(outcomes)).toEqual(new Set([undefined]));
});

test('a renewal prolongs the session, never shortens it, and its token is good', async () => {
  const caller = await newcomer(world, { username: 'n1' });
  const grant = await world.core.renewSession({ caller, lifetimeSeconds: 60 * 86_400 }, at('web'));
  const renewed = await callerOf(world, { grant }, 'web');
  expect(renewed.session.expiresAt).toEqual(grant.accessTokenExpiresAt);
  await world.core.renewSession({ caller, lifetimeSeconds: 60 }, at('web'));
  world.clock.advance(3600);
  expect(await stateOf(world, caller)).toBe('good');
  expect(await actionsOf(world, caller.user.id)).toEqual([
    'user_registered',
    'session_renewed',
    'session_renewed',
  ]);
});

describe('an access token', () => {
  test('is good at its own door only', async () => {
    const caller = await newcomer(world, { username: 'a1' });
    const reference = { sessionId: caller.session.id, userId: caller.user.id };
    expect(await problemOf(world.core.authenticate({ reference }, at('sdk')))).toMatchObject({
      reason: 'unknown',
    });
    const stranger = { sessionId: caller.session.id, userId: caller.user.id + 1 };
    expect(await problemOf(world.core.authenticate({ reference: stranger }, at('web')))).toMatchObject({
      reason: 'unknown',
    });
  });

  test('ends with its session, and a blocked user is told apart', async () => {
    const caller = await newcomer(world, { username: 'a2' });
    await world.core.setUserStatus({ userId: caller.user.id, status: 'blocked' }, at('operator'));
    expect(await stateOf(world, caller)).toBe('user_blocked');
    await world.core.setUserStatus({ userId: caller.user.id, status: 'active' }, at('operator'));
    expect(await stateOf(world, caller)).toBe('ended');
    const other = await newcomer(world, { username: 'a3' });
    world.clock.advance(30 * 86_400);
    expect(await stateOf(world, other)).toBe('expired');
  });
});

describe('signing out', () => {
  test('ends that session only, and removes what the door clears', async () => {
    const caller = await newcomer(world, { username: 'o1', password: 'secret-1' }, 'single');
    const other = await signedIn(world, 'o1', 'secret-1');
    await world.core.putRecord({ caller, kind: 'push', data: { a: 1 } }, at('single'));
    await world.core.signOut({ caller, identifier: 'O1' }, at('single'));
    expect([await stateOf(world, caller), await stateOf(world, other)]).toEqual(['ended', 'good']);
    expect(await world.sql('SELECT * FROM extension_records WHERE user_id = $1', [caller.user.id])).toEqual(
      [],
    );
    expect(await problemOf(world.core.signOut({ caller }, at('single')))).toBeUndefined();
  });

  test('with the name of somebody else changes nothing', async () => {
    const caller = await newcomer(world, { username: 'o2' });
    expect(await problemOf(world.core.signOut({ caller, identifier: 'o1' }, at('web')))).toMatchObject({
      field: 'identifier',
    });
    expect(await stateOf(world, caller)).toBe('good');
  });

  test('without a caller, or after the session has expired, is no failure', async () => {
    const caller = await newcomer(world, { username: 'o3' });
    world.clock.advance(31 * 86_400);
    expect(await problemOf(world.core.signOut({ caller: null }, at('web')))).toBeUndefined();
    expect(await problemOf(world.core.signOut({ caller }, at('web')))).toBeUndefined();
  });

  test('everywhere ends every session at every door', async () => {
    const caller = await newcomer(world, { username: 'o4', password: 'secret-1' });
    const others = [
      await signedIn(world, 'o4', 'secret-1', 'sdk'),
      await signedIn(world, 'o4', 'secret-1', 'single'),
    ];
    await world.core.signOutEverywhere({ caller }, at('web'));
    for (const session of [caller, ...others]) expect(await stateOf(world, session)).toBe('ended');
    expect((await actionsOf(world, caller.user.id)).at(-1)).toBe('signed_out');
  });

  test('of a device ends what was opened on it; an unknown one has nothing', async () => {
    const command = { username: 'o5', password: 'secret-1', signIn: true };
    const phone = at('sdk', { deviceId: 'phone-0123456789' });
    const onPhone = await callerOf(world, await world.core.registerUser(command, phone), 'sdk');
    const onWeb = await signedIn(world, 'o5', 'secret-1');
    for (const deviceId of ['another', 'a\u0000b', '']) {
      expect(
        await problemOf(world.core.signOutDevice({ caller: onWeb, deviceId }, at('web'))),
      ).toBeUndefined();
    }
    expect(await stateOf(world, onPhone)).toBe('good');
    await world.core.signOutDevice({ caller: onWeb, deviceId: 'phone-0123456789' }, at('web'));
    expect([await stateOf(world, onPhone), await stateOf(world, onWeb)]).toEqual(['ended', 'good']);
  });
});

test('a sign-in takes the sessions along that have been over for a month at its door', async () => {
  const first = await newcomer(world, { username: 'm1', password: 'secret-1' }, 'sdk');
  const elsewhere = await signedIn(world, 'm1', 'secret-1', 'web');
  world.clock.advance(59 * 86_400);
  const second = await signedIn(world, 'm1', 'secret-1', 'sdk');
  expect(await stateOf(world, first)).toBe('expired');
  world.clock.advance(2 * 86_400);
  await signedIn(world, 'm1', 'secret-1', 'sdk');
  const states = [first, elsewhere, second].map((caller) => stateOf(world, caller));
  expect(await Promise.all(states)).toEqual(['unknown', 'expired', 'good']);
});

describe('leaving', () => {
  test('needs a confirmation, frees the identifiers, and the id is never given again', async () => {
    const caller = await newcomer(world, {
      username: 'leaver',
      email: 'leaver@example.com',
      phone: '13800000077',
      password: 'secret-1',
      extension: { kept: true },
    });
    const userId = caller.user.id;
    await world.core.putRecord({ caller, kind: 'any', data: {} }, at('web'));
    expect(await problemOf(world.core.deleteUser({ caller, sudoToken: 'none' }, at('web')))).toEqual({
      code: 'sudo_rejected',
    });
    const sudoToken = await sudo(world, caller, 'secret-1');
    await world.core.deleteUser({ caller, sudoToken }, at('web'));
    expect(await stateOf(world, caller)).toBe('user_gone');
    expect(await problemOf(world.core.findUser({ identifier: String(userId) }, at('operator')))).toEqual({
      code: 'user_not_found',
    });
    expect((await actionsOf(world, userId)).at(-1)).toBe('user_deleted');
    const again = await newcomer(world, {
      username: 'leaver',
      email: 'leaver@example.com',
      phone: '13800000077',
    });
    expect(again.user.id).toBeGreaterThan(userId);
    const left = await world.sql<object>(
      `SELECT (SELECT count(*) FROM credentials WHERE user_id = $1) + (SELECT count(*) FROM extensions WHERE user_id = $1)
        + (SELECT count(*) FROM extension_records WHERE user_id = $1) AS left`,
      [userId],
    );
    expect(left).toEqual([{ left: '0' }]);
  });

  test('takes the images, the codes and the proofs along', async () => {
    const email = 'leaver4@example.com';
    const caller = await newcomer(world, { username: 'leaver4', email, password: 'secret-1' });
    const userId = caller.user.id;
    await world.core.replaceAvatar({ caller, image: Buffer.alloc(1) }, at('web'));
    await prove(world, { email }, { caller });
    await world.core.requestEmailChange({ caller, email: 'leaver5@example.com', language: 'en' }, at('web'));
    const sudoToken = await sudo(world, caller, 'secret-1');
    await world.core.deleteUser({ caller, sudoToken }, at('web'));
    const left = await world.sql(
      `SELECT target_key FROM verification_codes WHERE user_id = $1 OR requested_by = $1
        UNION ALL SELECT target_key FROM tickets WHERE user_id = $1`,
      [userId],
    );
    expect(left).toEqual([]);
    const late = world.core.replaceAvatar({ caller, image: Buffer.alloc(1) }, at('web'));
    expect(await problemOf(late)).toEqual({ code: 'user_not_found' });
    expect([...world.images]).not.toContain(userId);
  });

  test('takes a confirmation of oneself, of the last 15 minutes, once', async () => {
    const caller = await newcomer(world, { username: 'leaver2', password: 'secret-1' });
    const stranger = await newcomer(world, { username: 'leaver3', password: 'secret-1' });
    const theirs = await sudo(world, stranger, 'secret-1');
    expect(await problemOf(world.core.deleteUser({ caller, sudoToken: theirs }, at('web')))).toEqual({
      code: 'sudo_rejected',
    });
    const own = await sudo(world, caller, 'secret-1');
    world.clock.advance(900);
    expect(await problemOf(world.core.deleteUser({ caller, sudoToken: own }, at('web')))).toEqual({
      code: 'sudo_rejected',
    });
    expect(
      await problemOf(world.core.deleteUser({ caller: stranger, sudoToken: theirs }, at('web'))),
    ).toEqual({
      code: 'sudo_rejected',
    });
    const [one, two] = await Promise.all(
      [await sudo(world, caller, 'secret-1')].flatMap((sudoToken) => [
        problemOf(world.core.deleteUser({ caller, sudoToken }, at('web'))),
        problemOf(world.core.deleteUser({ caller, sudoToken }, at('web'))),
      ]),
    );
    expect([one, two].filter((outcome) => outcome === undefined)).toHaveLength(1);
  });
});
