import type { Exchange } from '../../../src/contract';
import { created, json, key, refused, success } from './answers';

export const sessions: readonly Exchange[] = [
  {
    title: 'a user registers by name',
    source: 'documented',
    arrange: { nobody: true },
    request: {
      method: 'POST',
      path: '/v1/api/user',
      headers: json,
      body: {
        username: '<new username>',
        password: 'Secret_123',
        realm: 'Nick',
        email: '<new email>',
        phone: '<new phone>',
        apikey: key,
        code: '000000',
      },
    },
    credential: 'none',
    response: created,
  },
  {
    title: 'a user signs in',
    source: 'client',
    given: 'the user has this name and password',
    request: {
      method: 'POST',
      path: '/v1/api/user/login',
      headers: json,
      body: { username: '<username>', password: '<password>' },
    },
    credential: 'none',
    response: {
      status: 201,
      body: { id: '<id>', token: '<token>', reflash_key: '<reflash key>', time: '<time>' },
    },
  },
  {
    title: 'a wrong password is not told from an unknown user',
    source: 'documented',
    request: {
      method: 'POST',
      path: '/v1/api/user/login',
      headers: json,
      body: { username: 'nobody_here', password: 'Wrong_1234' },
    },
    credential: 'none',
    response: refused('username or password error'),
  },
  {
    title: 'the profile has five members',
    source: 'documented',
    given: 'the user registered with a phone number of the default region',
    request: { method: 'GET', path: '/v1/api/user', headers: json },
    credential: 'own',
    response: {
      status: 200,
      body: { id: '<id>', username: '<username>', realm: '<realm>', email: '<email>', phone: '<phone>' },
    },
  },
  {
    title: 'the token in the body signs out',
    source: 'documented',
    given: 'the token was handed to this user at sign-in',
    request: {
      method: 'POST',
      path: '/v1/api/user/logout',
      headers: json,
      body: { username: '<username>', token: '<token>' },
    },
    credential: 'none',
    response: success,
  },
];

const nobody = 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz';

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
  ['PUT', '/v1/api/user/token/1000'],
  ['DELETE', '/v1/api/user/token/1000'],
  ['POST', '/v1/api/user/message/token'],
  ['GET', '/v1/api/user/message/token'],
  ['DELETE', '/v1/api/user/message/token'],
  ['PUT', '/v1/api/user/message/token/1000'],
  ['DELETE', '/v1/api/user/message/token/1000'],
  ['GET', '/v1/api/selecte/share/friend'],
];

export const refusedTokens: readonly Exchange[] = guarded.flatMap(([method, path]): Exchange[] => [
  {
    title: `${method} ${path} without a token`,
    source: 'client',
    request: { method, path, headers: json },
    credential: 'none',
    response: refused('no token'),
  },
  {
    title: `${method} ${path} with a bearer token, which is no token`,
    source: 'client',
    request: { method, path, headers: { ...json, authorization: `Bearer ${nobody}` } },
    credential: 'none',
    response: refused('no token'),
  },
  {
    title: `${method} ${path} with an unknown token`,
    source: 'documented',
    request: { method, path, headers: { ...json, token: nobody } },
    credential: 'none',
    response: refused('invalid token'),
  },
]);
