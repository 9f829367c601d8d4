import type { Exchange } from '../../../src/contract';
import { json, success, text } from './answers';

const newGrant = (scope: string) => ({
  status: 200,
  body: {
    token_type: 'Bearer',
    access_token: '<access token>',
    refresh_token: '<refresh token>',
    expires_in: 7200,
    scope,
    sub: '<new id>',
    groups: [],
  },
});

const device = '0123456789abcdef0123456789abcdef';

/** From a code to what its proof is good for; reference 5.1, 9.3, 9.4 and 10. */
const byProof: readonly Exchange[] = [
  {
    title: 'a code is sent to an address that nobody has',
    source: 'client',
    request: {
      method: 'POST',
      path: '/auth/v1/verification',
      query: { client_id: 'demo-env-1' },
      headers: text,
      body: { email: '<new email>', target: 'ANY' },
    },
    credential: 'none',
    response: {
      status: 200,
      body: { verification_id: '<verification id>', expires_in: 600, is_user: false },
    },
  },
  {
    title: 'the code gives a token',
    source: 'client',
    given: 'the code was sent for this request',
    arrange: { proof: 'requested' },
    request: {
      method: 'POST',
      path: '/auth/v1/verification/verify',
      query: { client_id: 'demo-env-1' },
      headers: text,
      body: { verification_id: '<verification id>', verification_code: '<sent code>' },
    },
    credential: 'none',
    response: { status: 200, body: { verification_token: '<verification token>', expires_in: 600 } },
  },
  {
    title: 'the token signs up',
    source: 'client',
    given: 'the token proves the new address',
    arrange: { proof: 'redeemed' },
    request: {
      method: 'POST',
      path: '/auth/v1/signup',
      query: { client_id: 'demo-env-1' },
      headers: text,
      body: {
        email: '<new email>',
        verification_token: '<verification token>',
        verification_code: '<sent code>',
        password: 'Secret_123',
      },
    },
    credential: 'none',
    response: newGrant('user'),
  },
  {
    title: 'the token recovers a password',
    source: 'client',
    given: 'the token proves the address, which is the user’s',
    request: {
      method: 'POST',
      path: '/auth/v1/reset',
      query: { client_id: 'demo-env-1' },
      headers: text,
      body: {
        email: '<email>',
        new_password: 'Changed_123',
        verification_token: '<proof token>',
      },
    },
    credential: 'none',
    response: success,
  },
  {
    title: 'the token and a sudo token bind a contact',
    source: 'client',
    given: 'the token proves the new address, and the user was confirmed',
    arrange: { proof: 'redeemed', sudo: true },
    request: {
      method: 'PATCH',
      path: '/auth/v1/user/contact',
      headers: text,
      body: { email: '<new email>', sudo_token: '<sudo token>', verification_token: '<verification token>' },
    },
    credential: 'own',
    response: success,
  },
];

/** What a password confirms, and what that is good for; reference 9. */
const bySudo: readonly Exchange[] = [
  {
    title: 'the password gives a sudo token',
    source: 'documented',
    request: {
      method: 'POST',
      path: '/auth/v1/user/sudo',
      headers: text,
      body: { password: '<password>' },
    },
    credential: 'own',
    response: { status: 200, body: { sudo_token: '<sudo token>', expires_in: 900 } },
  },
  {
    title: 'a sudo token changes the password',
    source: 'client',
    given: 'the user was confirmed',
    arrange: { sudo: true },
    request: {
      method: 'PATCH',
      path: '/auth/v1/user/password',
      headers: text,
      body: { sudo_token: '<sudo token>', new_password: 'Changed_123' },
    },
    credential: 'own',
    response: success,
  },
  {
    title: 'a sudo token deletes the user',
    source: 'documented',
    given: 'the user was confirmed',
    arrange: { sudo: true },
    request: { method: 'DELETE', path: '/auth/v1/user/me', query: { sudo_token: '<sudo token>' } },
    credential: 'own',
    response: success,
  },
  {
    title: 're-authentication sends a code to the own address',
    source: 'documented',
    given: 'the user has an address',
    request: {
      method: 'POST',
      path: '/auth/v1/user/reauthenticate',
      headers: json,
      body: { verify_opt: 'email_code' },
    },
    credential: 'own',
    response: success,
  },
];

/** Callers that are no persons, and the proof of being one; reference 5.3, 6.2 and 11. */
const others: readonly Exchange[] = [
  {
    title: 'a device signs in anonymously',
    source: 'documented',
    request: {
      method: 'POST',
      path: '/auth/v1/signin/anonymously',
      query: { client_id: 'demo-env-1' },
      headers: { ...text, 'x-device-id': device },
      body: {},
    },
    credential: 'none',
    response: newGrant('anonymous'),
  },
  {
    title: 'a program gets its token',
    source: 'documented',
    given: 'the credentials are those of a program',
    arrange: { client: true },
    request: {
      method: 'POST',
      path: '/auth/v1/token/clientCredential',
      headers: { ...json, authorization: '<client credentials>' },
      body: { grant_type: 'client_credentials' },
    },
    credential: 'none',
    response: {
      status: 200,
      body: { token_type: 'Bearer', access_token: '<access token>', expires_in: 432_000 },
    },
  },
  {
    title: 'a picture is drawn',
    source: 'documented',
    request: { method: 'POST', path: '/auth/v1/captcha/data', headers: json, body: {} },
    credential: 'none',
    response: {
      status: 200,
      body: { data: '<picture>', type: 'image', token: '<captcha>', expires_in: 300 },
    },
  },
  {
    title: 'its text gives a pass',
    source: 'documented',
    given: 'the picture shows this text',
    arrange: { captcha: 'drawn' },
    request: {
      method: 'POST',
      path: '/auth/v1/captcha/data/verify',
      headers: json,
      body: { token: '<captcha>', key: '<captcha text>' },
    },
    credential: 'none',
    response: { status: 200, body: { captcha_token: '<captcha pass>', expires_in: 600 } },
  },
];

const small: readonly Exchange[] = [
  {
    title: 'an edit in the names of the profile answers the profile',
    source: 'client',
    arrange: {
      own: {
        username: 'zhang_san',
        nickname: 'San',
        email: null,
        phone: null,
        createdAt: new Date('2024-01-02T03:04:05.678Z'),
      },
    },
    request: {
      method: 'PATCH',
      path: '/auth/v1/user/profile',
      headers: text,
      body: { name: 'Zhang San' },
    },
    credential: 'own',
    response: {
      status: 200,
      body: {
        sub: '<id>',
        user_id: '<id>',
        name: 'Zhang San',
        username: 'zhang_san',
        providers: [],
        groups: [],
        status: 'ACTIVE',
        created_at: '2024-01-02T03:04:05.678Z',
        updated_at: '<time>',
        password_updated_at: '<time>',
        last_login: '<time>',
        has_password: true,
        internal_user_type: 'generalUser',
      },
    },
  },
  {
    title: 'a free user name is nothing to speak of',
    source: 'ours',
    request: { method: 'GET', path: '/auth/v1/checkUsername', query: { username: 'nobody_here' } },
    credential: 'own',
    response: success,
  },
  {
    title: 'a device that no session is on can be signed out',
    source: 'client',
    request: { method: 'DELETE', path: '/auth/v1/user/authorized/devices/0123456789abcdef0123456789abcdef' },
    credential: 'own',
    response: success,
  },
  {
    title: 'nothing happened under an unknown name',
    source: 'ours',
    request: {
      method: 'GET',
      path: '/auth/v1/user/security/history',
      query: { 'query[action]': 'NOTHING', limit: '10' },
    },
    credential: 'own',
    response: { status: 200, body: { data: [] } },
  },
];

/** One good answer of every call that needs something to be so beforehand, and of the small ones. */
export const successes: readonly Exchange[] = [...byProof, ...bySudo, ...others, ...small];
