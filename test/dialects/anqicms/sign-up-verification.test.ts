import { startGateway, type TestGateway } from '../../support/gateway';
import { detail, failure, lastLink, login, mustSignIn, openableLink, send } from './wire';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ environment: { ANQICMS_SIGNUP_VERIFY: '1' } });
});
afterAll(() => gateway.stop());

const post = (json: Record<string, unknown>, headers: Record<string, string> = {}) =>
  send(gateway, 'POST', '/api/register', { json: { password: '12345678', ...json }, headers });
const open = (path: string, headers: Record<string, string> = {}) => send(gateway, 'GET', path, { headers });
const mailsTo = async (to: string) => (await gateway.outbox()).filter((mail) => mail.to === to).length;
const tokenIn = (headers: Headers) => /^token=([^;]+);/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';

test('registering signs nobody in, and a mail with a link goes out', async () => {
  const heard = await post(
    { user_name: 'zhangsan', email: 'zhang.san@example.com' },
    { 'X-Host': 'evil.example' },
  );
  expect(heard.body).toMatchObject({
    code: 0,
    msg: '请验证您的邮箱',
    data: { user_name: 'zhangsan', token: '', email_verified: false, last_login: 0 },
  });
  expect(heard.headers.get('set-cookie')).toBeNull();
  const link = await lastLink(gateway, 'zhang.san@example.com');
  expect(`${link?.origin ?? ''}${link?.pathname ?? ''}`).toBe(`${gateway.url}/api/verify/email`);
  expect(Object.fromEntries(link?.searchParams ?? [])).toEqual({
    token: expect.stringMatching(/^[\w-]{43}$/) as string,
    code: await gateway.lastCode('zhang.san@example.com'),
    state: 'verify',
    email: 'zhang.san@example.com',
  });
});

test('the text after registering is in the language of the request', async () => {
  const json = { user_name: 'john', email: 'john@example.com' };
  expect((await post(json, { 'Accept-Language': 'en' })).body.msg).toBe('Please Verify Your Email');
});

test('the link proves the address, signs in for a day, and is good once', async () => {
  await post({ user_name: 'once', email: 'once@example.com' });
  const path = await openableLink(gateway, 'once@example.com');
  const heard = await open(path);
  expect(heard).toMatchObject({ status: 200, text: '{"code":0,"msg":"验证成功"}\n' });
  expect(heard.headers.get('set-cookie')).toMatch(/Path=\/; Expires=[^;]+; Max-Age=86400; HttpOnly$/);
  expect(await detail(gateway, tokenIn(heard.headers))).toMatchObject({
    user_name: 'once',
    email_verified: true,
  });
  expect((await open(path)).body).toEqual(failure('无效的令牌'));
});

test('opened without return=json, it is a page', async () => {
  await post({ user_name: 'page', email: 'page@example.com' });
  const path = await openableLink(gateway, 'page@example.com', false);
  const heard = await open(path);
  expect(heard.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(heard.text).toContain('<p>验证成功</p>');
  expect(tokenIn(heard.headers)).not.toBe('');
  const again = await open(path);
  expect(again).toMatchObject({ status: 200 });
  expect(again.text).toContain('<p>无效的令牌</p>');
  expect(again.text).not.toContain('<script>');
  expect(again.headers.get('set-cookie')).toBeNull();
});

test('a link is good for ten minutes', async () => {
  await post({ user_name: 'late', email: 'late@example.com' });
  const path = await openableLink(gateway, 'late@example.com');
  gateway.clock.advance(601);
  expect((await open(path)).body).toEqual(failure('无效的令牌'));
});

test('of parallel visitors with one link one is let in', async () => {
  await post({ user_name: 'race', email: 'race@example.com' });
  const path = await openableLink(gateway, 'race@example.com');
  const codes = await Promise.all(Array.from({ length: 5 }, async () => (await open(path)).body.code));
  expect(codes.sort()).toEqual([-1, -1, -1, -1, 0]);
});

test('an unverified person signs in, and is sent the link again, but not at every turn', async () => {
  await post({ user_name: 'eager', email: 'eager@example.com' });
  gateway.clock.advance(61);
  const heard = await login(gateway, 'eager');
  expect(heard.body).toMatchObject({ code: 0, msg: '', data: { email_verified: false } });
  expect(await mailsTo('eager@example.com')).toBe(2);
  expect((await login(gateway, 'eager')).body.code).toBe(0);
  expect(await mailsTo('eager@example.com')).toBe(2);
});

test('who is signed in while opening the link keeps password and session', async () => {
  await post({ user_name: 'keeper', email: 'keeper@example.com', phone: '13900139000' });
  const { token } = (await login(gateway, 'keeper')).body.data as { token: string };
  const path = await openableLink(gateway, 'keeper@example.com');
  expect((await open(path, { Cookie: `token=${token}` })).body.code).toBe(0);
  expect(await detail(gateway, token)).toMatchObject({ email_verified: true, phone: '13900139000' });
  expect((await login(gateway, 'keeper')).body.code).toBe(0);
  gateway.clock.advance(61);
  await login(gateway, 'keeper');
  expect(await mailsTo('keeper@example.com')).toBe(1);
});

test('who opens it as nobody becomes the owner: sessions, password and unproven phone of before are gone', async () => {
  await post({ user_name: 'squatter', email: 'owner@example.com', phone: '13700137000' });
  const { token } = (await login(gateway, 'squatter')).body.data as { token: string };
  const heard = await open(await openableLink(gateway, 'owner@example.com'));
  expect((await send(gateway, 'GET', '/api/user/detail', { token })).body).toEqual(mustSignIn);
  expect((await login(gateway, 'squatter')).body).toEqual(failure('登录失败'));
  const owner = tokenIn(heard.headers);
  expect(await detail(gateway, owner)).toMatchObject({ phone: '', reset_password: true });
  const set = await send(gateway, 'POST', '/api/user/password', {
    token: owner,
    json: { password: 'my own' },
  });
  expect(set.body).toEqual({ code: 0, msg: '密码修改成功' });
  expect((await login(gateway, 'squatter', 'my own')).body.code).toBe(0);
});

describe('registering again with an own unverified address', () => {
  test.each([
    ['the same name', { user_name: 'again', email: 'again@example.com' }],
    ['another name', { user_name: 'another', email: 'AGAIN@example.com' }],
  ])('under %s sends the mail again and tells nothing else', async (_, json) => {
    await post({ user_name: 'again', email: 'again@example.com' });
    gateway.clock.advance(61);
    const before = await mailsTo('again@example.com');
    const heard = await post(json);
    expect(heard).toMatchObject({ status: 200, text: '{"code":0,"msg":"请验证您的邮箱"}\n' });
    expect(heard.headers.get('set-cookie')).toBeNull();
    expect(await mailsTo('again@example.com')).toBe(before + 1);
  });

  test("a name that is somebody else's is taken, and so is a verified address", async () => {
    await post({ user_name: 'first', email: 'first@example.com' });
    const other = await post({ user_name: 'first', email: 'second@example.com' });
    expect(other.body).toEqual(failure('该用户名已被注册'));
    await open(await openableLink(gateway, 'first@example.com'));
    const verified = await post({ user_name: 'third', email: 'first@example.com' });
    expect(verified.body).toEqual(failure('该邮箱已被注册'));
  });
});

test('a mail that cannot be sent does not undo a registration', async () => {
  const broken = await startGateway({
    environment: { ANQICMS_SIGNUP_VERIFY: '1', SMTP_URL: 'smtp://127.0.0.1:1' },
  });
  try {
    const json = { user_name: 'zhangsan', password: '12345678', email: 'zhang.san@example.com' };
    expect((await send(broken, 'POST', '/api/register', { json })).body.code).toBe(0);
    expect((await login(broken, 'zhangsan')).body.code).toBe(0);
    expect(broken.logLines.some((line) => line.includes('delivery_failed'))).toBe(true);
    const asked = await send(broken, 'POST', '/api/verify/email', { json: { email: json.email } });
    expect(asked.body).toEqual({ code: 0, msg: '请验证您的邮箱' });
  } finally {
    await broken.stop();
  }
});
