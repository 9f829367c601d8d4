import type { RegisterUser } from '../../src/core';
import {
  actionsOf,
  at,
  callerOf,
  codeTo,
  newcomer,
  problemOf,
  prove,
  startCore,
  type TestCore,
} from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
});
afterAll(() => world.stop());

const register = (command: Omit<RegisterUser, 'signIn'>, door = 'web') =>
  world.core.registerUser({ ...command, signIn: false }, at(door));

test('a newcomer is there with everything that was named, in one history row without values', async () => {
  const registered = await world.core.registerUser(
    {
      username: 'Ling',
      email: 'Ling@Example.com',
      phone: '13800000001',
      password: 'secret-1',
      profile: { nickname: 'L', bio: 'b' },
      extension: { group: 3 },
      signIn: true,
    },
    at('web', { address: '192.0.2.1', deviceId: 'd', userAgent: 'ua' }),
  );
  expect(registered).toMatchObject({
    user: { username: 'Ling', email: 'Ling@Example.com', phone: '+8613800000001', hasPassword: true },
    extension: { group: 3 },
    grant: { refreshToken: null },
  });
  expect(registered.user.id).toBeGreaterThanOrEqual(1000);
  const { entries } = await world.core.listHistory({ userId: registered.user.id, limit: 10 }, at('web'));
  expect(entries).toMatchObject([
    {
      action: 'user_registered',
      fields: ['nickname', 'bio', 'username', 'email', 'phone', 'password'],
      actor: `user:${registered.user.id}`,
      door: 'web',
      address: '192.0.2.1',
      deviceId: 'd',
      userAgent: 'ua',
    },
  ]);
});

describe('of several refused identifiers', () => {
  beforeAll(() => register({ username: 'taken', email: 'taken@example.com', phone: '13800000002' }));

  test.each<[string, Omit<RegisterUser, 'signIn'>, object]>([
    [
      'the first that is taken is named',
      { username: 'TAKEN', email: 'taken@example.com' },
      taken('username'),
    ],
    [
      'the order of the call decides',
      { username: 'taken', phone: '+8613800000002', identifierOrder: ['phone', 'username', 'email'] },
      taken('phone'),
    ],
    [
      'a taken one comes before a later malformed one',
      { username: 'taken', email: 'no address' },
      taken('username'),
    ],
    [
      'a malformed one comes before a later taken one',
      { username: 'a@b', email: 'taken@example.com' },
      { code: 'invalid_field', field: 'username', rule: 'reserved' },
    ],
    [
      'what the dialect refuses keeps its place',
      { username: { refused: 'length' }, email: 'taken@example.com' },
      { code: 'invalid_field', field: 'username', rule: 'length' },
    ],
    ['a missing contact comes last', { username: 'taken', contactRequired: true }, taken('username')],
    [
      'a missing contact is named when nothing else is wrong',
      { username: 'contactless', contactRequired: true },
      { code: 'contact_required' },
    ],
  ])('%s', async (_, command, problem) => {
    expect(await problemOf(register(command))).toEqual(problem);
  });

  function taken(identifier: string): object {
    return { code: 'identifier_taken', identifier };
  }
});

test('of fifty who want the same name at once one gets it, and all are answered', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      problemOf(register({ username: 'popular', email: `popular${index}@example.com` })),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
  expect(new Set(outcomes.map((outcome) => outcome?.code))).toEqual(new Set([undefined, 'identifier_taken']));
});

test.each([['12345'], [' 1234567'], ['1234567\u0085'], ['x'.repeat(73)], ['12345\u00006']])(
  'the password %j is refused, and nobody is made',
  async (password) => {
    expect(await problemOf(register({ username: 'weak', password }))).toMatchObject({ field: 'password' });
    expect(await world.core.identifierExists({ identifier: 'weak' }, at('web'))).toEqual({ userId: null });
  },
);

test('a user name that is taken is named before a password that nobody may choose', async () => {
  await register({ username: 'holder', password: 'secret-1' });
  expect(await problemOf(register({ username: 'holder', password: 'x'.repeat(73) }))).toMatchObject({
    code: 'identifier_taken',
    identifier: 'username',
  });
});

test('what a dialect keeps must be storable', async () => {
  const extension = { deep: [{ text: 'a\u0000b' }] };
  expect(await problemOf(register({ username: 'zero', extension }))).toMatchObject({ field: 'record' });
  expect(await problemOf(register({ username: 'zero', extension: { text: '\\u0000' } }))).toBeUndefined();
});

describe('with a proof', () => {
  test('a token proves the named contact, once', async () => {
    const proofToken = await prove(world, { email: 'p1@example.com' });
    const proof = { proofToken };
    expect((await register({ email: 'P1@example.com', proof })).user.emailVerifiedAt).not.toBeNull();
    expect(await problemOf(register({ email: 'p2@example.com', proof }))).toEqual({ code: 'proof_rejected' });
  });

  test('a token of another contact proves nothing, and stays good', async () => {
    const proof = { proofToken: await prove(world, { email: 'p3@example.com' }) };
    expect(await problemOf(register({ email: 'p4@example.com', proof }))).toEqual({ code: 'proof_rejected' });
    expect(await problemOf(register({ email: 'p3@example.com', proof }))).toBeUndefined();
  });

  test('a token brings its contact along, where a contact is required too', async () => {
    const proof = { proofToken: await prove(world, { phone: '+8613800000011' }) };
    const { user } = await register({ proof, contactRequired: true });
    expect(user).toMatchObject({ phone: '+8613800000011', phoneVerifiedAt: expect.any(Date) });
  });

  test('a code of this purpose proves it; one of another purpose or target does not', async () => {
    for (const purpose of ['register', 'recover'] as const) {
      world.clock.advance(61);
      const target = { email: 'p5@example.com' };
      await world.core.requestCode(
        { caller: null, purpose, target, audience: 'anyone', language: 'en' },
        at('web'),
      );
      const outcome = await problemOf(
        register({ email: 'p5@example.com', proof: { code: codeTo(world, 'p5@example.com') } }),
      );
      expect(outcome?.code).toBe(purpose === 'register' ? undefined : 'verification_code_rejected');
    }
  });

  test('a code outlives a registration that fails for another reason', async () => {
    await register({ username: 'occupied' });
    world.clock.advance(61);
    await world.core.requestCode(
      {
        caller: null,
        purpose: 'register',
        target: { email: 'p6@example.com' },
        audience: 'anyone',
        language: 'en',
      },
      at('web'),
    );
    const proof = { code: codeTo(world, 'p6@example.com') };
    for (let tries = 0; tries < 7; tries += 1) {
      expect(await problemOf(register({ username: 'occupied', email: 'p6@example.com', proof }))).toEqual({
        code: 'identifier_taken',
        identifier: 'username',
      });
    }
    expect(await problemOf(register({ username: 'p6', email: 'p6@example.com', proof }))).toBeUndefined();
  });

  test('of ten parallel registrations with one proof one succeeds', async () => {
    const proof = { proofToken: await prove(world, { email: 'p7@example.com' }) };
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => problemOf(register({ proof }))));
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
  });
});

test('a drawn user name has the form, and a chosen one wins', async () => {
  const form = { prefix: 'u_', length: 12 };
  expect((await register({ generatedUsername: form })).user.username).toMatch(/^u_[a-z0-9]{10}$/);
  expect((await register({ username: 'chosen', generatedUsername: form })).user.username).toBe('chosen');
});

test('drawing ends after a few names that are taken', async () => {
  await register({ username: 'only' });
  expect(await problemOf(register({ generatedUsername: { prefix: 'only', length: 4 } }))).toEqual({
    code: 'identifier_taken',
    identifier: 'username',
  });
});

describe('an anonymous user', () => {
  const context = at('sdk', { deviceId: 'device-0123456789' });

  test('becomes a person and keeps the id, and the device starts anew', async () => {
    const anonymous = await callerOf(world, await world.core.signInAnonymously({}, context), 'sdk');
    expect(anonymous.user).toMatchObject({ kind: 'anonymous', username: null });
    const { user } = await world.core.registerUser(
      { username: 'upgraded', password: 'secret-1', anonymousCaller: anonymous, signIn: true },
      context,
    );
    expect(user).toMatchObject({ id: anonymous.user.id, kind: 'person', username: 'upgraded' });
    const next = await world.core.signInAnonymously({}, context);
    expect(next.user.id).not.toBe(user.id);
  });

  test('keeps what the registration does not choose anew', async () => {
    const anonymous = await callerOf(world, await world.core.signInAnonymously({}, context), 'sdk');
    const changes = { username: 'kept', nickname: 'Old', bio: 'B', locale: 'de', phone: '13800000811' };
    await world.core.updateProfile({ caller: anonymous, changes }, context);
    await world.core.setUserRole({ userId: anonymous.user.id, role: 'admin' }, at('operator'));
    const { user } = await world.core.registerUser(
      {
        email: 'kept@example.com',
        profile: { nickname: 'New' },
        anonymousCaller: anonymous,
        signIn: false,
      },
      context,
    );
    expect(user).toMatchObject({
      kind: 'person',
      username: 'kept',
      nickname: 'New',
      bio: 'B',
      locale: 'de',
      phone: '+8613800000811',
      phoneVerifiedAt: null,
      email: 'kept@example.com',
      role: 'admin',
    });
  });

  test('is not in its own way', async () => {
    const anonymous = await callerOf(world, await world.core.signInAnonymously({}, context), 'sdk');
    await world.core.updateProfile({ caller: anonymous, changes: { username: 'mine-already' } }, context);
    await newcomer(world, { email: 'taken-already@example.com' });
    const registration = { username: 'Mine-Already', anonymousCaller: anonymous };
    expect(await problemOf(register({ ...registration, email: 'taken-already@example.com' }))).toEqual({
      code: 'identifier_taken',
      identifier: 'email',
    });
    expect(await problemOf(register({ ...registration, email: 'no address' }))).toMatchObject({
      code: 'invalid_field',
      field: 'email',
    });
    expect(await problemOf(register(registration))).toBeUndefined();
  });

  test('becomes one person only, however often it is asked at once', async () => {
    const anonymous = await callerOf(world, await world.core.signInAnonymously({}, context), 'sdk');
    const outcomes = await Promise.all(
      ['upgrade1', 'upgrade2', 'upgrade3'].map((username) =>
        problemOf(register({ username, anonymousCaller: anonymous })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
  });

  test('parallel first calls of a device agree on one user', async () => {
    const device = at('sdk', { deviceId: 'device-parallel-01' });
    const all = await Promise.all(Array.from({ length: 12 }, () => world.core.signInAnonymously({}, device)));
    expect(new Set(all.map(({ user }) => user.id)).size).toBe(1);
  });

  test('needs a device, and an address makes only so many', async () => {
    expect(await problemOf(world.core.signInAnonymously({}, at('sdk')))).toEqual({ code: 'device_required' });
    await world.sql(
      `INSERT INTO verification_sends (target_key, sent_at)
       SELECT 'anonymous:address:192.0.2.77', $1 FROM generate_series(1, 200)`,
      [world.clock.now()],
    );
    const from = at('sdk', { deviceId: 'device-too-many-01', address: '192.0.2.77' });
    expect(await problemOf(world.core.signInAnonymously({}, from))).toMatchObject({
      code: 'too_many_requests',
    });
  });
});

describe('at a door with keys', () => {
  const answerTo = (apiKey?: string) =>
    problemOf(
      world.core.registerUser({ ...(apiKey !== undefined && { apiKey }), signIn: false }, at('keyed')),
    );

  test('any key will do until there is one; then only a live one does, and none is none', async () => {
    expect(await answerTo('f'.repeat(32))).toBeUndefined();
    const made = await world.core.createApiKey({ door: 'keyed', name: 'app' }, at('operator'));
    expect(made.apiKey).toMatch(/^[0-9a-f]{32}$/);
    expect(await answerTo(made.apiKey)).toBeUndefined();
    expect(await answerTo('f'.repeat(32))).toEqual({ code: 'api_key_rejected' });
    expect(await answerTo()).toEqual({ code: 'api_key_rejected' });
    await world.core.revokeApiKey({ id: made.id }, at('operator'));
    expect(await answerTo(made.apiKey)).toEqual({ code: 'api_key_rejected' });
    expect(await problemOf(register({ apiKey: 'whatever' }))).toBeUndefined();
    expect(JSON.stringify(await world.sql('SELECT * FROM api_keys'))).not.toContain(made.apiKey);
    const { keys } = await world.core.listApiKeys({ door: 'keyed' }, at('operator'));
    expect(keys).toMatchObject([{ id: made.id, name: 'app', revokedAt: expect.any(Date) }]);
  });

  test('a door without keys gets none', async () => {
    expect(await problemOf(world.core.createApiKey({ door: 'web', name: '' }, at('operator')))).toEqual({
      code: 'record_not_found',
    });
  });
});

test('a link goes to the new address, and a mail that is not accepted undoes nothing', async () => {
  const emailLink = {
    template: 'https://app.example.com/v?token={token}&mail={email}',
    use: 'verify_email' as const,
    language: 'en',
  };
  await register({ email: 'link+1@example.com', emailLink });
  const mail = world.mails.pop();
  expect(mail).toMatchObject({ to: 'link+1@example.com', link: expect.stringContaining('mail=link%2B1%40') });
  world.sending.fails = true;
  const registered = await register({ email: 'link2@example.com', emailLink });
  world.sending.fails = false;
  expect(registered.user.email).toBe('link2@example.com');
  expect(world.warnings).toContain('a mail with a link could not be sent');
});

test('an operator is named as the actor', async () => {
  const { user } = await world.core.registerUser(
    { username: 'made', role: 'admin', signIn: false },
    at('operator'),
  );
  const { entries } = await world.core.listHistory({ userId: user.id, limit: 1 }, at('operator'));
  expect(entries).toMatchObject([{ actor: 'operator' }]);
  expect(await actionsOf(world, (await newcomer(world, { username: 'nobody1' })).user.id)).toEqual([
    'user_registered',
  ]);
});
