import jwt from 'jsonwebtoken';
import { startGateway, type TestGateway } from '../../support/gateway';
import { failure, mustSignIn, register, send, type Person } from './wire';

let gateway: TestGateway;
let person: Person;
let signedIn: object;
let people = 0;
beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(async () => {
  people += 1;
  person = await register(gateway, `person ${String(people)}`);
  signedIn = { code: 0, data: { id: person.id } };
});
afterAll(() => gateway.stop());

const get = (headers: Record<string, string>) => send(gateway, 'GET', '/api/user/detail', { headers });
const day = 86_400;

test('a token is taken from the header in any case, else from the cookie', async () => {
  const { token } = person;
  expect((await get({ TOKEN: token })).body).toMatchObject(signedIn);
  expect((await get({ Cookie: `x=1; token=${encodeURIComponent(token)}` })).body).toMatchObject(signedIn);
  expect((await get({ token: '', Cookie: `token=${token}` })).body).toMatchObject(signedIn);
});

test.each<[what: string, headers: (token: string) => Record<string, string>]>([
  ['no token', () => ({})],
  ['an empty one', () => ({ token: '' })],
  ['garbage', () => ({ token: 'garbage' })],
  ['a good one in Authorization', (token) => ({ Authorization: `Bearer ${token}` })],
  ['a good one with Bearer before it', (token) => ({ token: `Bearer ${token}` })],
  ['a bad header beside a good cookie', (token) => ({ token: 'bad', Cookie: `token=${token}` })],
  ['a changed signature', (token) => ({ token: token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA') })],
  [
    'another key',
    (token) => ({ token: jwt.sign(jwt.decode(token) as object, 'a'.repeat(32), { noTimestamp: true }) }),
  ],
  [
    'no signature',
    (token) => ({
      token: jwt.sign(jwt.decode(token) as object, '', { algorithm: 'none', noTimestamp: true }),
    }),
  ],
])('%s opens nothing', async (_, headers) => {
  const heard = await get(headers(person.token));
  expect(heard).toMatchObject({ status: 200, text: '{"code":1001,"msg":"该操作需要登录，请登录后重试"}\n' });
});

test('the refusal is in the language of the request', async () => {
  expect((await get({ 'Accept-Language': 'en-US,en' })).body).toEqual(
    failure('This operation requires login, please log in and try again', 1001),
  );
  expect((await get({ Cookie: 'lang=id' })).body.msg).toBe(
    'Operasi ini memerlukan login, silakan login dan coba lagi',
  );
});

test('a token lives 30 days', async () => {
  gateway.clock.advance(30 * day - 30);
  expect((await get({ token: person.token })).body).toMatchObject(signedIn);
  gateway.clock.advance(60);
  expect((await get({ token: person.token })).body).toEqual(mustSignIn);
});

test('in its last hour it brings a new one for a day, whatever the answer', async () => {
  gateway.clock.advance(30 * day - 3700);
  expect((await get({ token: person.token })).headers.get('update-token')).toBeNull();
  gateway.clock.advance(200);
  const heard = await send(gateway, 'POST', '/api/user/detail', { token: person.token, raw: '{' });
  expect(heard.body).toEqual(failure('unexpected EOF'));
  const renewed = heard.headers.get('update-token') ?? '';
  expect(heard.headers.get('set-cookie')).toBeNull();
  gateway.clock.advance(day - 3600 - 60);
  expect((await get({ token: person.token })).body).toEqual(mustSignIn);
  const later = await get({ token: renewed });
  expect(later.body).toMatchObject(signedIn);
  expect(later.headers.get('update-token')).toBeNull();
  gateway.clock.advance(3660);
  expect((await get({ token: renewed })).body).toEqual(mustSignIn);
});

test('signing in again leaves the earlier session as it is', async () => {
  await send(gateway, 'POST', '/api/login', {
    json: { user_name: person.data.user_name, password: '12345678' },
  });
  expect((await get({ token: person.token })).body).toMatchObject(signedIn);
});

test('a session that has ended, and one of a user who is gone, open nothing', async () => {
  await gateway.core.setUserPassword({ userId: person.id, password: 'abcdefgh' }, gateway.operator);
  expect((await get({ token: person.token })).body).toEqual(mustSignIn);
  const again = await send(gateway, 'POST', '/api/login', {
    json: { user_name: person.data.user_name, password: 'abcdefgh' },
  });
  const token = String(again.body.data?.token);
  await gateway.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [person.id]);
  expect((await get({ token })).body).toEqual(mustSignIn);
});

describe('a write by cookie', () => {
  const write = (headers: Record<string, string>) =>
    send(gateway, 'POST', '/api/user/detail', { json: { introduce: 'x' }, headers });
  const saved = { code: 0, msg: '保存成功' };

  test('is taken from our own pages, from listed ones and from no browser', async () => {
    const Cookie = `token=${person.token}`;
    expect((await write({ Cookie })).body).toEqual(saved);
    expect((await write({ Cookie, Origin: gateway.url })).body).toEqual(saved);
    expect((await write({ Cookie, Origin: 'http://localhost:8080' })).body).toEqual(saved);
  });

  test('is refused from other pages, unless they know the token', async () => {
    const Cookie = `token=${person.token}`;
    expect((await write({ Cookie, Origin: 'https://evil.example' })).body).toEqual(mustSignIn);
    expect((await write({ Cookie, Origin: 'null' })).body).toEqual(mustSignIn);
    expect((await write({ Token: person.token, Origin: 'https://evil.example' })).body).toEqual(saved);
    expect(
      (
        await send(gateway, 'GET', '/api/user/detail', {
          headers: { Cookie, Origin: 'https://evil.example' },
        })
      ).body,
    ).toMatchObject(signedIn);
  });
});

test('no token and no password is written to the log', async () => {
  await send(gateway, 'POST', '/api/login', {
    json: { user_name: person.data.user_name, password: 'wrong-secret' },
  });
  await get({ token: person.token });
  const log = gateway.logLines.join('\n');
  expect(log).not.toContain(person.token);
  expect(log).not.toContain('wrong-secret');
  expect(log).not.toContain('12345678');
});
