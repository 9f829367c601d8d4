import type { Contract, Exchange } from '../../src/contract';

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
      body: { grant_type: 'authorization_code', code: 'x', client_id: 'demo-env-1' },
    },
    credential: 'none',
    response: unserved('This grant_type is not enabled'),
  },
  {
    title: 'client credentials without Basic authorization',
    source: 'ours',
    request: {
      method: 'POST',
      path: '/auth/v1/token',
      headers: json,
      body: { grant_type: 'client_credentials', client_id: 'demo-env-1' },
    },
    credential: 'none',
    response: refused(400, 'unauthorized_client', 4022, 'Client credentials are not correct'),
  },
  {
    title: 'an identity provider',
    source: 'ours',
    request: {
      method: 'POST',
      path: '/auth/v1/signin/with/provider',
      query: { client_id: 'demo-env-1' },
      headers: text,
      body: { provider_token: 'x' },
    },
    credential: 'none',
    response: refused(400, 'provider_not_enabled', 4045, 'No identity provider is enabled'),
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

const refusedCall = (
  path: string,
  body: unknown,
  response: Exchange['response'],
  options: Partial<Pick<Exchange, 'source' | 'credential'>> & { method?: 'PATCH' } = {},
): Exchange => ({
  title: `${path.replace('/auth/v1/', '')} refuses ${JSON.stringify(body)}`,
  source: options.source ?? 'ours',
  request: { method: options.method ?? 'POST', path, headers: text, body },
  credential: options.credential ?? 'none',
  response,
});

const badProof = invalid('verification_token is not correct or expired');
const badSudo = refused(403, 'permission_denied', 7, 'bad sudo token');
const documented = { source: 'documented' } as const;
const own = { credential: 'own' } as const;

/** Signing up and proving a contact; reference 5.1, 9 and 10. What needs a code that was sent is played by the tests. */
const proofs: readonly Exchange[] = [
  refusedCall(
    '/auth/v1/signup',
    { username: 'zhangsan', password: 'Secret_123' },
    invalid('phone_number or email is required'),
    documented,
  ),
  refusedCall('/auth/v1/signup', { email: 'zhangsan@example', verification_token: 'none' }, badProof),
  refusedCall('/auth/v1/signin', { username: 'zhangsan@example', verification_token: 'none' }, badProof),
  refusedCall(
    '/auth/v1/signin/anonymously',
    {},
    invalid('x-device-id of 16 to 48 characters is required'),
    documented,
  ),
  refusedCall(
    '/auth/v1/verification',
    { phone_number: '13000000000', target: 'ANY' },
    refused(400, 'invalid_phone_number', 4001, 'phone_number must be a phone number such as +86 13000000000'),
    documented,
  ),
  refusedCall(
    '/auth/v1/verification',
    { email: 'nobody@example', usage: 'recovery', target: 'USER' },
    refused(400, 'user_not_found', 4004, 'User not found'),
    documented,
  ),
  refusedCall(
    '/auth/v1/verification/verify',
    { verification_id: 'none', verification_code: '123456' },
    refused(400, 'invalid_verification_code', 4001, 'Verification code is not correct or expired'),
    documented,
  ),
  refusedCall(
    '/auth/v1/reset',
    { email: 'nobody@example', new_password: 'Changed_123', verification_token: 'none' },
    badProof,
  ),
  refusedCall(
    '/auth/v1/captcha/data/verify',
    { token: 'none', key: 'ab12' },
    refused(400, 'captcha_invalid', 4002, 'The captcha is not correct or expired'),
  ),
];

/** What a signed-in user does about their own safety; reference 9 and 12. */
const security: readonly Exchange[] = [
  refusedCall(
    '/auth/v1/user/sudo',
    { password: 'Wrong_123' },
    refused(400, 'invalid_password', 4001, 'Invalid password'),
    { ...documented, ...own },
  ),
  refusedCall(
    '/auth/v1/user/password',
    { old_password: 'Wrong_123', new_password: 'Changed_123' },
    refused(400, 'invalid_password', 4003, 'Old password is not correct'),
    { ...documented, ...own, method: 'PATCH' },
  ),
  refusedCall(
    '/auth/v1/user/password',
    { sudo_token: 'none', new_password: 'weak' },
    refused(
      400,
      'weak_password',
      4005,
      'new_password must be 8 to 64 characters with an upper case letter, a lower case letter, a digit and a special character',
    ),
    { ...documented, ...own, method: 'PATCH' },
  ),
  refusedCall('/auth/v1/user/password', { sudo_token: 'none', new_password: 'Changed_123' }, badSudo, {
    ...own,
    method: 'PATCH',
  }),
  refusedCall(
    '/auth/v1/user/contact',
    { email: 'zhangsan@example', sudo_token: 'none', verification_token: 'none' },
    badSudo,
    { ...own, method: 'PATCH' },
  ),
  refusedCall(
    '/auth/v1/user/reauthenticate',
    { verify_opt: 'carrier_pigeon' },
    refused(400, 'invalid_argument', 4001, 'verify_opt must be phone_code or email_code'),
    { ...documented, ...own },
  ),
  {
    title: 'nobody is deleted by a bad sudo token',
    source: 'documented',
    request: { method: 'DELETE', path: '/auth/v1/user/me', query: { sudo_token: 'none' } },
    credential: 'own',
    response: badSudo,
  },
  {
    title: 'signing out with a token in the header',
    source: 'client',
    request: { method: 'POST', path: '/auth/v1/user/signout', headers: text, body: {} },
    credential: 'own',
    response: success,
  },
  {
    title: 'signing out leads to where the client asked',
    source: 'documented',
    request: {
      method: 'POST',
      path: '/auth/v1/user/signout',
      headers: json,
      body: { redirect_uri: 'https://example/bye', state: 'x' },
    },
    credential: 'own',
    response: { status: 200, body: { redirect_uri: 'https://example/bye?state=x' } },
  },
  {
    title: 'signing out everywhere',
    source: 'client',
    request: { method: 'DELETE', path: '/auth/v1/user/revoke/all' },
    credential: 'own',
    response: success,
  },
  {
    title: 'signing out a device that there is not',
    source: 'client',
    request: { method: 'DELETE', path: '/auth/v1/user/authorized/devices/0123456789abcdef' },
    credential: 'own',
    response: success,
  },
];

const lookUps: readonly Exchange[] = [
  {
    title: 'a good token speaks of itself',
    source: 'documented',
    request: { method: 'GET', path: '/auth/v1/token/introspect' },
    credential: 'own',
    response: {
      status: 200,
      body: { token_type: 'Bearer', client_id: '<environment>', sub: '<id>', scope: 'user' },
    },
  },
  {
    title: 'a bad token is an empty answer',
    source: 'documented',
    request: {
      method: 'GET',
      path: '/auth/v1/token/introspect',
      headers: { authorization: 'Bearer none' },
    },
    credential: 'none',
    response: success,
  },
  {
    title: 'nobody has this user name',
    source: 'client',
    request: { method: 'GET', path: '/auth/v1/checkIfUserExist', query: { username: 'nobody_here' } },
    credential: 'none',
    response: { status: 200, body: { exist: false } },
  },
  {
    title: 'a look-up of nobody',
    source: 'client',
    request: { method: 'GET', path: '/auth/v1/user/query', query: { username: 'nobody_here' } },
    credential: 'own',
    response: { status: 200, body: { total: 0, data: [] } },
  },
  {
    title: 'a user has no identities',
    source: 'client',
    request: { method: 'GET', path: '/auth/v1/user/provider' },
    credential: 'own',
    response: { status: 200, body: { total: 0, data: [] } },
  },
];

/** What the SDKs of this wire, and programs without one, are promised. */
export const contract: Contract = {
  exchanges: [
    ...documentedEdits,
    ...sessions,
    ...proofs,
    ...security,
    ...lookUps,
    ...refusedCalls,
    ...refusedEdits,
  ],
  problems: {
    identifier_taken: usernameTaken,
    invalid_credentials: wrongCredentials,
    user_blocked: refused(403, 'user_blocked', 7, 'User is blocked'),
    user_pending: refused(403, 'user_pending', 7, 'User is pending'),
    access_token_rejected: unauthenticated,
    refresh_token_rejected: staleRefreshToken,
    permission_denied: refused(403, 'permission_denied', 7, 'Administrator rights are required'),
    user_not_found: refused(404, 'not_found', 5, 'User not found'),
    wrong_password: refused(400, 'invalid_password', 4001, 'Invalid password'),
    verification_code_rejected: refused(
      400,
      'invalid_verification_code',
      4001,
      'Verification code is not correct or expired',
    ),
    proof_rejected: badProof,
    sudo_rejected: badSudo,
    captcha_required: refused(400, 'captcha_required', 4001, 'A captcha is required'),
    captcha_rejected: refused(400, 'captcha_invalid', 4002, 'The captcha is not correct or expired'),
    client_rejected: refused(400, 'unauthorized_client', 4022, 'Client credentials are not correct'),
    device_required: invalid('x-device-id of 16 to 48 characters is required'),
    link_not_allowed: invalid('email_redirect_to must lead to an allowed origin'),
    contact_held: refused(400, 'failed_precondition', 9, 'The contact belongs to another user'),
    delivery_failed: refused(503, 'unavailable', 14, 'The message could not be sent'),
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
    verifyEmailByLink: 'a link of this wire hands a page a proof, which any later call may use',
    checkLink: 'a proof is tried by using it',
    putRecord: 'this wire keeps nothing of its own about users',
    updateRecord: 'this wire keeps nothing of its own about users',
    removeRecords: 'this wire keeps nothing of its own about users',
    listRecords: 'this wire keeps nothing of its own about users',
    changeEmail: 'an edit names the address alone; the proof was shown in an earlier call',
  },
};
