import type { Contract, Exchange, Verdict } from '../../src/contract';

const refused = (message: string) => ({ status: 400, body: { message } });
const exist = (what: string) => refused(`${what} exist`);
const success = { status: 200, body: { message: 'success' } };
const json = { accept: 'application/json', 'content-type': 'application/json' };

/** The documented requests. Their page names no answer; a status of 200 with this body is our choice (reference 5.2). */
const documentedUpdates: readonly Exchange[] = [
  {
    title: 'the nickname is updated',
    source: 'documented',
    request: { method: 'PUT', path: '/v1/api/user', headers: json, body: '{  "realm": "string"}' },
    credential: 'own',
    response: success,
  },
  {
    title: 'the user name is updated',
    source: 'documented',
    given: 'nobody else has the user name `string`',
    request: {
      method: 'PUT',
      path: '/v1/api/user/username',
      headers: json,
      body: '{  "username": "string"}',
    },
    credential: 'own',
    response: success,
  },
  {
    title: 'a code is mailed to the new address',
    source: 'documented',
    request: {
      method: 'PUT',
      path: '/v1/api/user/emailcode/email',
      headers: json,
      body: { email: '<new email>' },
    },
    credential: 'own',
    response: success,
  },
  {
    title: 'the code from the mail changes the address',
    source: 'documented',
    given: 'a code was mailed to the new address',
    request: {
      method: 'PUT',
      path: '/v1/api/user/emails',
      headers: json,
      body: { code: '<mailed code>', email: '<new email>' },
    },
    credential: 'own',
    response: success,
  },
];

const sessions: readonly Exchange[] = [
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
        apikey: '0123456789abcdef0123456789abcdef',
        code: '000000',
      },
    },
    credential: 'none',
    response: { status: 201, body: { message: 'success' } },
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

const refusedTokens: readonly Exchange[] = [
  {
    title: 'no token',
    source: 'client',
    request: { method: 'PUT', path: '/v1/api/user', headers: json, body: { realm: 'Nick' } },
    credential: 'none',
    response: refused('no token'),
  },
  {
    title: 'a bearer token is no token',
    source: 'client',
    request: {
      method: 'PUT',
      path: '/v1/api/user',
      headers: { ...json, authorization: `Bearer ${nobody}` },
      body: { realm: 'Nick' },
    },
    credential: 'none',
    response: refused('no token'),
  },
  {
    title: 'an unknown token',
    source: 'documented',
    request: {
      method: 'PUT',
      path: '/v1/api/user',
      headers: { ...json, token: nobody },
      body: { realm: 'Nick' },
    },
    credential: 'none',
    response: refused('invalid token'),
  },
];

const refusedValue = (path: string, body: unknown, message: string): Exchange => ({
  title: `PUT ${path} ${JSON.stringify(body)} answers ${message}`,
  source: 'documented',
  request: { method: 'PUT', path, headers: json, body },
  credential: 'own',
  response: refused(message),
});

const refusedValues: readonly Exchange[] = [
  refusedValue('/v1/api/user', {}, 'undefined realm'),
  refusedValue('/v1/api/user', { realm: 5 }, 'realm format error'),
  refusedValue('/v1/api/user', { realm: '' }, 'realm length error'),
  refusedValue('/v1/api/user', { realm: 'abcdefghijklmnopqrstuvwxyz0123456' }, 'realm length error'),
  refusedValue('/v1/api/user', { realm: '叮叮智能叮叮智能叮叮智' }, 'realm length error'),
  refusedValue('/v1/api/user/username', {}, 'undefined username'),
  refusedValue('/v1/api/user/username', { username: 'abcde' }, 'username length error'),
  refusedValue('/v1/api/user/username', { username: '1234567' }, 'username error'),
  refusedValue('/v1/api/user/username', { username: 'bad name' }, 'username error'),
  refusedValue('/v1/api/user/username', { username: 'a-bcdef' }, 'username error'),
  refusedValue('/v1/api/user/emailcode/email', {}, 'undefined email'),
  refusedValue('/v1/api/user/emailcode/email', { email: 'string' }, 'email format error'),
  refusedValue('/v1/api/user/emails', {}, 'undefined code'),
  refusedValue('/v1/api/user/emails', { code: '123456', email: 'never.asked@example.com' }, 'code error'),
  {
    title: 'a body that is no JSON',
    source: 'ours',
    request: { method: 'PUT', path: '/v1/api/user', headers: json, body: '{"realm":' },
    credential: 'own',
    response: refused('paramer error'),
  },
];

const isKey = (value: unknown): boolean => typeof value === 'string' && /^[a-z0-9]{32}$/.test(value);

const isPlain = (body: unknown): body is Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null;

/** A failure is told by the status; its body has one member. No success holds a member that a client takes for a failure. */
function judge(status: number, body: unknown): Verdict {
  if (status === 304 && body === undefined) return 'success';
  if (!isPlain(body) || Array.isArray(body)) return 'foreign';
  if (status === 200 || status === 201) return 'code' in body || 'data' in body ? 'foreign' : 'success';
  const isRefusal = [400, 401, 404, 500].includes(status) && typeof body.message === 'string';
  return isRefusal && Object.keys(body).length === 1 ? 'failure' : 'foreign';
}

/** What shipped clients of this wire are promised. */
export const contract: Contract = {
  exchanges: [...documentedUpdates, ...sessions, ...refusedTokens, ...refusedValues],
  placeholders: {
    '<id>': (value, { userId }) => value === userId,
    '<token>': isKey,
    '<reflash key>': isKey,
    '<time>': (value) => Number.isInteger(value) && Number(value) > Date.now() / 1000,
  },
  judge,
  problems: {
    'invalid_field username': refused('username error'),
    'identifier_taken username': exist('username'),
    'requestEmailChange: identifier_taken email': exist('email'),
    'registerUser: identifier_taken username': exist('user'),
    'registerUser: identifier_taken email': exist('email'),
    'registerUser: identifier_taken phone': exist('phone'),
    'too_many_requests verification_code': refused('send error'),
    malformed_body: refused('paramer error'),
    body_too_large: refused('paramer error'),
    no_such_route: { status: 404, body: { message: 'no data error' } },
    invalid_credentials: refused('username or password error'),
    user_blocked: refused('username or password error'),
    user_pending: refused('username or password error'),
    access_token_rejected: refused('invalid token'),
    verification_code_rejected: refused('code error'),
    delivery_failed: refused('send error'),
    storage_failed: { status: 500, body: { message: '10001' } },
    unexpected: { status: 500, body: { message: 'paramer error' } },
  },
  unsupported: {
    renewSession: 'A token lives for a month and is replaced by signing in again',
    refreshSession: 'The wire hands out a refresh string and has no call that takes it',
    replaceAvatar: 'Users of this wire have no picture',
    listPublicKeys: 'Tokens are opaque',
  },
};
