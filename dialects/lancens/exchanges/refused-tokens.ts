import type { Exchange } from '../../../src/contract';
import { json, refused } from './answers';

const nobody = 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz';
const month = 30 * 24 * 60 * 60;

/** Every call that looks for the token in the header. */
const guarded: readonly (readonly [method: Exchange['request']['method'], path: string])[] = [
  ['GET', '/v1/api/user'],
  ['PUT', '/v1/api/user'],
  ['PUT', '/v1/api/user/username'],
  ['PUT', '/v1/api/user/emailcode/email'],
  ['PUT', '/v1/api/user/emails'],
  ['PUT', '/v1/api/user/password'],
  ['POST', '/v1/api/user/token'],
  ['GET', '/v1/api/user/token'],
  ['DELETE', '/v1/api/user/token'],
  ['PUT', '/v1/api/user/token/<id>'],
  ['DELETE', '/v1/api/user/token/<id>'],
  ['POST', '/v1/api/user/message/token'],
  ['GET', '/v1/api/user/message/token'],
  ['DELETE', '/v1/api/user/message/token'],
  ['PUT', '/v1/api/user/message/token/<id>'],
  ['DELETE', '/v1/api/user/message/token/<id>'],
  ['GET', '/v1/api/selecte/share/friend'],
];

/** The token comes before the body, so that none of these calls needs one. */
const everywhere = guarded.flatMap(([method, path]): Exchange[] => [
  {
    title: `${method} ${path} without a token`,
    source: 'client',
    kind: 'no_credential',
    request: { method, path, headers: json },
    credential: 'none',
    response: refused('no token'),
  },
  {
    title: `${method} ${path} with an unknown token`,
    source: 'documented',
    kind: 'bad_credential',
    request: { method, path, headers: { ...json, token: nobody } },
    credential: 'none',
    response: refused('invalid token'),
  },
  {
    title: `${method} ${path} with a token that a later sign-in has ended`,
    source: 'client',
    kind: 'bad_credential',
    given: 'the user has signed in once more',
    arrange: { session: 'superseded' },
    request: { method, path, headers: json },
    credential: 'own',
    response: refused('no user'),
  },
]);

/** What else may be wrong with a token, at the profile. Each row: what, the answer, how it differs. */
const profile = { method: 'GET', path: '/v1/api/user', headers: json } as const;

const atTheProfile: readonly Exchange[] = [
  {
    title: 'a bearer token is no token',
    source: 'client',
    kind: 'no_credential',
    request: { ...profile, headers: { ...json, authorization: `Bearer ${nobody}` } },
    credential: 'none',
    response: refused('no token'),
  },
  {
    title: 'an empty token is no token',
    source: 'ours',
    kind: 'no_credential',
    request: { ...profile, headers: { ...json, token: '' } },
    credential: 'none',
    response: refused('no token'),
  },
  {
    title: 'a token that is too short to be one is invalid',
    source: 'ours',
    kind: 'bad_credential',
    request: { ...profile, headers: { ...json, token: 'token' } },
    credential: 'none',
    response: refused('invalid token'),
  },
  {
    title: 'a token is invalid once its user has signed out',
    source: 'documented',
    kind: 'bad_credential',
    given: 'the user has signed out',
    arrange: { session: 'ended' },
    request: profile,
    credential: 'own',
    response: refused('invalid token'),
  },
  {
    title: 'a token is invalid after a month',
    source: 'documented',
    kind: 'bad_credential',
    arrange: { elapsed: month + 1 },
    request: profile,
    credential: 'own',
    response: refused('invalid token'),
  },
  {
    title: 'a blocked user is no user',
    source: 'ours',
    kind: 'bad_credential',
    arrange: { own: { status: 'blocked' } },
    request: profile,
    credential: 'own',
    response: refused('no user'),
  },
];

export const refusedTokens: readonly Exchange[] = [...everywhere, ...atTheProfile];
