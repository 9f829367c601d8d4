import type { Exchange } from '../../../src/contract';
import { json, key, refused } from './answers';

type Method = Exchange['request']['method'];

/** Each row: what is sent, and the `message` that refuses it. */
type Rows = readonly (readonly [body: unknown, message: string])[];

function refusals(method: Method, path: string, credential: Exchange['credential'], rows: Rows): Exchange[] {
  return rows.map(([body, message]) => ({
    title: `${method} ${path} ${JSON.stringify(body)} answers ${message}`,
    source: 'documented',
    request: { method, path, headers: json, body },
    credential,
    response: refused(message),
  }));
}

function refusedQueries(
  path: string,
  credential: Exchange['credential'],
  rows: readonly (readonly [query: Readonly<Record<string, string>>, message: string])[],
): Exchange[] {
  return rows.map(([query, message]) => ({
    title: `GET ${path} ${JSON.stringify(query)} answers ${message}`,
    source: 'documented',
    request: { method: 'GET', path, query, headers: json },
    credential,
    response: refused(message),
  }));
}

const password = 'Secret_123';
const email = 'never.asked@example.com';
const phone = '13000000000';
const code = '000000';

const pushRows: Rows = [
  [{}, 'undefined push_token'],
  [{ push_token: 'abc' }, 'undefined language'],
  [{ push_token: 5, language: 'en' }, 'push_token format error'],
  [{ push_token: '', language: 'en' }, 'push_token length error'],
  [{ push_token: 'abc', language: 'e' }, 'language length error'],
  [{ push_token: 'abc', language: 'en-x-toolong' }, 'language length error'],
];

const emailRows: Rows = [
  [{}, 'undefined email'],
  [{ email: 5 }, 'email format error'],
  [{ email: '' }, 'email length error'],
  [{ email: 'string' }, 'email format error'],
];

const phoneRows: Rows = [
  [{}, 'undefined phone'],
  [{ phone: 13000000000 }, 'phone format error'],
  [{ phone: '13000' }, 'phone length error'],
  [{ phone: '130000000000000000000' }, 'phone length error'],
  [{ phone: '1300000000x' }, 'phone format error'],
  [{ phone, area_code: '86' }, 'area_code format error'],
];

/** Rows for a call that takes a code and a new password besides `rest`. */
const withCodeRows = (rest: Readonly<Record<string, unknown>>): Rows => [
  [{ ...rest, password }, 'undefined code'],
  [{ ...rest, code }, 'undefined password'],
  [{ ...rest, code: 5, password }, 'code format error'],
  [{ ...rest, code: '00000', password }, 'code length error'],
  [{ ...rest, code: '00000x', password }, 'code format error'],
  [{ ...rest, code, password: 5 }, 'password format error'],
  [{ ...rest, code, password: 'seven_7' }, 'password length error'],
  [{ ...rest, code, password: 'seventeen_letters' }, 'password length error'],
  [{ ...rest, code, password: 'with space' }, 'password error'],
];

const withKeyRows = (rest: Readonly<Record<string, unknown>>): Rows => [
  ...withCodeRows({ ...rest, apikey: key }),
  [{ ...rest, code, password }, 'undefined apikey'],
  [{ ...rest, code, password, apikey: 5 }, 'apikey format error'],
  [{ ...rest, code, password, apikey: 'abc' }, 'apikey length error'],
  [{ ...rest, code, password, apikey: '0123456789ABCDEF0123456789ABCDEF' }, 'apikey format error'],
];

/** What is wrong with a value, endpoint by endpoint. */
export const refusedValues: readonly Exchange[] = [
  ...refusals('PUT', '/v1/api/user', 'own', [
    [{}, 'undefined realm'],
    [{ realm: 5 }, 'realm format error'],
    [{ realm: '' }, 'realm length error'],
    [{ realm: 'abcdefghijklmnopqrstuvwxyz0123456' }, 'realm length error'],
    [{ realm: '叮叮智能叮叮智能叮叮智' }, 'realm length error'],
  ]),
  ...refusals('PUT', '/v1/api/user/username', 'own', [
    [{}, 'undefined username'],
    [{ username: 'abcde' }, 'username length error'],
    [{ username: '1234567' }, 'username error'],
    [{ username: 'bad name' }, 'username error'],
    [{ username: 'a-bcdef' }, 'username error'],
  ]),
  ...refusals('PUT', '/v1/api/user/emailcode/email', 'own', emailRows),
  ...refusals('PUT', '/v1/api/user/emails', 'own', [
    [{}, 'undefined code'],
    [{ code: '123456', email }, 'code error'],
  ]),
  ...refusals('PUT', '/v1/api/phone/register', 'none', phoneRows),
  ...refusals('POST', '/v1/api/phone/register', 'none', [
    [{}, 'undefined phone'],
    [{ phone: 5, code, password, apikey: key }, 'phone format error'],
    ...withKeyRows({ phone }),
  ]),
  ...refusedQueries('/v1/api/email/register', 'none', [
    [{}, 'undefined email'],
    [{ email: '' }, 'email length error'],
    [{ email: 'string' }, 'email format error'],
    [{ email: 'averylongnameindeed@averylongdomain.example' }, 'email length error'],
    [{ email, language: 'e' }, 'language length error'],
    [{ email, appname: 'see http://x.example' }, 'appname format error'],
  ]),
  ...refusals('POST', '/v1/api/email/register', 'none', [
    [{}, 'undefined email'],
    [{ email: 'string', code, password, apikey: key }, 'email format error'],
    ...withKeyRows({ email }),
  ]),
  ...refusals('PUT', '/v1/api/user/password', 'own', [
    [{}, 'undefined password'],
    [{ password }, 'undefined oldpassword'],
    [{ password: 5, oldpassword: password }, 'password format error'],
    [{ password: 'seven_7', oldpassword: password }, 'password length error'],
    [{ password: 'with space', oldpassword: password }, 'password error'],
    [{ password, oldpassword: 5 }, 'oldpassword format error'],
    [{ password, oldpassword: '' }, 'oldpassword length error'],
  ]),
  ...refusals('PUT', '/v1/api/phone/retrieve', 'none', phoneRows),
  ...refusals('POST', '/v1/api/phone/retrieve', 'none', [
    [{}, 'undefined phone'],
    ...withCodeRows({ phone }),
    [{ phone, code, password }, 'code error'],
  ]),
  ...refusals('PUT', '/v1/api/user/passwordcode/email', 'none', emailRows),
  ...refusals('PUT', '/v1/api/user/email/reset/password', 'none', [
    [{}, 'undefined email'],
    ...withCodeRows({ email }),
    [{ email, code, password }, 'code error'],
  ]),
  ...refusals('POST', '/v1/api/user/token', 'own', pushRows),
  ...refusals('POST', '/v1/api/user/message/token', 'own', pushRows),
  ...refusedQueries('/v1/api/selecte/share/friend', 'own', [
    [{}, 'undefined name'],
    [{ name: '' }, 'name length error'],
  ]),
  ...refusedQueries('/v1/api/area/code', 'none', [
    [{ language: 'e' }, 'language length error'],
    [{ language: '' }, 'language length error'],
  ]),
  ...refusals('POST', '/v1/api/user/weixin/app/login', 'none', [
    [{}, 'undefined access_token'],
    [{ access_token: 'token' }, 'undefined openid'],
    [{ access_token: 5, openid: 'o' }, 'access_token format error'],
    [{ access_token: 'token', openid: 'short' }, 'openid length error'],
  ]),
  ...refusals('POST', '/v1/api/user/facebook/app/login', 'none', [
    [{}, 'undefined access_token'],
    [{ access_token: '' }, 'access_token length error'],
    [{ access_token: 'token', apikey: 'abc' }, 'apikey length error'],
  ]),
  {
    title: 'a body that is no JSON',
    source: 'ours',
    request: { method: 'PUT', path: '/v1/api/user', headers: json, body: '{"realm":' },
    credential: 'own',
    response: refused('paramer error'),
  },
];
