import type { Contract, Exchange, Verdict } from '../../src/contract';

/** How a browser or Node SDK sends JSON: without naming it (reference 1, row 1). */
const text = { 'content-type': 'text/plain;charset=UTF-8' };
const json = { 'content-type': 'application/json' };

const success = { status: 200, body: {} };

const refused = (status: number, error: string, error_code: number, error_description: string) => ({
  status,
  body: { error, error_code, error_description },
});

const invalid = (description: string) => refused(400, 'invalid_argument', 3, description);
const unserved = (description: string) => refused(501, 'unimplemented', 12, description);
const unauthenticated = refused(401, 'unauthenticated', 16, 'Access token is not correct or expired');
const usernameTaken = refused(409, 'username_already_exists', 409, 'Username already exists');
const wrongCredentials = refused(400, 'invalid_username_or_password', 4043, 'Invalid username or password');
const staleRefreshToken = refused(400, 'invalid_grant', 3, 'Refresh token is not correct or expired');

const grant = {
  status: 200,
  body: {
    token_type: 'Bearer',
    access_token: '<access token>',
    refresh_token: '<refresh token>',
    expires_in: 7200,
    scope: 'user',
    sub: '<id>',
    groups: [],
  },
};

/** The published page. Its sample token and its placeholder addresses are replaced as the README's table says. */
const documentedEdits: readonly Exchange[] = [
  {
    title: 'the documented request changes seven fields',
    source: 'documented',
    request: {
      method: 'POST',
      path: '/auth/v1/user/basic/edit',
      headers: { ...json, 'x-device-id': 'device_123456' },
      body: {
        nickname: 'Zhang San',
        username: 'zhangsan',
        phone: '+86 13000000000',
        description: 'A developer who loves technology',
        avatar_url: 'https://example/avatar.jpg',
        gender: 'MALE',
        email: 'zhangsan@example',
      },
    },
    credential: 'own',
    response: success,
  },
  {
    title: 'a user name that somebody has is refused',
    source: 'documented',
    given: 'another user has this user name',
    arrange: { other: 'somebody_else' },
    request: {
      method: 'POST',
      path: '/auth/v1/user/basic/edit',
      headers: json,
      body: { username: '<taken username>' },
    },
    credential: 'own',
    response: usernameTaken,
  },
];

const sessions: readonly Exchange[] = [
  {
    title: 'a user signs in by user name',
    source: 'client',
    given: 'the user has this name and password',
    request: {
      method: 'POST',
      path: '/auth/v1/signin',
      query: { client_id: 'demo-env-1' },
      headers: text,
      body: { username: '<username>', password: '<password>' },
    },
    credential: 'none',
    response: grant,
  },
  {
    title: 'an unknown user is told as a wrong password is',
    source: 'documented',
    request: {
      method: 'POST',
      path: '/auth/v1/signin',
      query: { client_id: 'demo-env-1' },
      headers: text,
      body: { username: 'nobody_here', password: 'Wrong_1234' },
    },
    credential: 'none',
    response: wrongCredentials,
  },
  {
    title: 'the password grant signs in too',
    source: 'documented',
    given: 'the user has this name and password',
    request: {
      method: 'POST',
      path: '/auth/v1/token',
      headers: json,
      body: {
        grant_type: 'password',
        username: '<username>',
        password: '<password>',
        client_id: 'demo-env-1',
      },
    },
    credential: 'none',
    response: grant,
  },
  {
    title: 'a refresh token is exchanged for new tokens',
    source: 'client',
    given: 'the refresh token was handed to this user at sign-in',
    request: {
      method: 'POST',
      path: '/auth/v1/token',
      query: { client_id: 'demo-env-1' },
      headers: text,
      body: {
        client_id: 'demo-env-1',
        client_secret: '',
        grant_type: 'refresh_token',
        refresh_token: '<own refresh token>',
      },
    },
    credential: 'none',
    response: grant,
  },
  {
    title: 'an unknown refresh token is an invalid grant',
    source: 'client',
    request: {
      method: 'POST',
      path: '/auth/v1/token',
      headers: text,
      body: { grant_type: 'refresh_token', refresh_token: 'm.unknown' },
    },
    credential: 'none',
    response: staleRefreshToken,
  },
  {
    title: 'signing out answers an empty object',
    source: 'client',
    request: {
      method: 'POST',
      path: '/auth/v1/revoke',
      query: { client_id: 'demo-env-1' },
      headers: text,
      body: { token: '<own access token>' },
    },
    credential: 'none',
    response: success,
  },
  {
    title: 'signing out without a session does too',
    source: 'ours',
    request: { method: 'POST', path: '/auth/v1/revoke', headers: text, body: {} },
    credential: 'none',
    response: success,
  },
];

const readings: readonly Exchange[] = [
  {
    title: 'the profile of a user who set nothing but what signing in needs',
    source: 'client',
    given: 'the user was made with a password and has signed in',
    arrange: { own: { nickname: '', email: null, phone: null } },
    request: { method: 'GET', path: '/auth/v1/user/me', query: { client_id: 'demo-env-1' }, headers: text },
    credential: 'own',
    response: {
      status: 200,
      body: {
        sub: '<id>',
        user_id: '<id>',
        username: '<username>',
        providers: [],
        groups: [],
        status: 'ACTIVE',
        created_at: '<time>',
        updated_at: '<time>',
        password_updated_at: '<time>',
        last_login: '<time>',
        has_password: true,
        internal_user_type: 'generalUser',
      },
    },
  },
  {
    title: 'the profile of a user who set everything',
    source: 'client',
    given: 'the user has these values and has signed in',
    arrange: {
      own: {
        nickname: 'Zhang San',
        bio: 'A developer who loves technology',
        avatar: 'uploads/1.webp',
        email: 'zhangsan@example',
        phone: '+8613000000000',
        createdAt: new Date('2024-01-02T03:04:05.678Z'),
        updatedAt: new Date('2024-02-03T04:05:06.789Z'),
        lastSignInAt: new Date('2024-03-04T05:06:07Z'),
      },
    },
    request: { method: 'GET', path: '/auth/v1/user/me', query: { client_id: 'demo-env-1' }, headers: text },
    credential: 'own',
    response: {
      status: 200,
      body: {
        sub: '<id>',
        user_id: '<id>',
        name: 'Zhang San',
        picture: '<own upload>',
        username: '<username>',
        email: 'zhangsan@example',
        email_verified: false,
        phone_number: '+86 13000000000',
        user_desc: 'A developer who loves technology',
        providers: [],
        groups: [],
        status: 'ACTIVE',
        created_at: '2024-01-02T03:04:05.678Z',
        updated_at: '2024-02-03T04:05:06.789Z',
        password_updated_at: '<time>',
        last_login: '2024-03-04T05:06:07.000Z',
        has_password: true,
        internal_user_type: 'generalUser',
      },
    },
  },
  {
    title: 'the keys that verify access tokens',
    source: 'ours',
    request: { method: 'GET', path: '/auth/v1/certs' },
    credential: 'none',
    response: {
      status: 200,
      body: {
        keys: [{ kty: 'RSA', n: '<modulus>', e: 'AQAB', kid: '<key id>', alg: 'RS256', use: 'sig' }],
      },
    },
  },
];

const refusedCalls: readonly Exchange[] = [
  {
    title: 'no token',
    source: 'client',
    request: { method: 'GET', path: '/auth/v1/user/me' },
    credential: 'none',
    response: refused(401, 'unauthenticated', 16, 'Access token is required'),
  },
  {
    title: 'a token that is none',
    source: 'client',
    request: { method: 'GET', path: '/auth/v1/user/me', headers: { authorization: 'Bearer none' } },
    credential: 'none',
    response: unauthenticated,
  },
  {
    title: 'a path of version 2',
    source: 'ours',
    request: { method: 'POST', path: '/auth/v2/signin/username', headers: text, body: {} },
    credential: 'none',
    response: unserved('This call is not implemented'),
  },
  {
    title: 'a grant that is not enabled',
    source: 'ours',
    request: {
      method: 'POST',
      path: '/auth/v1/token',
      headers: json,
      body: { grant_type: 'client_credentials', client_id: 'demo-env-1' },
    },
    credential: 'none',
    response: unserved('This grant_type is not enabled'),
  },
];

const refusedEdit = (body: unknown, description: string): Exchange => ({
  title: `${JSON.stringify(body)} is refused`,
  source: 'ours',
  request: { method: 'POST', path: '/auth/v1/user/basic/edit', headers: json, body },
  credential: 'own',
  response: invalid(description),
});

const usernameForm =
  'username must be 2 to 48 letters, digits, spaces and - _ . : +, the first a letter or digit, the last no space';

const refusedEdits: readonly Exchange[] = [
  refusedEdit({ nickname: 5 }, 'nickname must be a string'),
  refusedEdit({ nickname: 'Z' }, 'nickname must be 2 to 48 characters'),
  refusedEdit({ nickname: '' }, 'nickname must be 2 to 48 characters'),
  refusedEdit({ username: 'z' }, usernameForm),
  refusedEdit({ username: '张三' }, usernameForm),
  refusedEdit({ username: 'zhang@san' }, usernameForm),
  refusedEdit({ username: '13000000000' }, 'username must not read as an email address or a phone number'),
  refusedEdit({ phone: '13000000000' }, 'phone must be a phone number such as +86 13000000000'),
  refusedEdit(
    { avatar_url: 'avatar.jpg' },
    'avatar_url must be an http or https URL of at most 2048 characters',
  ),
  refusedEdit({ gender: 'male' }, 'gender must be MALE or FEMALE'),
  refusedEdit({ email: 'zhangsan' }, 'email must be an email address of at most 254 characters'),
  refusedEdit({ user_id: 1000 }, 'user_id must be a string'),
  {
    title: 'a body that is no JSON',
    source: 'ours',
    request: { method: 'POST', path: '/auth/v1/user/basic/edit', headers: json, body: '{"nickname":' },
    credential: 'own',
    response: invalid('The request body must be a JSON object'),
  },
  {
    title: 'an edit of nothing',
    source: 'ours',
    request: { method: 'POST', path: '/auth/v1/user/basic/edit', headers: json, body: {} },
    credential: 'own',
    response: success,
  },
];

const isText = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);

/** SDKs tell a failure by `error`, whatever its status, and take a member `code` for one of another kind. */
function judge(status: number, body: unknown): Verdict {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'foreign';
  const { error, error_code, error_description } = body as Record<string, unknown>;
  if (error === undefined) return status === 200 && !('code' in body) ? 'success' : 'foreign';
  const isWhole =
    isText(/./)(error) && Number.isInteger(error_code) && isText(/./)(error_description) && status >= 400;
  return isWhole ? 'failure' : 'foreign';
}

/** What the SDKs of this wire, and programs without one, are promised. */
export const contract: Contract = {
  exchanges: [...documentedEdits, ...sessions, ...readings, ...refusedCalls, ...refusedEdits],
  placeholders: {
    '<id>': (value, { userId }) => value === String(userId),
    '<access token>': isText(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    '<refresh token>': isText(/^m\.[\w-]{1,126}$/),
    '<time>': isText(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    '<own upload>': (value, { publicUrl }) => value === `${publicUrl}/uploads/1.webp`,
    '<modulus>': isText(/^[\w-]{342,}$/),
    '<key id>': isText(/^[\w-]+$/),
  },
  judge,
  problems: {
    'identifier_taken username': usernameTaken,
    'identifier_taken email': refused(409, 'already_exists', 6, 'Email already exists'),
    'identifier_taken phone': refused(409, 'already_exists', 6, 'Phone number already exists'),
    'invalid_field username': invalid(usernameForm),
    'invalid_field email': invalid('email must be an email address of at most 254 characters'),
    'invalid_field phone': invalid('phone must be a phone number such as +86 13000000000'),
    invalid_credentials: wrongCredentials,
    user_blocked: refused(403, 'user_blocked', 7, 'User is blocked'),
    user_pending: refused(403, 'user_pending', 7, 'User is pending'),
    access_token_rejected: unauthenticated,
    refresh_token_rejected: staleRefreshToken,
    permission_denied: refused(403, 'permission_denied', 7, 'Administrator rights are required'),
    user_not_found: refused(404, 'not_found', 5, 'User not found'),
    storage_failed: refused(500, 'internal', 13, 'Internal error'),
    malformed_body: invalid('The request body must be a JSON object'),
    body_too_large: invalid('The request body is too large'),
    no_such_route: unserved('This call is not implemented'),
    unexpected: refused(500, 'internal', 13, 'Internal error'),
  },
  unsupported: {
    renewSession: 'a new access token is had for a refresh token only',
    replaceAvatar: 'pictures are given as URLs, never uploaded',
    requestEmailChange: 'a code proves a contact for any later call; it is not bound to a change',
    changeEmail: 'an edit names the address alone; the proof was shown in an earlier call',
  },
  gaps: {
    registerUser: 'signing up asks for a verified contact, and the calls that verify one are not served yet',
  },
};
