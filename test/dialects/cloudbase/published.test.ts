import { startGateway } from '../../support/gateway';
import { answerTo, done, me, newPerson, newUser, type Gateway } from './people';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const sampleToken =
  'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2FwaS5leGFtcGxlLmNvbSIsInN1YiI6Ijk4NzY1NDMyMTAxMjM0NTY3ODkiLCJhdWQiOiJkZW1vLWFwcC0yZjhhOWMzZTFiNGQiLCJleHAiOjE3MzQ2NzU4ODksImlhdCI6MTczNDY2ODY4OSwic2NvcGUiOiJ1c2VyIn0.dGhpc19pc19hX2Zha2Vfc2lnbmF0dXJlX2Zvcl9leGFtcGxlX3B1cnBvc2VzX29ubHlfZG9fbm90X3VzZV9pbl9wcm9kdWN0aW9uX2Vudmlyb25tZW50X3RoaXNfaXNfbm90X3JlYWxfdG9rZW5fZGF0YQ';

/** The request of the published page, byte for byte. */
const published = {
  headers: {
    Authorization: `Bearer ${sampleToken}`,
    'x-device-id': 'device_123456',
    'Content-Type': 'application/json',
  },
  body: `{
"nickname": "Zhang San",
"username": "zhangsan",
"phone": "+86 13000000000",
"description": "A developer who loves technology",
"avatar_url": "https://example/avatar.jpg",
"gender": "MALE",
"email": "zhangsan@example"
}`,
};

/** What of it cannot be sent as it stands; the README of the dialect says why. */
const substitutions = (token: string) => ({ Authorization: `Bearer ${token}` });

test('the documented request changes what it names, and answers an empty object', async () => {
  const { token, user } = await newPerson(gateway);
  const headers = { ...published.headers, ...substitutions(token) };
  const answer = await answerTo(gateway, 'POST', '/auth/v1/user/basic/edit', {
    headers,
    body: published.body,
  });
  expect(answer).toEqual(done);

  const now = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
  expect(await me(gateway, token)).toEqual({
    status: 200,
    body: {
      sub: String(user.id),
      user_id: String(user.id),
      name: 'Zhang San',
      picture: 'https://example/avatar.jpg',
      username: 'zhangsan',
      email: 'zhangsan@example',
      email_verified: false,
      phone_number: '+86 13000000000',
      gender: 'MALE',
      user_desc: 'A developer who loves technology',
      providers: [],
      groups: [],
      status: 'ACTIVE',
      created_at: now,
      updated_at: now,
      password_updated_at: now,
      last_login: now,
      has_password: true,
      internal_user_type: 'generalUser',
    },
  });
});

test('the documented failure', async () => {
  await newUser(gateway, { username: 'lisi' });
  const { token } = await newPerson(gateway);
  const headers = { ...published.headers, ...substitutions(token) };
  const body = published.body.replace('zhangsan"', 'lisi"');
  expect(await answerTo(gateway, 'POST', '/auth/v1/user/basic/edit', { headers, body })).toEqual({
    status: 409,
    body: {
      error: 'username_already_exists',
      error_code: 409,
      error_description: 'Username already exists',
    },
  });
});

test('the sample token itself opens nothing', async () => {
  expect(await answerTo(gateway, 'POST', '/auth/v1/user/basic/edit', published)).toEqual({
    status: 401,
    body: {
      error: 'unauthenticated',
      error_code: 16,
      error_description: 'Access token is not correct or expired',
    },
  });
});
