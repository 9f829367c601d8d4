import type { TokenRejection } from '../../../src/core';
import type { WireProblem, WireResponse } from '../../../src/dialect';
import { errors } from '../../../dialects/cloudbase/errors';
import { actionOf, metaOf } from './support';

function render(problem: WireProblem): WireResponse {
  const renderer = errors[problem.code] as (
    problem: WireProblem,
    meta: ReturnType<typeof metaOf>,
  ) => WireResponse;
  return renderer(problem, metaOf());
}

const rows: readonly [WireProblem, number, string, number, string][] = [
  [
    { code: 'invalid_field', field: 'nickname', rule: 'length' },
    400,
    'invalid_argument',
    3,
    'nickname must be 2 to 48 characters',
  ],
  [
    { code: 'invalid_field', field: 'bio', rule: 'length' },
    400,
    'invalid_argument',
    3,
    'description must be at most 1000 characters',
  ],
  [
    { code: 'invalid_field', field: 'phone', rule: 'format' },
    400,
    'invalid_argument',
    3,
    'phone must be a phone number such as +86 13000000000',
  ],
  [
    { code: 'invalid_field', field: 'username', rule: 'reserved' },
    400,
    'invalid_argument',
    3,
    'username must not read as an email address or a phone number',
  ],
  [
    { code: 'invalid_field', field: 'realName', rule: 'length' },
    400,
    'invalid_argument',
    3,
    'realName is not valid',
  ],
  [{ code: 'contact_required' }, 400, 'invalid_argument', 3, 'phone_number or email is required'],
  [
    { code: 'identifier_taken', identifier: 'username' },
    409,
    'username_already_exists',
    409,
    'Username already exists',
  ],
  [{ code: 'identifier_taken', identifier: 'email' }, 409, 'already_exists', 6, 'Email already exists'],
  [
    { code: 'identifier_taken', identifier: 'phone' },
    409,
    'already_exists',
    6,
    'Phone number already exists',
  ],
  [
    { code: 'invalid_credentials' },
    400,
    'invalid_username_or_password',
    4043,
    'Invalid username or password',
  ],
  [{ code: 'wrong_password' }, 400, 'invalid_password', 4001, 'Invalid password'],
  [{ code: 'user_blocked' }, 403, 'user_blocked', 7, 'User is blocked'],
  [{ code: 'user_pending' }, 403, 'user_pending', 7, 'User is pending'],
  [
    { code: 'access_token_rejected', reason: 'missing' },
    401,
    'unauthenticated',
    16,
    'Access token is required',
  ],
  [{ code: 'refresh_token_rejected' }, 400, 'invalid_grant', 3, 'Refresh token is not correct or expired'],
  [{ code: 'permission_denied' }, 403, 'permission_denied', 7, 'Administrator rights are required'],
  [{ code: 'user_not_found' }, 404, 'not_found', 5, 'User not found'],
  [
    { code: 'verification_code_rejected', reason: 'wrong' },
    400,
    'invalid_verification_code',
    4001,
    'Verification code is not correct or expired',
  ],
  [
    { code: 'contact_unverified', identifier: 'email' },
    400,
    'failed_precondition',
    9,
    'email must be verified first',
  ],
  [
    { code: 'contact_unverified', identifier: 'phone' },
    400,
    'failed_precondition',
    9,
    'phone must be verified first',
  ],
  [{ code: 'proof_rejected' }, 400, 'invalid_argument', 3, 'verification_token is not correct or expired'],
  [{ code: 'sudo_rejected' }, 403, 'permission_denied', 7, 'bad sudo token'],
  [{ code: 'captcha_required' }, 400, 'captcha_required', 4001, 'A captcha is required'],
  [{ code: 'captcha_rejected' }, 400, 'captcha_invalid', 4002, 'The captcha is not correct or expired'],
  [{ code: 'client_rejected' }, 400, 'unauthorized_client', 4022, 'Client credentials are not correct'],
  [{ code: 'api_key_rejected' }, 403, 'permission_denied', 7, 'The key is not valid'],
  [{ code: 'device_required' }, 400, 'invalid_argument', 3, 'x-device-id of 16 to 48 characters is required'],
  [{ code: 'record_not_found' }, 404, 'not_found', 5, 'Not found'],
  [
    { code: 'link_not_allowed' },
    400,
    'invalid_argument',
    3,
    'email_redirect_to must lead to an allowed origin',
  ],
  [{ code: 'contact_held' }, 400, 'failed_precondition', 9, 'The contact belongs to another user'],
  [{ code: 'delivery_failed', channel: 'email' }, 503, 'unavailable', 14, 'The message could not be sent'],
  [{ code: 'avatar_rejected', reason: 'empty' }, 400, 'invalid_argument', 3, 'The image is not valid'],
  [{ code: 'storage_failed' }, 500, 'internal', 13, 'Internal error'],
  [
    { code: 'invalid_member', member: 'password', rule: 'missing' },
    400,
    'invalid_argument',
    3,
    'password is required',
  ],
  [
    { code: 'invalid_member', member: 'email', rule: 'type' },
    400,
    'invalid_argument',
    3,
    'email must be a string',
  ],
  [
    { code: 'malformed_body', detail: 'x' },
    400,
    'invalid_argument',
    3,
    'The request body must be a JSON object',
  ],
  [
    { code: 'malformed_upload', reason: 'empty' },
    400,
    'invalid_argument',
    3,
    'The request body must be a JSON object',
  ],
  [{ code: 'body_too_large' }, 400, 'invalid_argument', 3, 'The request body is too large'],
  [{ code: 'no_such_route' }, 501, 'unimplemented', 12, 'This call is not implemented'],
  [{ code: 'not_served' }, 501, 'unimplemented', 12, 'This call is not enabled'],
  [{ code: 'unexpected' }, 500, 'internal', 13, 'Internal error'],
];

test.each(rows)('%j answers %d %s %d', (problem, status, error, error_code, error_description) => {
  expect(render(problem)).toEqual({ status, body: { error, error_code, error_description } });
});

test.each([
  ['nickname', 'nickname must not contain U+0000 or half a character'],
  ['bio', 'description must not contain U+0000 or half a character'],
] as const)(
  'text in %s that cannot be stored is told from text of a bad length',
  (field, error_description) => {
    expect(render({ code: 'invalid_field', field, rule: 'format' })).toEqual({
      status: 400,
      body: { error: 'invalid_argument', error_code: 3, error_description },
    });
  },
);

test.each<TokenRejection>([
  'malformed',
  'expired',
  'unknown',
  'ended',
  'superseded',
  'user_blocked',
  'user_gone',
])('a token that is %s answers as every other bad one', (reason) => {
  expect(render({ code: 'access_token_rejected', reason })).toEqual({
    status: 401,
    body: {
      error: 'unauthenticated',
      error_code: 16,
      error_description: 'Access token is not correct or expired',
    },
  });
});

test('a limit tells when to come back, to SDKs and to everything else', () => {
  expect(render({ code: 'too_many_requests', what: 'sign_in', retryAfterSeconds: 30 })).toEqual({
    status: 429,
    headers: { 'retry-after': '30' },
    body: {
      error: 'invalid_status',
      error_code: 8,
      error_description: 'Too many failed attempts, try again later',
      retry_after: 30,
    },
  });
  expect(
    render({ code: 'too_many_requests', what: 'verification_code', retryAfterSeconds: 60 }),
  ).toMatchObject({
    status: 429,
    body: { error: 'rate_limit_exceeded', error_code: 4029, retry_after: 60 },
  });
});

test('every problem is tried here', () => {
  const tried = new Set<string>(rows.map(([problem]) => problem.code));
  expect(Object.keys(errors).filter((code) => !tried.has(code))).toEqual(['too_many_requests']);
});

test.each([
  ['/auth/v1/signin', 'signIn', 'Encrypted sign-in is not enabled'],
  ['/auth/v1/signin', 'signInByProof', 'Encrypted sign-in is not enabled'],
  ['/auth/v1/token', 'signInClient', 'Only Basic authorization is enabled'],
  ['/auth/v1/token', 'refreshSession', 'This grant_type is not enabled'],
  [
    '/auth/v1/user/profile',
    'updateProfile',
    'Only name, username, phone_number, user_desc, picture, gender, email and locale are kept',
  ],
  ['/auth/v1/user/basic/edit', 'updateProfile', 'Changing the password through this call is not enabled'],
] as const)('%s says what it does not serve', (path, operation, error_description) => {
  expect(actionOf(path, operation).errors?.not_served?.({ code: 'not_served' }, metaOf())).toEqual({
    status: 501,
    body: { error: 'unimplemented', error_code: 12, error_description },
  });
});
