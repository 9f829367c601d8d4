import type { Exchange } from '../../../src/contract';
import { exchange, failure, found } from './answers';

const nothing = failure('Not Found', -1, 404);

/** What the pages of one's own machine may send and read (reference 2.3). */
const admitted = {
  'access-control-allow-origin': 'http://localhost:5173',
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'Content-Disposition,Update-Token',
  'access-control-allow-methods': 'GET,POST,PUT,DELETE,PATCH,OPTIONS',
  'access-control-allow-headers':
    'Content-Type, Api, Accept, Authorization, Version, Admin, Token, Key, Site-Id, Sub-Site-Id, X-Pjax, X-Pjax-Container',
};

/** Addresses that are no call, and answers that need none (reference 2.1, 2.4). */
export const elsewhere: readonly Exchange[] = [
  ...(
    [
      ['GET', '/api/nothing'],
      ['GET', '/api'],
      ['GET', '/api/user/nothing'],
      ['POST', '/api/login/'],
      ['GET', '/api/login'],
      ['POST', '/api/captcha'],
      ['PUT', '/api/user/detail'],
      ['PATCH', '/api/user/detail'],
      ['DELETE', '/api/user/detail'],
      ['GET', '/api/user/avatar'],
      ['POST', '/logout'],
      ['GET', '/logout/all'],
    ] as const
  ).map(([method, path]) =>
    exchange(`${method} ${path} is no call`, { method, path }, nothing, { source: 'ours', kind: 'error' }),
  ),
  ...['/api/login', '/api/user/detail', '/logout', '/api/nothing'].map((path) =>
    exchange(
      `any OPTIONS is answered empty: ${path}`,
      { method: 'OPTIONS', path, headers: { Origin: 'http://localhost:5173' } },
      { status: 204, headers: admitted, body: undefined },
      { source: 'server', kind: 'success' },
    ),
  ),
  ...(
    [
      ['GET', '/api/captcha'],
      ['GET', '/logout'],
      ['POST', '/api/user/detail'],
      ['GET', '/api/nothing'],
    ] as const
  ).map(([method, path]) =>
    exchange(
      `a language in the query is kept: ${method} ${path}`,
      { method, path, query: { lang: 'en', return: 'json' } },
      {
        status: 307,
        headers: { location: `${path}?return=json`, 'set-cookie': '<language_cookie>' },
        body: undefined,
      },
      { source: 'server', kind: 'success' },
    ),
  ),
  exchange(
    'an empty language in the query is none',
    { method: 'GET', path: '/api/captcha', query: { lang: '' } },
    found({ captcha_off: true }),
    { source: 'server', kind: 'boundary' },
  ),
];
