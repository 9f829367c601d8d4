import { networkOf } from '../../src/core/attempts';
import { startGateway, type TestGateway } from '../support/gateway';
import {
  at,
  codeTo,
  newcomer,
  problemOf,
  prove,
  signedIn,
  startCore,
  stateOf,
  type TestCore,
} from './support';

const wrong = { code: 'invalid_credentials' };

describe('through three dialects and two copies', () => {
  let one: TestGateway;
  let two: TestGateway;
  beforeAll(async () => {
    one = await startGateway({ environment: { TRUST_PROXY: '1' } });
    two = await startGateway({
      connection: one.connection,
      dataDir: one.dataDir,
      clock: one.clock,
      environment: { TRUST_PROXY: '1' },
    });
  });
  afterAll(async () => {
    await two.stop();
    await one.stop();
  });

  const doors = [
    { path: '/api/login', member: 'user_name' },
    { path: '/auth/v1/signin', member: 'username' },
    { path: '/v1/api/user/login', member: 'username' },
  ];
  const post = async (gateway: TestGateway, index: number, name: string, password: string, from?: string) => {
    const door = doors[index % doors.length] ?? { path: '', member: '' };
    const response = await fetch(`${gateway.url}${door.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(from !== undefined && { 'x-forwarded-for': from }) },
      body: JSON.stringify({ [door.member]: name, password }),
    });
    return { status: response.status, text: await response.text() };
  };
  const failures = async (userId: number) =>
    (await one.sql("SELECT id FROM history WHERE user_id = $1 AND action = 'sign_in_failed'", [userId]))
      .length;

  test('200 parallel wrong passwords are judged ten times at most, and the right one is not told apart', async () => {
    const { user } = await one.core.registerUser(
      { username: 'victim', password: 'secret-1', signIn: false },
      at('operator'),
    );
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        post(index % 2 === 0 ? one : two, index, 'victim', index === 150 ? 'secret-1' : `guess-${index}`),
      ),
    );
    expect(await failures(user.id)).toBeLessThanOrEqual(10);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const locked = await Promise.all([0, 1, 2].map((index) => post(two, index, 'victim', 'secret-1')));
    expect(locked.map(({ text }) => text).join()).not.toMatch(/"token":"|access_token/);
    one.clock.advance(3600);
    // At the door that has no captcha to ask for after so many failures.
    const opened = await post(two, 2, 'victim', 'secret-1');
    expect(opened.text).toContain('"token":"');
  });

  test('the address is the one from the right of X-Forwarded-For that the trusted proxy saw', async () => {
    const { user } = await one.core.registerUser(
      { username: 'addressed', password: 'secret-1', signIn: false },
      at('operator'),
    );
    await post(one, 2, 'addressed', 'wrong-one', '198.51.100.1, 203.0.113.9');
    await post(one, 0, 'addressed', 'wrong-one', '2001:db8::1, ::ffff:203.0.113.10');
    const { entries } = await one.core.listHistory({ userId: user.id, limit: 2 }, at('operator'));
    expect(entries.map(({ address }) => address)).toEqual(['203.0.113.10', '203.0.113.9']);
  });
});

describe('one core', () => {
  let world: TestCore;
  beforeAll(async () => {
    world = await startCore();
  });
  afterAll(() => world.stop());

  const attempt = (identifier: string, password: string, address: string | null = null, door = 'web') =>
    problemOf(world.core.signIn({ identifier, password }, at(door, { address })));
  const fail = async (times: number, identifier: string) => {
    for (let tries = 0; tries < times; tries += 1) expect(await attempt(identifier, 'wrong')).toEqual(wrong);
  };
  const locked = (retryAfterSeconds: number) => ({
    code: 'too_many_requests',
    what: 'sign_in',
    retryAfterSeconds,
  });

  test('waits 30 s after ten failures, and twice as long after each further one, up to an hour', async () => {
    await newcomer(world, { username: 'w1', password: 'secret-1' });
    await fail(10, 'w1');
    for (const seconds of [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]) {
      const problem = await attempt('w1', 'secret-1');
      expect(problem).toMatchObject({ code: 'too_many_requests' });
      const { retryAfterSeconds } = problem as { retryAfterSeconds: number };
      expect(retryAfterSeconds).toBeGreaterThan(seconds - 20);
      expect(retryAfterSeconds).toBeLessThanOrEqual(seconds);
      world.clock.advance(seconds);
      expect(await attempt('w1', 'wrong')).toEqual(wrong);
    }
  });

  test('forgets the failures with a success, and after a day', async () => {
    await newcomer(world, { username: 'w2', password: 'secret-1' });
    await fail(9, 'w2');
    expect(await attempt('w2', 'secret-1')).toBeUndefined();
    await fail(9, 'w2');
    world.clock.advance(86_401);
    await fail(10, 'w2');
    expect(await attempt('w2', 'secret-1')).toMatchObject(locked(30));
  });

  test('lets an open session go on while its user is locked', async () => {
    const caller = await newcomer(world, { username: 'w3', password: 'secret-1' });
    await fail(10, 'w3');
    expect(await attempt('w3', 'secret-1')).toMatchObject({ code: 'too_many_requests' });
    expect(await stateOf(world, caller)).toBe('good');
    await world.core.updateProfile({ caller, changes: { nickname: 'still here' } }, at('web'));
    const owner = await prove(world, { email: 'w3@example.com' }, { caller });
    expect(owner).not.toBe('');
  });

  test('counts sign-ins, confirmations, changes of the password and codes of one user together', async () => {
    const proof = { proofToken: await prove(world, { email: 'w4@example.com' }) };
    const caller = await newcomer(world, { username: 'w4', password: 'secret-1', proof });
    world.clock.advance(61);
    await world.core.requestCode(
      {
        caller: null,
        purpose: 'recover',
        target: { email: 'w4@example.com' },
        audience: 'anyone',
        language: 'en',
      },
      at('web'),
    );
    const code = codeTo(world, 'w4@example.com');
    const guesses: (() => Promise<unknown>)[] = [
      () => world.core.signIn({ identifier: 'w4', password: 'wrong' }, at('web')),
      () => world.core.signIn({ identifier: 'W4@example.com', password: 'wrong' }, at('sdk')),
      () => world.core.confirmCaller({ caller, credential: { password: 'wrong' } }, at('sdk')),
      () =>
        world.core.changePassword(
          { caller, password: 'secret-2', authority: { oldPassword: 'wrong' } },
          at('web'),
        ),
      () =>
        world.core.recoverPassword(
          {
            contact: { email: 'w4@example.com' },
            proof: { code: code === '000000' ? '000001' : '000000' },
            password: 'secret-2',
          },
          at('single'),
        ),
    ];
    for (const guess of [...guesses, ...guesses]) {
      expect((await problemOf(guess()))?.code).toMatch(
        /^(invalid_credentials|wrong_password|verification_code_rejected)$/,
      );
    }
    for (const guess of guesses)
      expect(await problemOf(guess())).toMatchObject({ code: 'too_many_requests' });
  });

  test('counts an address, an IPv6 one by its /64, over all the users that it guesses at', async () => {
    const from = (n: number) => `2001:db8:0:1::${n.toString(16)}`;
    await newcomer(world, { username: 'w5', password: 'secret-1' });
    await world.sql('INSERT INTO attempt_counters (key, failures, updated_at) VALUES ($1, 98, $2)', [
      'address:2001:db8:0:1::/64',
      world.clock.now(),
    ]);
    expect(await attempt('somebody-1', 'wrong', from(1))).toEqual(wrong);
    // A right one is not counted.
    expect(await attempt('w5', 'secret-1', from(2))).toBeUndefined();
    expect(await attempt('somebody-2', 'wrong', from(3))).toEqual(wrong);
    expect(await attempt('w5', 'secret-1', from(4))).toMatchObject({ code: 'too_many_requests' });
    expect(await attempt('w5', 'secret-1', '2001:db8:0:2::1')).toBeUndefined();
  });

  test('a guess that is taken back does not lift the lock that another one set', async () => {
    const proof = { proofToken: await prove(world, { email: 'w6@example.com' }) };
    await newcomer(world, { username: 'w6', password: 'secret-1', proof });
    // One whose address is locked is no guess at the user, and takes its count back.
    await world.sql(
      "INSERT INTO attempt_counters (key, failures, locked_until, updated_at) VALUES ('address:192.0.2.200', 100, $1, $2)",
      [new Date(world.clock.now().getTime() + 3_000_000), world.clock.now()],
    );
    await fail(9, 'w6');
    expect(await attempt('w6', 'wrong', '192.0.2.200')).toMatchObject({ code: 'too_many_requests' });
    expect(await attempt('w6', 'wrong')).toEqual(wrong);
    expect(await attempt('w6', 'secret-1')).toMatchObject({ code: 'too_many_requests' });
    expect(await attempt('w6', 'wrong', '192.0.2.200')).toMatchObject({ code: 'too_many_requests' });
    expect(await attempt('w6', 'secret-1')).toMatchObject({ code: 'too_many_requests' });
  });

  test.each([
    ['a user name', 'w7', 'w7-unknown'],
    ['an e-mail address', 'w7@example.com', 'w7-unknown@example.com'],
    ['a phone number', '13800000907', '13800000908'],
    ['a number without its country code', '4155552672', '4155552673'],
  ])('an unknown user and a wrong password cost and answer the same, by %s', async (_, known, unknown) => {
    const there = await world.core.identifierExists({ identifier: 'w7' }, at('web'));
    if (there.userId === null) {
      await newcomer(world, {
        username: 'w7',
        email: 'w7@example.com',
        phone: '13800000907',
        password: 'secret-1',
      });
      await newcomer(world, { phone: '+14155552672', password: 'secret-1' });
    }
    const cost = async (identifier: string) => {
      const before = { ...world.work };
      const problem = await attempt(identifier, 'wrong', '192.0.2.50');
      return {
        problem,
        verified: world.work.verified - before.verified,
        statements: world.work.statements - before.statements,
      };
    };
    expect(await cost(known)).toEqual(await cost(unknown));
    expect(await cost(known)).toMatchObject({ problem: wrong, verified: 1 });
  });

  test('failures of a user and of nobody add up alike, however the identifier is spelled', async () => {
    await newcomer(world, { phone: '13800000909', password: 'secret-1' });
    for (const [one, two] of [
      ['13800000909', '+86 138-0000-0909'],
      ['13800000910', '+86 138-0000-0910'],
      ['nobody-spelled', 'NOBODY-SPELLED'],
    ] as const) {
      await fail(5, one);
      await fail(5, two);
      expect(await attempt(one, 'wrong')).toMatchObject({ code: 'too_many_requests' });
    }
  });

  test('forgotten counters are removed as new ones come in', async () => {
    await world.sql(
      "INSERT INTO attempt_counters (key, failures, updated_at) SELECT 'old:' || n, 1, $1 FROM generate_series(1, 12) n",
      [new Date(world.clock.now().getTime() - 2 * 86_400_000)],
    );
    for (let tries = 0; tries < 4; tries += 1) await attempt(`pruner-${tries}`, 'wrong');
    expect(await world.sql("SELECT key FROM attempt_counters WHERE key LIKE 'old:%'")).toEqual([]);
  });

  test('fifty callers at once are all answered over a pool of two connections', async () => {
    const small = await startCore({ connection: world.connection, clock: world.clock, poolSize: 2 });
    const { core } = small;
    const caller = await newcomer(small, { username: 'w8', email: 'w8@example.com', password: 'secret-1' });
    const calls = Array.from({ length: 50 }, (_, n) => {
      const kinds: (() => Promise<unknown>)[] = [
        () => core.registerUser({ username: 'w8', signIn: true }, at('web')),
        () => core.signIn({ identifier: `w8-${n}`, password: 'x' }, at('web')),
        () => core.updateProfile({ caller, changes: { username: 'w7' } }, at('web')),
        () =>
          core.recoverPassword(
            { contact: { email: `w8-${n}@example.com` }, proof: { code: '0' }, password: 'secret-1' },
            at('web'),
          ),
        () => core.signInAnonymously({}, at('sdk', { deviceId: `device-small-${n}` })),
        () =>
          core.requestCode(
            {
              caller: null,
              purpose: 'prove',
              target: { email: `w8-${n}@example.com` },
              audience: 'anyone',
              language: 'en',
            },
            at('sdk'),
          ),
      ];
      return problemOf((kinds[n % kinds.length] ?? kinds[0] ?? (() => Promise.resolve()))());
    });
    const codes = new Set((await Promise.all(calls)).map((problem) => problem?.code));
    await small.stop();
    expect(codes).toEqual(
      new Set(['identifier_taken', 'invalid_credentials', 'verification_code_rejected', undefined]),
    );
  });

  test('what blocks and what signs in at the same time are both answered', async () => {
    const { user } = await newcomer(world, { username: 'w9', password: 'secret-1' }, 'single');
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => [
        attempt('w9', 'secret-1', null, 'single'),
        problemOf(world.core.setUserStatus({ userId: user.id, status: 'blocked' }, at('operator'))),
        problemOf(world.core.setUserStatus({ userId: user.id, status: 'active' }, at('operator'))),
        problemOf(world.core.setUserPassword({ userId: user.id, password: 'secret-1' }, at('operator'))),
      ]).flat(),
    );
    expect(outcomes.map((outcome) => outcome?.code)).not.toContain('storage_failed');
    await world.core.setUserStatus({ userId: user.id, status: 'active' }, at('operator'));
    world.clock.advance(3600);
    expect(await stateOf(world, await signedIn(world, 'w9', 'secret-1', 'single'))).toBe('good');
  });
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:0:1::', '2001:db8:0:1::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['1::3:4:5:6:192.0.2.1', '1:0:3:4::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
