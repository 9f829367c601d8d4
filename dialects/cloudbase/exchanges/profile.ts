import type { Exchange } from '../../../src/contract';
import { invalid, json, success, text, usernameForm, usernameTaken } from './answers';

/** The published page. Its sample token and its placeholder addresses are replaced as the README's table says. */
export const documentedEdits: readonly Exchange[] = [
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

export const readings: readonly Exchange[] = [
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

const refusedEdit = (body: unknown, description: string): Exchange => ({
  title: `${JSON.stringify(body)} is refused`,
  source: 'ours',
  request: { method: 'POST', path: '/auth/v1/user/basic/edit', headers: json, body },
  credential: 'own',
  response: invalid(description),
});

export const refusedEdits: readonly Exchange[] = [
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
