import type { Problem } from '../../src/core/problems';
import type { RequestCode } from '../../src/core/commands/contacts';
import { actionsOf, at, codeTo, linkTokenTo, newcomer, problemOf, startCore, type TestCore } from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
});
afterAll(() => world.stop());
beforeEach(() => {
  world.clock.advance(61);
});

const request = (target: RequestCode['target'], more: Partial<RequestCode> = {}, context = at('sdk')) =>
  world.core.requestCode(
    { caller: null, purpose: 'prove', target, audience: 'anyone', language: 'en', ...more },
    context,
  );
const redeem = (verificationId: string, code: string, context = at('sdk')) =>
  world.core.redeemCode({ verificationId, code }, context);
const rejected = (reason: string) => ({ code: 'verification_code_rejected', reason });
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a code', () => {
  test('is six digits, goes out by mail or SMS in the wanted words, and is stored as a hash', async () => {
    await request({ email: 'C1@example.com' }, { language: 'zh-CN', appName: 'App', validMinutes: 5 });
    expect(world.mails.at(-1)).toMatchObject({
      to: 'C1@example.com',
      code: expect.stringMatching(/^\d{6}$/),
      language: 'zh-CN',
      appName: 'App',
      validMinutes: 5,
    });
    await request({ phone: '13800000101' });
    expect(world.messages.at(-1)).toMatchObject({ to: '+8613800000101', validMinutes: 10 });
    const rows = await world.sql('SELECT * FROM verification_codes');
    expect(JSON.stringify(rows)).not.toContain(codeTo(world, '+8613800000101'));
  });

  test('is good once, of parallel calls for one', async () => {
    const { verificationId } = await request({ email: 'c2@example.com' });
    const code = codeTo(world, 'c2@example.com');
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => problemOf(redeem(verificationId, code))),
    );
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(await problemOf(redeem(verificationId, code))).toEqual(rejected('none'));
  });

  test('dies with the fifth wrong try, in parallel too', async () => {
    const { verificationId } = await request({ email: 'c3@example.com' });
    const code = codeTo(world, 'c3@example.com');
    const wrong = otherThan(code);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => problemOf(redeem(verificationId, wrong))),
    );
    const reasons = outcomes.map((outcome) => (outcome as { reason?: string } | undefined)?.reason);
    expect(reasons.filter((reason) => reason === 'wrong')).toHaveLength(5);
    expect(await problemOf(redeem(verificationId, code))).toEqual(rejected('exhausted'));
  });

  test('is good after four wrong tries, and until its time is over', async () => {
    const first = await request({ email: 'c4@example.com' });
    const code = codeTo(world, 'c4@example.com');
    for (let tries = 0; tries < 4; tries += 1) await problemOf(redeem(first.verificationId, otherThan(code)));
    expect(await problemOf(redeem(first.verificationId, code))).toBeUndefined();
    world.clock.advance(61);
    const second = await request({ email: 'c4@example.com' });
    world.clock.advance(600);
    expect(await problemOf(redeem(second.verificationId, codeTo(world, 'c4@example.com')))).toEqual(
      rejected('expired'),
    );
  });

  test('may be asked to end sooner, not later', async () => {
    expect(await request({ email: 'c5@example.com' }, { validMinutes: 5 })).toMatchObject({
      expiresInSeconds: 300,
    });
    world.clock.advance(61);
    expect(await request({ email: 'c5@example.com' }, { validMinutes: 60 })).toMatchObject({
      expiresInSeconds: 600,
    });
  });

  test.each(['', 'nonsense', '00000000-0000-0000-0000-000000000000', 'a\u0000'])(
    'is not found by the id %j',
    async (id) => {
      expect(await problemOf(redeem(id, '000000'))).toEqual(rejected('none'));
    },
  );

  test('of another purpose is not redeemed by its id', async () => {
    const { verificationId } = await request({ email: 'c6@example.com' }, { purpose: 'recover' });
    expect(await problemOf(redeem(verificationId, codeTo(world, 'c6@example.com')))).toEqual(
      rejected('none'),
    );
  });
});

describe('sending', () => {
  test('waits a minute between two to one target, whoever asks and however it is spelled', async () => {
    const caller = await newcomer(world, { username: 's1' });
    await request({ phone: '13800000201' });
    world.clock.advance(59);
    const problem = await problemOf(request({ phone: '+86 138 0000 0201' }, { caller }));
    expect(problem).toMatchObject({ code: 'too_many_requests', what: 'verification_code' });
    expect((problem as Extract<Problem, { code: 'too_many_requests' }>).retryAfterSeconds).toBe(1);
    world.clock.advance(1);
    expect(await problemOf(request({ phone: '13800000201' }))).toBeUndefined();
  });

  test('of ten parallel requests sends one', async () => {
    const before = world.mails.length;
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => problemOf(request({ email: 's2@example.com' }))),
    );
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(world.mails.length).toBe(before + 1);
  });

  test('goes ten times a day to one target', async () => {
    for (let sends = 0; sends < 10; sends += 1) {
      await request({ email: 's3@example.com' });
      world.clock.advance(60);
    }
    expect(await problemOf(request({ email: 's3@example.com' }))).toMatchObject({
      code: 'too_many_requests',
    });
    world.clock.advance(86_400 - 600);
    expect(await problemOf(request({ email: 's3@example.com' }))).toBeUndefined();
  });

  test.each([
    ['30 times a day for one user', 'user', 30],
    ['100 times a day for one network', 'address', 100],
  ])('goes %s', async (_, kind, limit) => {
    const caller = kind === 'user' ? await newcomer(world, { username: 's4' }) : null;
    const from = at('sdk', { address: '2001:db8:1:2::1' });
    const key = caller === null ? 'caller:address:2001:db8:1:2::/64' : `caller:user:${caller.user.id}`;
    await world.sql(
      'INSERT INTO verification_sends (target_key, sent_at) SELECT $1, $2 FROM generate_series(1, $3)',
      [key, world.clock.now(), limit - 1],
    );
    await request({ email: `s5${kind}@example.com` }, { caller }, from);
    const neighbour = at('sdk', { address: '2001:DB8:1:2:ffff::9' });
    const refused = request({ email: `s6${kind}@example.com` }, { caller }, neighbour);
    expect(await problemOf(refused)).toMatchObject({ code: 'too_many_requests' });
    // The refusal spent nothing of the target's allowance.
    expect(await problemOf(request({ email: `s6${kind}@example.com` }))).toBeUndefined();
  });

  test('that is not accepted leaves nothing behind, and the earlier code as it was', async () => {
    const first = await request({ email: 's7@example.com' });
    const code = codeTo(world, 's7@example.com');
    world.clock.advance(61);
    world.sending.fails = true;
    expect(await problemOf(request({ email: 's7@example.com' }))).toEqual({
      code: 'delivery_failed',
      channel: 'email',
    });
    expect(await problemOf(request({ phone: '13800000202' }))).toEqual({
      code: 'delivery_failed',
      channel: 'sms',
    });
    world.sending.fails = false;
    expect(await problemOf(request({ phone: '13800000202' }))).toBeUndefined();
    expect(await problemOf(redeem(first.verificationId, code))).toBeUndefined();
  });

  test('replaces the earlier code once it is accepted, and not before', async () => {
    const first = await request({ email: 's8@example.com' });
    const code = codeTo(world, 's8@example.com');
    world.clock.advance(61);
    let whileSending: Problem | undefined;
    world.sending.meanwhile = async () => {
      whileSending = await problemOf(redeem(first.verificationId, otherThan(code)));
    };
    await request({ email: 's8@example.com' });
    world.sending.meanwhile = () => Promise.resolve();
    expect(whileSending).toEqual(rejected('wrong'));
    expect(await problemOf(redeem(first.verificationId, code))).toEqual(rejected('none'));
  });

  test('holds no row and no connection while a mail is under way', async () => {
    const small = await startCore({ connection: world.connection, clock: world.clock, poolSize: 1 });
    let idle: string | undefined;
    small.sending.meanwhile = async () => {
      const rows = await world.sql<{ state: string }>(
        "SELECT state FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = current_database()",
      );
      idle = rows[0]?.state;
      await small.core.identifierExists({ identifier: 'anybody' }, at('sdk'));
    };
    await small.core.requestCode(
      {
        caller: null,
        purpose: 'prove',
        target: { email: 's9@example.com' },
        audience: 'anyone',
        language: 'en',
      },
      at('sdk'),
    );
    await small.stop();
    expect(idle).toBeUndefined();
  });

  test('reaches those that it is meant for', async () => {
    await newcomer(world, { email: 'known@example.com' });
    expect(await problemOf(request({ email: 'unknown@example.com' }, { audience: 'registered' }))).toEqual({
      code: 'user_not_found',
    });
    expect(await problemOf(request({ email: 'KNOWN@example.com' }, { audience: 'unregistered' }))).toEqual({
      code: 'identifier_taken',
      identifier: 'email',
    });
    expect(await request({ email: 'known@example.com' })).toMatchObject({ registered: true });
    expect(await request({ email: 'unknown@example.com' })).toMatchObject({ registered: false });
  });

  test("to one's own contact needs one", async () => {
    const caller = await newcomer(world, { username: 's10', email: 'own@example.com' });
    await request({ own: 'email' }, { caller });
    expect(world.mails.at(-1)?.to).toBe('own@example.com');
    expect(await problemOf(request({ own: 'phone' }, { caller }))).toEqual({ code: 'user_not_found' });
  });

  test.each([
    ['no address', { email: 'no address' }],
    ['a line break', { email: 'a@b\r\nBcc: c@d' }],
    ['no number', { phone: 'abc' }],
    ['U+0000', { email: 'a\u0000@example.com' }],
  ])('to %s is refused', async (_, target) => {
    expect(await problemOf(request(target))).toMatchObject({ code: 'invalid_field', rule: 'format' });
  });
});

describe('a link', () => {
  const link = (template: string) => ({ link: { template, use: 'prove' as const } });

  test('leads to the gateway or to an origin on the list, filled in and encoded', async () => {
    await request(
      { email: 'l+1@example.com' },
      link('https://app.example.com/cb?t={token}&c={code}&m={email}'),
    );
    const mail = world.mails.at(-1);
    const url = new URL(mail?.kind === 'verification_code' ? (mail.link ?? '') : '');
    expect(url.searchParams.get('m')).toBe('l+1@example.com');
    expect(url.searchParams.get('c')).toBe(codeTo(world, 'l+1@example.com'));
    expect(
      await problemOf(request({ email: 'l2@example.com' }, link('https://id.example.com/x'))),
    ).toBeUndefined();
  });

  test.each([
    'https://evil.example.com/',
    'http://app.example.com/',
    'https://app.example.com.evil.example.com/',
    'https://app.example.com@evil.example.com/',
    'https://evil.example.com@app.example.com/',
    'https://app.example.com\\@evil.example.com/',
    'https://app.example.com/\nBuy at https://evil.example.com/',
    'https://app.exam\tple.com/',
    'javascript:alert(1)',
    'https://app.example.com/\u202emoc.live',
    '//app.example.com/',
    '',
  ])('does not lead to %j', async (template) => {
    const before = world.mails.length;
    expect(await problemOf(request({ email: 'l3@example.com' }, link(template)))).toEqual({
      code: 'link_not_allowed',
    });
    expect(world.mails.length).toBe(before);
  });

  test('is good for its own use, with the code beside it if that is sent along', async () => {
    await newcomer(world, { email: 'l4@example.com', password: 'secret-1' });
    await request(
      { email: 'l4@example.com' },
      { link: { template: 'https://id.example.com/?token={token}', use: 'recover' } },
    );
    const proofToken = linkTokenTo(world, 'l4@example.com');
    const code = codeTo(world, 'l4@example.com');
    expect(await problemOf(world.core.signInByProof({ proofToken }, at('sdk')))).toEqual({
      code: 'proof_rejected',
    });
    const recover = (proof: { proofToken: string; code?: string }) =>
      problemOf(
        world.core.recoverPassword(
          { contact: { email: 'l4@example.com' }, proof, password: 'secret-2' },
          at('web'),
        ),
      );
    expect(await recover({ proofToken, code: otherThan(code) })).toEqual({ code: 'proof_rejected' });
    expect(await recover({ proofToken, code })).toBeUndefined();
    expect(await recover({ proofToken, code })).toEqual({ code: 'proof_rejected' });
  });
});

test('requests, refusals and redemptions are told to the history, and no code is', async () => {
  const caller = await newcomer(world, { email: 'h1@example.com' });
  const { verificationId } = await request({ own: 'email' }, { caller });
  const code = codeTo(world, 'h1@example.com');
  await problemOf(redeem(verificationId, otherThan(code)));
  await redeem(verificationId, code);
  expect(await actionsOf(world, caller.user.id)).toEqual([
    'user_registered',
    'code_requested',
    'code_refused',
    'code_redeemed',
  ]);
  expect(JSON.stringify(await world.sql('SELECT * FROM history'))).not.toContain(code);
});

test('what is over is removed as new rows come in', async () => {
  for (let index = 0; index < 5; index += 1) await request({ email: `old${index}@example.com` });
  world.clock.advance(3 * 86_400);
  await request(
    { email: 'fresh@example.com' },
    { link: { template: 'https://id.example.com/', use: 'prove' } },
  );
  const count = (table: string) => world.sql<{ count: string }>(`SELECT count(*) FROM ${table}`);
  for (let rounds = 0; rounds < 12; rounds += 1) {
    world.clock.advance(61);
    await request(
      { email: `fresh${rounds}@example.com` },
      { link: { template: 'https://id.example.com/', use: 'prove' } },
    );
  }
  expect(
    await count("verification_sends WHERE sent_at < now() - interval '0 days' AND target_key LIKE 'old%'"),
  ).toEqual([{ count: '0' }]);
  expect(await count("verification_codes WHERE target_key LIKE 'old%'")).toEqual([{ count: '0' }]);
});
