import { createHash } from 'node:crypto';
import { startGateway, type TestGateway } from '../../support/gateway';
import { failure, mustSignIn, register, send, type Person } from './wire';

let gateway: TestGateway;
let person: Person;
let people = 0;
beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(async () => {
  people += 1;
  person = await register(gateway, `leaver ${String(people)}`);
});
afterAll(() => gateway.stop());

const logout = (headers: Record<string, string> = {}, query = '?return=json') =>
  send(gateway, 'GET', `/logout${query}`, { headers });
const isSignedIn = async () => {
  const heard = await send(gateway, 'GET', '/api/user/detail', { token: person.token });
  return heard.body.code === 0;
};
const cleared = /^token=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly$/;

test.each<[by: string, headers: (token: string) => Record<string, string>]>([
  ['the header', (token) => ({ Token: token })],
  ['the cookie', (token) => ({ Cookie: `token=${token}` })],
  [
    'the cookie from our own page',
    (token) => ({ Cookie: `token=${token}`, 'Sec-Fetch-Site': 'same-origin' }),
  ],
  ['the header from elsewhere', (token) => ({ Token: token, Origin: 'https://elsewhere.example' })],
])('%s ends the session, and the cookie goes', async (_, headers) => {
  const heard = await logout(headers(person.token));
  expect(heard).toMatchObject({ status: 200, text: '{"code":1001,"msg":"已退出登录"}\n' });
  expect(heard.headers.get('set-cookie')).toMatch(cleared);
  expect(await isSignedIn()).toBe(false);
});

test.each<[who: string, headers: Record<string, string>]>([
  ['somebody who is not signed in', {}],
  ['somebody with garbage for a token', { Token: 'garbage' }],
  ['somebody with garbage for a cookie', { Cookie: 'token=garbage' }],
])('%s is signed out like everybody', async (_, headers) => {
  const heard = await logout(headers);
  expect(heard.body).toEqual(failure('已退出登录', 1001));
  expect(heard.headers.get('set-cookie')).toMatch(cleared);
});

test('other sessions of the same person go on', async () => {
  const again = await send(gateway, 'POST', '/api/login', {
    json: { user_name: person.data.user_name, password: '12345678' },
  });
  await logout({ Token: String(again.body.data?.token) });
  expect(await isSignedIn()).toBe(true);
});

test('a session whose token is near its end gets no new one', async () => {
  gateway.clock.advance(2_592_000 - 1800);
  const heard = await logout({ Token: person.token });
  expect(heard.headers.get('update-token')).toBeNull();
  expect(heard.body.code).toBe(1001);
});

test.each([[{ Origin: 'https://elsewhere.example' }], [{ 'Sec-Fetch-Site': 'cross-site' }]])(
  'a page elsewhere (%j) signs nobody out with their cookie',
  async (headers) => {
    const heard = await logout({ Cookie: `token=${person.token}`, ...headers });
    expect(heard.body).toEqual(mustSignIn);
    expect(heard.headers.get('set-cookie')).toBeNull();
    expect(await isSignedIn()).toBe(true);
  },
);

test.each(['', '?return=html', '?nonce=1'])(
  '/logout%s is a page that goes home by its own script',
  async (query) => {
    const heard = await logout({ Cookie: `token=${person.token}` }, query);
    expect(heard.status).toBe(200);
    expect(heard.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(heard.headers.get('set-cookie')).toMatch(cleared);
    expect(heard.text).toContain('<p>已退出登录</p>');
    const script = /<script>(.*)<\/script>/s.exec(heard.text)?.[1] ?? '';
    expect(script).toBe(`setTimeout(function(){location.replace("${gateway.url}/")},3000)`);
    const hash = createHash('sha256').update(script).digest('base64');
    expect(heard.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}';`);
    expect(await isSignedIn()).toBe(false);
  },
);

test('POST /logout is nothing that is served', async () => {
  expect((await send(gateway, 'POST', '/logout')).status).toBe(404);
});

describe('a site of another language, with the code that the documented sample looks for', () => {
  let other: TestGateway;
  beforeAll(async () => {
    other = await startGateway({ environment: { ANQICMS_LANGUAGE: 'ja-JP', ANQICMS_LOGOUT_CODE: '0' } });
  });
  afterAll(() => other.stop());

  test('says so', async () => {
    const heard = await send(other, 'GET', '/logout?return=json', { headers: { 'Accept-Language': 'en' } });
    expect(heard.body).toEqual({ code: 0, msg: 'ログアウトしました' });
  });
});

test('HEAD ends nothing', async () => {
  const heard = await fetch(`${gateway.url}/logout`, { method: 'HEAD', headers: { Token: person.token } });
  expect(heard.status).toBe(404);
  expect(heard.headers.getSetCookie()).toEqual([]);
  expect(await isSignedIn()).toBe(true);
});
