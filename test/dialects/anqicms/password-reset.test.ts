import { createHash } from 'node:crypto';
import { startGateway, type TestGateway } from '../../support/gateway';
import { failure, lastLink, login, mustSignIn, register, send } from './wire';

let gateway: TestGateway;
let people = 0;
let name = '';
let email = '';
beforeAll(async () => {
  gateway = await startGateway({ environment: { ANQICMS_SIGNUP_VERIFY: '1' } });
});
beforeEach(async () => {
  people += 1;
  name = `person${String(people)}`;
  email = `${name}@example.com`;
  await register(gateway, name, { email });
  gateway.clock.advance(61);
});
afterAll(() => gateway.stop());

interface Link {
  email: string;
  token: string;
  code: string;
}

/** What the mail for a new password contains. */
async function askForLink(): Promise<Link & { url: URL }> {
  await send(gateway, 'POST', '/api/verify/email', { json: { email, state: 'reset' } });
  const url = await lastLink(gateway, email);
  if (url === undefined) throw new Error('no link was sent');
  const read = (member: string) => url.searchParams.get(member) ?? '';
  return { url, email: read('email'), token: read('token'), code: read('code') };
}

const reset = (json: unknown, headers: Record<string, string> = {}) =>
  send(gateway, 'POST', '/api/password/reset', { json, headers });
const done = { code: 0, msg: '密码修改成功' };
const badToken = failure('无效的令牌');
const short = failure('请填写6位以上的密码');

test('the link leads to a page, however often, and what it contained sets a new password once', async () => {
  const { url, ...link } = await askForLink();
  for (const query of ['', '&return=json']) {
    const heard = await send(gateway, 'GET', `${url.pathname}${url.search}${query}`);
    expect(heard.status).toBe(302);
    const page = new URL(heard.headers.get('location') ?? '');
    expect(`${page.origin}${page.pathname}`).toBe(`${gateway.url}/account/password/reset`);
    expect(Object.fromEntries(page.searchParams)).toEqual(link);
    expect(heard.headers.get('set-cookie')).toBeNull();
  }
  const heard = await reset({ ...link, password: ' new password ' });
  expect(heard).toMatchObject({ status: 200, text: `${JSON.stringify(done)}\n` });
  expect(heard.headers.get('set-cookie')).toBeNull();
  expect((await reset({ ...link, password: 'another one' })).body).toEqual(badToken);
  expect((await login(gateway, name, 'new password')).body.code).toBe(0);
  expect((await login(gateway, name)).body).toEqual(failure('登录失败'));
});

test('all sessions end', async () => {
  const { token } = (await login(gateway, name)).body.data as { token: string };
  // Signing in sends a mail too, as long as the address is unverified.
  gateway.clock.advance(61);
  const { url: _, ...link } = await askForLink();
  await reset({ ...link, password: 'new password' });
  expect((await send(gateway, 'GET', '/api/user/detail', { token })).body).toEqual(mustSignIn);
});

test('each check has its place', async () => {
  const { url: _, ...link } = await askForLink();
  const answers: [json: unknown, answer: object][] = [
    [{ ...link, email: 'bad', token: '', password: ' 12345 ' }, short],
    [null, short],
    [{ ...link, email: 'bad', password: '123456' }, failure('参数错误')],
    [{ ...link, email: undefined, password: '123456' }, failure('参数错误')],
    [{ ...link, token: '', password: '123456' }, failure('参数错误')],
    [{ ...link, token: 'x', email: 'nobody@example.com', password: '123456' }, failure('用户不存在')],
    [{ ...link, token: 'x', password: 'x'.repeat(73) }, badToken],
    [{ ...link, token: 'a\u0000b', password: '123456' }, badToken],
    [{ ...link, code: link.code === '123456' ? '654321' : '123456', password: '123456' }, badToken],
    [{ ...link, code: undefined, password: '123456' }, badToken],
    [{ ...link, password: 'x'.repeat(73) }, failure('bcrypt: password length exceeds 72 bytes')],
    [{ ...link, password: 'a\u0000bcdefg' }, failure('参数错误')],
  ];
  for (const [json, answer] of answers) expect((await reset(json)).body).toEqual(answer);
  // Nothing of all that used the link up.
  expect((await reset({ ...link, password: '密码' })).body).toEqual(done);
});

test("a wrong type, and no body, in Go's words", async () => {
  expect((await reset({ code: 123456 })).body.msg).toBe(
    'json: cannot unmarshal number into Go struct field UserPasswordRequest.code of type string',
  );
  expect((await send(gateway, 'POST', '/api/password/reset')).body).toEqual(failure('EOF'));
});

test("the server's derivable token is worth nothing", async () => {
  const [row] = await gateway.sql<{ password_hash: string }>(
    'SELECT password_hash FROM credentials JOIN users ON users.id = user_id WHERE email = $1',
    [email],
  );
  const token = createHash('md5')
    .update(`${email}${row?.password_hash ?? ''}`)
    .digest('hex');
  expect((await reset({ email, token, code: '', password: 'new password' })).body).toEqual(badToken);
});

test('a link is good for ten minutes', async () => {
  const { url, ...link } = await askForLink();
  gateway.clock.advance(601);
  expect((await reset({ ...link, password: 'new password' })).body).toEqual(badToken);
  const heard = await send(gateway, 'GET', `${url.pathname}${url.search}&return=json`);
  expect(heard.body).toEqual(badToken);
});

test('a link that verifies an address resets nothing', async () => {
  await send(gateway, 'POST', '/api/verify/email', { json: { email, state: 'verify' } });
  const url = await lastLink(gateway, email);
  const link = { token: url?.searchParams.get('token'), code: url?.searchParams.get('code') };
  expect((await reset({ email, ...link, password: 'new password' })).body).toEqual(badToken);
});

test("somebody else's link resets nothing of mine", async () => {
  const { url: _, ...link } = await askForLink();
  await register(gateway, `${name}-other`, { email: `other.${email}` });
  expect((await reset({ ...link, email: `other.${email}`, password: 'new password' })).body).toEqual(
    badToken,
  );
});

test('of parallel resets with one link one is done', async () => {
  const { url: _, ...link } = await askForLink();
  const answers = await Promise.all(
    ['first one', 'second one', 'third one'].map(
      async (password) => (await reset({ ...link, password })).body.code,
    ),
  );
  expect(answers.sort()).toEqual([-1, -1, 0]);
});

test('the texts are in the language of the site', async () => {
  const english = await startGateway({ environment: { ANQICMS_LANGUAGE: 'en-US' } });
  try {
    const heard = await send(english, 'POST', '/api/password/reset', { json: { password: 'x' } });
    expect(heard.body.msg).toBe('Please fill in a password of more than 6 digits');
  } finally {
    await english.stop();
  }
});

describe('the page for a new password', () => {
  test('runs its own script, takes nothing from the request and may be framed by nobody', async () => {
    const heard = await send(gateway, 'GET', '/account/password/reset?token=%3Cscript%3E&email=x');
    expect(heard.status).toBe(200);
    expect(heard.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(heard.headers.get('cache-control')).toBe('no-store');
    expect(heard.headers.get('referrer-policy')).toBe('no-referrer');
    const script = /<script>(.*)<\/script>/s.exec(heard.text)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = heard.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(heard.text).toContain('重置密码');
    expect(heard.text).not.toMatch(/https?:/);
    expect(heard.text).not.toContain('token=');
  });

  test('a site may have its own, whose address keeps its query', async () => {
    const own = await startGateway({
      environment: { ANQICMS_SIGNUP_VERIFY: '1', ANQICMS_RESET_URL: 'https://www.example.com/reset?theme=1' },
    });
    try {
      await register(own, 'zhangsan', { email: 'a+b@example.com' });
      own.clock.advance(61);
      await send(own, 'POST', '/api/verify/email', { json: { email: 'a+b@example.com', state: 'reset' } });
      const url = await lastLink(own, 'a+b@example.com');
      const heard = await send(own, 'GET', `${url?.pathname ?? ''}${url?.search ?? ''}`);
      const page = new URL(heard.headers.get('location') ?? '');
      expect(`${page.origin}${page.pathname}`).toBe('https://www.example.com/reset');
      expect(page.searchParams.get('theme')).toBe('1');
      expect(page.searchParams.get('email')).toBe('a+b@example.com');
    } finally {
      await own.stop();
    }
  });
});
