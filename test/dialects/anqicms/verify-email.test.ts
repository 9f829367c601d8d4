import { startGateway, type TestGateway } from '../../support/gateway';
import { detail, failure, lastLink, openableLink, register, send } from './wire';

let gateway: TestGateway;
let people = 0;
let email = '';
let name = '';
let id = 0;
beforeAll(async () => {
  gateway = await startGateway({ environment: { ANQICMS_SIGNUP_VERIFY: '1' } });
});
beforeEach(async () => {
  people += 1;
  name = `person${String(people)}`;
  email = `${name}@example.com`;
  ({ id } = await register(gateway, name, { email }));
  // The mail of the registration is the first; the next may go out a minute later.
  gateway.clock.advance(61);
});
afterAll(() => gateway.stop());

const ask = (json: unknown, headers: Record<string, string> = {}, at = gateway) =>
  send(at, 'POST', '/api/verify/email', { json, headers });
const open = (query: Record<string, string>, headers: Record<string, string> = {}) =>
  send(gateway, 'GET', `/api/verify/email?${new URLSearchParams(query).toString()}`, { headers });
const mailsTo = async (to: string) => (await gateway.outbox()).filter((mail) => mail.to === to).length;
const sent = { code: 0, msg: '请验证您的邮箱' };
const invalid = failure('参数错误');
const unknown = failure('用户不存在');
const badToken = failure('无效的令牌');

describe('asking for a mail', () => {
  test.each([['verify'], ['reset'], ['exist'], ['anything'], [undefined]])(
    'with the state %s sends one',
    async (state) => {
      const heard = await ask({ email, state });
      expect(heard).toMatchObject({ status: 200, text: `${JSON.stringify(sent)}\n` });
      expect(await mailsTo(email)).toBe(2);
      const link = await lastLink(gateway, email);
      expect(link?.searchParams.get('state')).toBe(state === 'reset' ? 'reset' : 'verify');
    },
  );

  test.each([
    [{}],
    [null],
    [{ email: '' }],
    [{ email: 'a@b' }],
    [{ email: '张三@例子.com' }],
    [{ email: `${'a'.repeat(250)}@example.com` }],
  ])('%.60j has no address in it', async (json) => {
    expect((await ask({ state: 'verify', ...json })).body).toEqual(invalid);
    expect((await ask({ state: 'reset', ...json })).body).toEqual(invalid);
  });

  test.each(['nobody@example.com', 'a\u0000b@example.com', 'x a@b.cd y'])(
    'for %j, whom nobody is, is told',
    async (address) => {
      expect((await ask({ email: address, state: 'verify' })).body).toEqual(unknown);
      expect((await ask({ email: address, state: 'reset' })).body).toEqual(unknown);
    },
  );

  test('names the struct of a registration when a type is wrong', async () => {
    expect((await ask({ email: 1 })).body.msg).toBe(
      'json: cannot unmarshal number into Go struct field ApiRegisterRequest.email of type string',
    );
    expect((await send(gateway, 'POST', '/api/verify/email')).body).toEqual(failure('EOF'));
  });

  test('is not trimmed, and goes to the address as its holder wrote it', async () => {
    expect((await ask({ email: ` ${email}` })).body).toEqual(unknown);
    expect((await ask({ email: email.toUpperCase() })).body).toEqual(sent);
    expect(await mailsTo(email)).toBe(2);
  });

  test('twice in a minute says so twice, and sends one', async () => {
    expect((await ask({ email })).body).toEqual(sent);
    expect((await ask({ email })).body).toEqual(sent);
    expect(await mailsTo(email)).toBe(2);
    expect(gateway.logLines.some((line) => line.includes('too_many_requests'))).toBe(true);
  });

  test('leads to our own public URL whatever host the request names', async () => {
    await ask({ email }, { 'X-Host': 'evil.example', 'X-Forwarded-Host': 'evil.example' });
    expect((await lastLink(gateway, email))?.origin).toBe(gateway.url);
  });

  test('speaks as the site does, and mails as the request asks', async () => {
    const heard = await ask({ email }, { 'Accept-Language': 'en-US' });
    expect(heard.body).toEqual(sent);
    const mails = (await gateway.outbox()).filter((mail) => mail.to === email);
    expect(mails.map(({ subject }) => /verification/i.test(subject))).toEqual([false, true]);
  });

  test('at a site without sign-up verification sends none, and answers all the same', async () => {
    const plain = await startGateway();
    try {
      await register(plain, 'zhangsan', { email: 'zhang.san@example.com' });
      expect((await ask({ email: 'Zhang.San@example.com', state: 'reset' }, {}, plain)).body).toEqual(sent);
      expect((await ask({ email: 'nobody@example.com' }, {}, plain)).body).toEqual(unknown);
      expect((await ask({ email: 'bad' }, {}, plain)).body).toEqual(invalid);
      expect(await plain.outbox()).toEqual([]);
    } finally {
      await plain.stop();
    }
  });
});

describe('opening a link', () => {
  test.each([
    [{ return: 'json', token: 't', state: 'verify' }, invalid],
    [{ return: 'json', token: 't', state: 'verify', email: 'bad' }, invalid],
    [{ return: 'json', state: 'verify', email: 'nobody@example.com' }, invalid],
    [{ return: 'json', state: 'reset', token: '', email: 'nobody@example.com' }, invalid],
    [{ return: 'json', email: 'nobody@example.com' }, invalid],
    [{ return: 'json', state: 'exist' }, invalid],
    [{ return: 'json', state: 'verify', token: 't', email: 'nobody@example.com' }, unknown],
    [{ return: 'json', state: 'reset', token: 't', email: 'nobody@example.com' }, unknown],
    [{ state: 'exist', email: 'nobody@example.com' }, unknown],
  ])('%j is refused', async (query, answer) => {
    expect((await open(query)).body).toEqual(answer);
  });

  test.each(['verify', 'reset', 'anything', ''])(
    'with a made-up token and the state %j is refused',
    async (state) => {
      const query = { state, email, token: 'd41d8cd98f00b204e9800998ecf8427e' };
      expect((await open({ ...query, return: 'json' })).body).toEqual(badToken);
      const page = await open(query);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.text).toContain('无效的令牌');
    },
  );

  test('state=exist names number and address as JSON, but a bad address as a page', async () => {
    expect((await open({ state: 'exist', email })).text).toBe(
      `{"code":0,"data":{"email":"${email}","id":${String(id)}},"msg":""}\n`,
    );
    expect((await open({ state: 'exist', email: 'bad' })).text).toContain('<p>参数错误</p>');
  });

  test('a page does not let what it was asked for run', async () => {
    const page = await open({
      state: 'verify',
      token: 't',
      email: '"><script>alert(1)</script>@example.com',
    });
    expect(page.text).not.toContain('alert(1)');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'none'");
  });

  test('whose state was changed opens nothing, in either direction', async () => {
    await ask({ email, state: 'reset' });
    const reset = (await lastLink(gateway, email))?.searchParams.get('token') ?? '';
    expect((await open({ return: 'json', state: 'verify', token: reset, email })).body).toEqual(badToken);
    gateway.clock.advance(61);
    await ask({ email, state: 'verify' });
    const verify = (await lastLink(gateway, email))?.searchParams.get('token') ?? '';
    expect((await open({ return: 'json', state: 'reset', token: verify, email })).body).toEqual(badToken);
    expect((await open({ return: 'json', state: 'verify', token: verify, email })).body.code).toBe(0);
  });

  test.each(['verify', 'reset'])(
    'to look at it with HEAD leaves a %s link as good as it was',
    async (state) => {
      await ask({ email, state });
      const address = await openableLink(gateway, email);
      const looked = await fetch(`${gateway.url}${address}`, { method: 'HEAD', redirect: 'manual' });
      expect(looked.status).toBe(404);
      expect(looked.headers.getSetCookie()).toEqual([]);
      expect((await send(gateway, 'GET', address)).status).toBe(state === 'reset' ? 302 : 200);
      if (state === 'verify') expect((await send(gateway, 'GET', address)).body).toEqual(badToken);
    },
  );

  test("of somebody else's opens nothing", async () => {
    const other = await register(gateway, `${name}-other`, { email: `other.${email}` });
    expect(other.id).toBeGreaterThan(id);
    const token = (await lastLink(gateway, email))?.searchParams.get('token') ?? '';
    const heard = await open({ return: 'json', state: 'verify', token, email: `other.${email}` });
    expect(heard.body).toEqual(badToken);
    expect((await open({ return: 'json', state: 'verify', token, email })).body.code).toBe(0);
  });

  test('of somebody who was blocked signs nobody in', async () => {
    const path = await openableLink(gateway, email);
    await gateway.core.setUserStatus({ userId: id, status: 'blocked' }, gateway.operator);
    const heard = await send(gateway, 'GET', path);
    expect(heard.body).toEqual(failure('登录失败'));
    expect(heard.headers.get('set-cookie')).toBeNull();
  });
});

describe('an address that an edit set', () => {
  let token = '';
  const fresh = () => `fresh.${email}`;
  beforeEach(async () => {
    const heard = await send(gateway, 'POST', '/api/login', {
      json: { user_name: name, password: '12345678' },
    });
    token = String(heard.body.data?.token);
    await send(gateway, 'POST', '/api/user/detail', { token, json: { email: fresh() } });
  });

  test('is proven by a link that its user opens signed in', async () => {
    expect((await ask({ email: fresh(), state: 'verify' })).body).toEqual(sent);
    const path = await openableLink(gateway, fresh());
    const stranger = await send(gateway, 'GET', path);
    expect(stranger.body).toMatchObject({ code: 1001 });
    expect(stranger.headers.get('set-cookie')).toBeNull();
    expect((await send(gateway, 'GET', path, { headers: { Cookie: `token=${token}` } })).body.code).toBe(0);
    expect(await detail(gateway, token)).toMatchObject({ email: fresh(), email_verified: true });
  });

  test('resets no password before', async () => {
    expect((await ask({ email: fresh(), state: 'reset' })).body).toEqual(unknown);
    expect(await mailsTo(fresh())).toBe(0);
  });
});
