import type { Exchange } from '../../../src/contract';
import { json, refused, success } from './answers';

type Row = readonly [method: 'POST' | 'PUT' | 'DELETE', path: string, credential: Exchange['credential']];

/** Every call that reads a body, or passes over one. */
const calls: readonly Row[] = [
  ['POST', '/v1/api/user', 'none'],
  ['PUT', '/v1/api/phone/register', 'none'],
  ['POST', '/v1/api/phone/register', 'none'],
  ['POST', '/v1/api/email/register', 'none'],
  ['POST', '/v1/api/user/login', 'none'],
  ['POST', '/v1/api/user/logout', 'none'],
  ['PUT', '/v1/api/user', 'own'],
  ['PUT', '/v1/api/user/username', 'own'],
  ['PUT', '/v1/api/user/emailcode/email', 'own'],
  ['PUT', '/v1/api/user/emails', 'own'],
  ['PUT', '/v1/api/user/password', 'own'],
  ['PUT', '/v1/api/phone/retrieve', 'none'],
  ['POST', '/v1/api/phone/retrieve', 'none'],
  ['PUT', '/v1/api/user/passwordcode/email', 'none'],
  ['PUT', '/v1/api/user/email/reset/password', 'none'],
  ['POST', '/v1/api/user/token', 'own'],
  ['DELETE', '/v1/api/user/token', 'own'],
  ['PUT', '/v1/api/user/token/<id>', 'own'],
  ['DELETE', '/v1/api/user/token/<id>', 'own'],
  ['POST', '/v1/api/user/message/token', 'own'],
  ['DELETE', '/v1/api/user/message/token', 'own'],
  ['PUT', '/v1/api/user/message/token/<id>', 'own'],
  ['DELETE', '/v1/api/user/message/token/<id>', 'own'],
  ['POST', '/v1/api/user/weixin/app/login', 'none'],
  ['POST', '/v1/api/user/facebook/app/login', 'none'],
];

const broken = calls.map(([method, path, credential]): Exchange => ({
  title: `${method} ${path} with a body that is no JSON`,
  source: 'ours',
  kind: 'wrong_type',
  request: { method, path, headers: json, body: '{"realm":' },
  credential,
  response: refused('paramer error'),
}));

const update = (body: string, headers: Readonly<Record<string, string>> = json): Exchange['request'] => ({
  method: 'PUT',
  path: '/v1/api/user',
  headers,
  body,
});

/** What else a body may be, and headers that shipped clients send along, at one call. */
const oddities: readonly Exchange[] = [
  ...['[]', '"string"', '5', 'null'].map((body): Exchange => ({
    title: `a body that is ${body} is no object`,
    source: 'ours',
    kind: 'wrong_type',
    request: update(body),
    credential: 'own',
    response: refused('paramer error'),
  })),
  {
    title: 'an empty body has no members',
    source: 'ours',
    kind: 'boundary',
    request: update(''),
    credential: 'own',
    response: refused('undefined realm'),
  },
  {
    title: 'a body of text has no members',
    source: 'ours',
    kind: 'wrong_type',
    request: update('{"realm":"Nick"}', { ...json, 'content-type': 'text/plain' }),
    credential: 'own',
    response: refused('undefined realm'),
  },
  {
    title: 'a form has no members',
    source: 'ours',
    kind: 'wrong_type',
    request: update('realm=Nick', { ...json, 'content-type': 'application/x-www-form-urlencoded' }),
    credential: 'own',
    response: refused('undefined realm'),
  },
  {
    title: 'a body of 102401 bytes is too large',
    source: 'ours',
    kind: 'boundary',
    request: update(`{"realm":"Nick"}${' '.repeat(102385)}`),
    credential: 'own',
    response: refused('paramer error'),
  },
  {
    title: 'a body of 102400 bytes is not too large',
    source: 'ours',
    kind: 'boundary',
    request: update(`{"realm":"Nick"}${' '.repeat(102384)}`),
    credential: 'own',
    response: success,
  },
  {
    title: 'a media type may name its charset',
    source: 'client',
    kind: 'success',
    request: update('{"realm":"Nick"}', { ...json, 'content-type': 'application/json; charset=UTF-8' }),
    credential: 'own',
    response: success,
  },
  {
    title: 'the headers of shipped apps change nothing',
    source: 'client',
    kind: 'success',
    request: update('{"realm":"Nick"}', {
      ...json,
      bundleid: 'com.lancens.wxdoorbell',
      baseUrl: 'formal',
      formal: 'formal',
      idcode: '1',
    }),
    credential: 'own',
    response: success,
  },
  {
    title: 'members that the page does not name are passed over',
    source: 'ours',
    kind: 'success',
    request: update('{"realm":"Nick","firstName":"Nick","id":1}'),
    credential: 'own',
    response: success,
  },
  {
    title: 'an unknown path holds no data',
    source: 'ours',
    kind: 'error',
    request: { method: 'GET', path: '/v1/api/user/nothing', headers: json },
    credential: 'own',
    response: { status: 404, body: { message: 'no data error' } },
  },
  {
    title: 'devices are not served',
    source: 'ours',
    kind: 'error',
    request: { method: 'GET', path: '/v1/api/user/device', headers: json },
    credential: 'own',
    response: { status: 404, body: { message: 'no data error' } },
  },
  {
    title: 'a user is not deleted',
    source: 'ours',
    kind: 'error',
    request: { method: 'DELETE', path: '/v1/api/user', headers: json },
    credential: 'own',
    response: { status: 404, body: { message: 'no data error' } },
  },
];

export const bodies: readonly Exchange[] = [...broken, ...oddities];
