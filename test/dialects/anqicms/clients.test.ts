import { startGateway, type TestGateway } from '../../support/gateway';
import { mustSignIn, register, send, type Heard, type Sent } from './wire';

/** The habits of the clients that are known (reference section 10), each named after its client. */

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ environment: { CORS_ORIGINS: 'https://app.example.com' } });
  await register(gateway, 'zhangsan', { email: 'zhang.san@example.com', phone: '13800138000' });
});
afterAll(() => gateway.stop());

const account = { user_name: 'zhangsan', password: '12345678' };

describe('fesiong/anqicms-app, the official mini program', () => {
  const headers = {
    'Content-Type': 'application/json',
    'X-Requested-With': 'XMLHttpRequest',
    Version: '1.0.0',
  };
  let token = '';
  const call = (method: string, path: string, sent: Sent = {}) =>
    send(gateway, method, `/api${path}`, { ...sent, headers: { ...headers, Token: token } });
  /** It resolves on `code === 0` alone and rejects with the whole body. */
  const resolve = ({ status, body }: Heard) => {
    expect(status).toBe(200);
    expect(typeof body.code).toBe('number');
    if (body.code !== 0) throw new Error(JSON.stringify(body));
    return body.data;
  };

  test('goes from its first screen to its last, with an empty Token header until it has one', async () => {
    expect(resolve(await call('GET', '/captcha'))).toEqual({ captcha_off: true });
    token = String(
      resolve(await call('POST', '/login', { json: { platform: 'weapp_password', ...account } }))?.token,
    );
    expect(resolve(await call('GET', '/user/detail'))).toMatchObject({ user_name: 'zhangsan' });
    resolve(await call('POST', '/user/detail', { json: { introduce: '你好' } }));
    expect(resolve(await call('GET', '/user/groups'))).toHaveLength(3);
    expect(resolve(await call('GET', '/user/group/detail?id=1'))).toMatchObject({ id: 1 });
    const passwords = { old_password: '12345678', password: 'abcdefgh' };
    resolve(await call('POST', '/user/password', { json: passwords }));
    expect(resolve(await call('GET', '/user/detail'))).toMatchObject({ introduce: '你好' });
    resolve(
      await call('POST', '/user/password', { json: { old_password: 'abcdefgh', password: '12345678' } }),
    );
  });

  test('never reads Update-Token, and its own token is good to its end all the same', async () => {
    token = '';
    token = String(resolve(await call('POST', '/login', { json: account }))?.token);
    gateway.clock.advance(2_592_000 - 1800);
    const renewed = await call('GET', '/user/detail');
    expect(renewed.headers.get('update-token')).not.toBeNull();
    gateway.clock.advance(1790);
    expect(resolve(await call('GET', '/user/detail'))).toMatchObject({ user_name: 'zhangsan' });
    gateway.clock.advance(20);
    expect((await call('GET', '/user/detail')).body).toEqual(mustSignIn);
  });

  test('takes 1001 for the place to sign in again', async () => {
    token = 'gone';
    await expect(call('GET', '/user/detail').then(resolve)).rejects.toThrow(JSON.stringify(mustSignIn));
  });

  test('signs in by WeChat nowhere: that platform is not set up', async () => {
    token = '';
    const heard = await call('POST', '/login', { json: { platform: 'weapp', code: 'x', invite_id: 0 } });
    expect(heard.body).toEqual({ code: -1, msg: '无法获取openid' });
  });

  test('registers with an invite and is signed in at once', async () => {
    token = '';
    const json = { user_name: 'mini', password: '12345678', phone: '13900139000', invite_id: 1000 };
    const data = resolve(await call('POST', '/register', { json }));
    token = String(data?.token);
    expect(resolve(await call('GET', '/user/detail'))).toMatchObject({ parent_id: 1000 });
  });
});

describe('template/default/login.html', () => {
  test('posts JSON by jQuery from the same origin, and goes on by the cookie', async () => {
    const headers = {
      'Content-Type': 'application/json',
      'X-Requested-With': 'XMLHttpRequest',
      Origin: gateway.url,
      'Sec-Fetch-Site': 'same-origin',
    };
    const heard = await send(gateway, 'POST', '/api/login', { headers, json: account });
    const cookie = heard.headers.get('set-cookie')?.split(';')[0] ?? '';
    const saved = await send(gateway, 'POST', '/api/user/detail', {
      headers: { ...headers, Cookie: cookie },
      json: { introduce: 'from the page' },
    });
    expect(saved.body).toEqual({ code: 0, msg: '保存成功' });
  });

  test('asks for Google, which is not set up', async () => {
    const json = { platform: 'google', code: 'x', state: 'y' };
    const heard = await send(gateway, 'POST', '/api/login', { json, headers: { 'Accept-Language': 'en' } });
    expect(heard.body).toEqual({ code: -1, msg: 'Google 登录已禁用' });
  });
});

test('the documented logout sample sends return=json and a nonce, and reads a JSON code', async () => {
  const heard = await send(gateway, 'GET', `/logout?return=json&nonce=${String(Date.now())}`);
  expect(heard.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(heard.body).toEqual({ code: 1001, msg: '已退出登录' });
});

describe('fesiong/anqicms-admin, whose idiom of renewal other clients copy', () => {
  test('stores Update-Token from any answer, the groups included, and sees it from a listed origin', async () => {
    const signedIn = await send(gateway, 'POST', '/api/login', { json: account });
    gateway.clock.advance(2_592_000 - 1800);
    const heard = await send(gateway, 'GET', '/api/user/groups', {
      token: String(signedIn.body.data?.token),
      headers: { Origin: 'https://app.example.com', Admin: 'x', 'Site-Id': '1', 'Sub-Site-Id': '2' },
    });
    expect(heard.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(heard.headers.get('access-control-expose-headers')).toContain('Update-Token');
    const token = heard.headers.get('update-token') ?? '';
    gateway.clock.advance(3600);
    expect((await send(gateway, 'GET', '/api/user/detail', { token })).body.code).toBe(0);
  });

  test('asks before it calls: a preflight is answered empty, with the lists', async () => {
    const heard = await send(gateway, 'OPTIONS', '/api/user/password', {
      headers: { Origin: 'https://app.example.com', 'Access-Control-Request-Headers': 'token' },
    });
    expect(heard).toMatchObject({ status: 204, text: '' });
    expect(heard.headers.get('access-control-allow-headers')).toContain('Token');
  });
});

describe('templates of third parties, in the browser', () => {
  test('switch the language with ?lang= on any address, the pages included', async () => {
    const heard = await send(gateway, 'GET', '/logout?return=json&lang=en');
    expect(heard.status).toBe(307);
    expect(heard.headers.get('location')).toBe('/logout?return=json');
    expect(heard.headers.get('set-cookie')).toMatch(
      /^lang=en; Path=\/; Expires=[^;]+; Max-Age=604800; HttpOnly$/,
    );
    const page = await send(gateway, 'GET', '/account/password/reset?lang=en&token=x');
    expect(page.headers.get('location')).toBe('/account/password/reset?token=x');
  });

  test('send a form by mistake and read why', async () => {
    const heard = await send(gateway, 'POST', '/api/password/reset', {
      raw: 'email=a%40b.cd',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(heard.body.msg).toBe("invalid character 'e' looking for beginning of value");
  });

  test('are signed out in every tab at once', async () => {
    const cookieOf = ({ headers }: Heard) => headers.get('set-cookie')?.split(';')[0] ?? '';
    const Cookie = cookieOf(await send(gateway, 'POST', '/api/login', { json: account }));
    await send(gateway, 'GET', '/logout', { headers: { Cookie, 'Sec-Fetch-Site': 'same-origin' } });
    expect((await send(gateway, 'GET', '/api/user/detail', { headers: { Cookie } })).body).toEqual(
      mustSignIn,
    );
  });
});
