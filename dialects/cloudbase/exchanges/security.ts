import type { Exchange } from '../../../src/contract';
import {
  badProof,
  badSudo,
  documented,
  invalid,
  json,
  own,
  refused,
  refusedCall,
  success,
  text,
} from './answers';

/** Signing up and proving a contact; reference 5.1, 9 and 10. What needs a code that was sent is played by the tests. */
export const proofs: readonly Exchange[] = [
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
export const security: readonly Exchange[] = [
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
];

export const lookUps: readonly Exchange[] = [
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
