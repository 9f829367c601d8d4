import {
  actionsOf,
  at,
  linkTokenTo,
  newcomer,
  problemOf,
  signedIn,
  startCore,
  stateOf,
  type TestCore,
} from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
  await newcomer(world, {
    username: 'Zhang San',
    email: 'Zhang@Example.com',
    phone: '13800000001',
    password: 'secret-1',
  });
});
afterAll(() => world.stop());

const wrong = { code: 'invalid_credentials' };
const signIn = (identifier: string, password: string, door = 'web') =>
  world.core.signIn({ identifier, password }, at(door));

test.each([
  'Zhang San',
  'ZHANG SAN',
  'zhang@example.com',
  '13800000001',
  '+86 138-0000-0001',
  'ｚｈａｎｇ san',
])('%j signs in', async (identifier) => {
  expect((await signIn(identifier, 'secret-1')).user.username).toBe('Zhang San');
});

describe('a number of another country', () => {
  beforeAll(async () => {
    await newcomer(world, { phone: '+14155552671', password: 'secret-1' });
    await newcomer(world, { phone: '+442079460018', password: 'secret-2' });
  });

  test('is found without its country code when only one user has it so', async () => {
    expect((await signIn('4155552671', 'secret-1')).user.phone).toBe('+14155552671');
    expect((await signIn('020 7946 0018', 'secret-2')).user.phone).toBe('+442079460018');
  });

  test('names nobody when two users have it so, and the default region comes first', async () => {
    await newcomer(world, { phone: '+3913800000001', password: 'secret-3' });
    expect((await signIn('13800000001', 'secret-1')).user.phone).toBe('+8613800000001');
    await newcomer(world, { phone: '+494155552671', password: 'secret-4' });
    expect(await problemOf(signIn('4155552671', 'secret-1'))).toEqual(wrong);
  });
});

test.each([
  ['an unknown user', 'nobody', 'secret-1'],
  ['a wrong password', 'zhang san', 'secret-2'],
  ['an unknown number', '13900000009', 'secret-1'],
  ['text that cannot be stored', 'zhang\u0000san', 'secret\u00001'],
  ['half a character', 'zhang\ud800', 'secret-1'],
  ['a very long text', 'x'.repeat(100_000), 'secret-1'],
  ['a user without a password', 'bare', ''],
])('%s is answered alike', async (_, identifier, password) => {
  if (identifier === 'bare') await newcomer(world, { username: 'bare' });
  expect(await problemOf(signIn(identifier, password))).toEqual(wrong);
});

test('nothing that was typed for nobody is stored as typed', async () => {
  await problemOf(signIn('my-secret-in-the-wrong-field', 'x'));
  const rows = await world.sql('SELECT * FROM attempt_counters');
  expect(JSON.stringify(rows)).not.toContain('wrong-field');
});

test('a blocked and a pending user are told so, only with the right password', async () => {
  const { user } = await newcomer(world, { username: 'held', password: 'secret-1' });
  for (const [status, code] of [
    ['blocked', 'user_blocked'],
    ['pending', 'user_pending'],
  ] as const) {
    await world.core.setUserStatus({ userId: user.id, status }, at('operator'));
    expect(await problemOf(signIn('held', 'secret-1'))).toEqual({ code });
    expect(await problemOf(signIn('held', 'secret-2'))).toEqual(wrong);
  }
  await world.core.setUserStatus({ userId: user.id, status: 'active' }, at('operator'));
  expect(await problemOf(signIn('held', 'secret-1'))).toBeUndefined();
});

test('an imported bcrypt hash signs in and is replaced, and the next sign-in uses the new one', async () => {
  const { user } = await newcomer(world, { username: 'imported', password: 'another' });
  const stored = () =>
    world.sql<{ password_hash: string }>('SELECT password_hash FROM credentials WHERE user_id = $1', [
      user.id,
    ]);
  await world.sql('UPDATE credentials SET password_hash = $1 WHERE user_id = $2', [
    '$2a$04$oHBNr3IxvjMaJ9kX45QhZuIfMZuEnodZOIdyj35WCCh/L8QFX7zzW',
    user.id,
  ]);
  expect(await problemOf(signIn('imported', 'wrong'))).toEqual(wrong);
  expect((await stored())[0]?.password_hash).toMatch(/^\$2/);
  const { user: after } = await signIn('imported', '12345678');
  expect(after.passwordUpdatedAt).toEqual(user.passwordUpdatedAt);
  expect((await stored())[0]?.password_hash).toMatch(/^\$argon2id\$/);
  expect(await problemOf(signIn('imported', '12345678'))).toBeUndefined();
});

test('a sign-in does not outlive a change of the password that came between its check and its session', async () => {
  const caller = await newcomer(world, { username: 'racing', password: 'secret-1' });
  await Promise.all([
    problemOf(signIn('racing', 'secret-1')),
    problemOf(signIn('racing', 'secret-1')),
    world.core.changePassword(
      { caller, password: 'secret-2', authority: { oldPassword: 'secret-1' } },
      at('web'),
    ),
    problemOf(signIn('racing', 'secret-1')),
  ]);
  const live = await world.sql<{ id: string }>(
    'SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL',
    [caller.user.id],
  );
  expect(live).toEqual([{ id: caller.session.id }]);
});

describe('at a door of single sessions', () => {
  test('a later sign-in supersedes the earlier one, and leaves other doors alone', async () => {
    const elsewhere = await newcomer(world, { username: 'once', password: 'secret-1' });
    const first = await signedIn(world, 'once', 'secret-1', 'single');
    await world.core.putRecord({ caller: first, kind: 'push', data: { a: 1 } }, at('single'));
    await world.core.putRecord({ caller: first, kind: 'kept', data: { a: 1 } }, at('single'));
    const second = await signedIn(world, 'once', 'secret-1', 'single');
    expect(await stateOf(world, first)).toBe('superseded');
    expect([await stateOf(world, second), await stateOf(world, elsewhere)]).toEqual(['good', 'good']);
    const { records } = await world.core.listRecords(
      { caller: second, kind: 'push', shared: false },
      at('single'),
    );
    expect(records).toEqual([]);
    const kept = await world.core.listRecords({ caller: second, kind: 'kept', shared: false }, at('single'));
    expect(kept.records).toHaveLength(1);
  });

  test('of parallel sign-ins one session stays', async () => {
    const { user } = await newcomer(world, { username: 'crowd', password: 'secret-1' });
    await Promise.all(Array.from({ length: 8 }, () => signIn('crowd', 'secret-1', 'single')));
    const [live] = await world.sql<{ count: string }>(
      "SELECT count(*) FROM sessions WHERE user_id = $1 AND dialect = 'single' AND ended_at IS NULL",
      [user.id],
    );
    expect(live?.count).toBe('1');
  });
});

test('nobody is left with a session who is blocked while signing in', async () => {
  const { user } = await newcomer(world, { username: 'caught', password: 'secret-1' });
  await Promise.all([
    ...Array.from({ length: 6 }, () => problemOf(signIn('caught', 'secret-1', 'single'))),
    world.core.setUserStatus({ userId: user.id, status: 'blocked' }, at('operator')),
  ]);
  const live = await world.sql('SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL', [user.id]);
  expect(live).toEqual([]);
});

test('a link goes to an unproven address, at most once a minute, and never to a proven one', async () => {
  const emailLink = {
    template: 'https://id.example.com/v?token={token}',
    use: 'verify_email' as const,
    language: 'en',
  };
  const command = { identifier: 'zhang san', password: 'secret-1', emailLink };
  await world.core.signIn(command, at('web'));
  await world.core.signIn(command, at('web'));
  expect(world.mails.filter((mail) => mail.to === 'Zhang@Example.com')).toHaveLength(1);
  const proofToken = linkTokenTo(world, 'Zhang@Example.com');
  expect(
    await problemOf(
      world.core.checkLink({ email: 'zhang@example.com', proofToken, use: 'recover' }, at('web')),
    ),
  ).toEqual({
    code: 'proof_rejected',
  });
  await world.core.checkLink({ email: 'zhang@example.com', proofToken, use: 'verify_email' }, at('web'));
});

test('a captcha is asked for after three failures of one user, whatever door and spelling', async () => {
  await newcomer(world, { username: 'watched', email: 'watched@example.com', password: 'secret-1' });
  const demand = { when: 'after_failures' as const };
  const attempt = (door: string, identifier: string, password: string, captcha: object = {}) =>
    problemOf(world.core.signIn({ identifier, password, captcha: { ...demand, ...captcha } }, at(door)));
  expect(await attempt('web', 'watched', 'no')).toEqual(wrong);
  expect(await attempt('sdk', 'watched@example.com', 'no')).toEqual(wrong);
  expect(await attempt('single', 'WATCHED', 'no')).toEqual(wrong);
  expect(await attempt('web', 'watched', 'secret-1')).toEqual({ code: 'captcha_required' });
  const { captchaId } = await world.core.createCaptcha({ format: 'png' }, at('web'));
  expect(await attempt('web', 'watched', 'secret-1', { answer: { captchaId, text: 'no' } })).toEqual({
    code: 'captcha_rejected',
  });
  const text = world.pictures.at(-1) ?? '';
  expect(await attempt('web', 'watched', 'secret-1', { answer: { captchaId, text } })).toEqual({
    code: 'captcha_rejected',
  });
  const next = await world.core.createCaptcha({ format: 'gif' }, at('web'));
  const answer = { captchaId: next.captchaId, text: (world.pictures.at(-1) ?? '').toUpperCase() };
  expect(await attempt('web', 'watched', 'secret-1', { answer })).toBeUndefined();
  expect(await attempt('web', 'watched', 'secret-1')).toBeUndefined();
});

test('the history tells of sign-ins and failures, and never what was typed', async () => {
  const { user } = await newcomer(world, { username: 'told', password: 'secret-1' });
  await signIn('told', 'secret-1');
  await problemOf(signIn('told', 'hunter2hunter2'));
  expect(await actionsOf(world, user.id)).toEqual(['user_registered', 'signed_in', 'sign_in_failed']);
  const rows = await world.sql('SELECT * FROM history');
  expect(JSON.stringify(rows)).not.toMatch(/hunter2|secret-1/);
});
