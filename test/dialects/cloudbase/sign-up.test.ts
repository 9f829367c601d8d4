import { startGateway } from '../../support/gateway';
import { newDevice, newEmail, newPhone, lastCode, prove } from './contacts';
import {
  answerTo,
  edit,
  invalid,
  jwtPart,
  me,
  newName,
  newPerson,
  newUser,
  password,
  post,
  refused,
  signIn,
  tokenResponse,
  type Gateway,
  type Tokens,
} from './people';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const signUp = (body: unknown, headers: Record<string, string> = {}) =>
  post(gateway, '/auth/v1/signup?client_id=demo-env-1', body, { headers });

async function signedUp(body: unknown): Promise<Tokens> {
  const answer = await signUp(body);
  if (answer.status !== 200) throw new Error(`sign-up answered ${JSON.stringify(answer)}`);
  return answer.body as Tokens;
}

describe('signing up', () => {
  test('with a proven e-mail address brings a user with everything that was named', async () => {
    const email = newEmail();
    const username = newName();
    const answer = await signUp({
      email,
      verification_token: await prove(gateway, email),
      verification_code: await lastCode(gateway, email),
      username,
      password,
      name: '张三',
      gender: 'FEMALE',
      picture: 'https://example/avatar.jpg',
      locale: 'zh-CN',
    });
    const tokens = answer.body as Tokens;
    expect(answer).toEqual(tokenResponse(Number(tokens.sub)));
    expect((await me(gateway, tokens.access_token)).body).toMatchObject({
      sub: tokens.sub,
      username,
      email,
      email_verified: true,
      name: '张三',
      gender: 'FEMALE',
      picture: 'https://example/avatar.jpg',
      locale: 'zh-CN',
      has_password: true,
    });
    expect(await signIn(gateway, username)).toMatchObject({ sub: tokens.sub });
  });

  test('with a proven phone number alone is enough', async () => {
    const phone_number = newPhone();
    const tokens = await signedUp({ phone_number, verification_token: await prove(gateway, phone_number) });
    const { body } = await me(gateway, tokens.access_token);
    expect(body).toMatchObject({ phone_number, has_password: false });
    expect(body).not.toHaveProperty('username');
  });

  test('by user name and password alone is refused', async () => {
    expect(await signUp({ username: newName(), password })).toEqual(
      invalid('phone_number or email is required'),
    );
  });

  test.each([
    [{ email: 'a@example.com' }, 'verification_token is required'],
    [{ email: 'a@example.com', verification_token: 5 }, 'verification_token must be a string'],
    [
      { email: 'a@example.com', phone_number: '+86 13000000000', verification_token: 'x' },
      'phone_number or email must be one of the two',
    ],
    [
      { phone_number: '13000000000', verification_token: 'x' },
      'phone_number must be a phone number such as +86 13000000000',
    ],
    [
      { email: 'zhangsan', verification_token: 'x' },
      'email must be an email address of at most 254 characters',
    ],
    [{ email: 'a@example.com', verification_token: 'x', name: 'Z' }, 'name must be 2 to 48 characters'],
    [
      { email: 'a@example.com', verification_token: 'x', name: 'a\u0000b' },
      'name must not contain U+0000 or half a character',
    ],
    [
      { email: 'a@example.com', verification_token: 'x', picture: 'avatar.jpg' },
      'picture must be an http or https URL of at most 2048 characters',
    ],
    [{ email: 'a@example.com', verification_token: 'x', gender: 'male' }, 'gender must be MALE or FEMALE'],
    [
      { email: 'a@example.com', verification_token: 'x', locale: 'x'.repeat(36) },
      'locale must be at most 35 characters',
    ],
    [
      { email: 'a@example.com', verification_token: 'x', username: '13000000000' },
      'username must not read as an email address or a phone number',
    ],
    [
      { email: 'a@example.com', verification_token: 'x', password: 'short' },
      'password must be 6 to 72 bytes without white space at either end',
    ],
    [
      { email: 'a@example.com', verification_token: 'x', anonymous_token: 'x' },
      'anonymous_token must be the access token of an anonymous user',
    ],
    [{ email: 'a@example.com', verification_token: 'none' }, 'verification_token is not correct or expired'],
  ])('needs all that it needs: %j', async (body, description) => {
    expect(await signUp(body)).toEqual(invalid(description));
  });

  test('takes a token for its own contact only, and once', async () => {
    const [email, other] = [newEmail(), newEmail()];
    const verification_token = await prove(gateway, email);
    const bad = invalid('verification_token is not correct or expired');
    expect(await signUp({ email: other, verification_token })).toEqual(bad);
    await signedUp({ email: email.toUpperCase(), verification_token });
    expect(await signUp({ email, verification_token })).toEqual(bad);
  });

  test('takes a token for ten minutes', async () => {
    const email = newEmail();
    const verification_token = await prove(gateway, email);
    gateway.clock.advance(601);
    expect(await signUp({ email, verification_token })).toEqual(
      invalid('verification_token is not correct or expired'),
    );
  });

  test('tells what is taken, and leaves the token good', async () => {
    const [email, username] = [newEmail(), newName()];
    await newUser(gateway, { username });
    const verification_token = await prove(gateway, email);
    expect(await signUp({ email, verification_token, username })).toEqual(
      refused(409, 'username_already_exists', 409, 'Username already exists'),
    );
    await signedUp({ email, verification_token });
    gateway.clock.advance(61);
    expect(await signUp({ email, verification_token: await prove(gateway, email) })).toEqual(
      refused(409, 'already_exists', 6, 'Email already exists'),
    );
  });

  test('through a provider is not enabled', async () => {
    expect(await signUp({ provider_token: 'x' })).toEqual(
      refused(400, 'provider_not_enabled', 4045, 'No identity provider is enabled'),
    );
  });
});

describe('signing in anonymously', () => {
  const anonymously = (device: string | undefined, body: unknown = {}, headers = {}) =>
    post(gateway, '/auth/v1/signin/anonymously?client_id=demo-env-1', body, {
      headers: { ...(device !== undefined && { 'x-device-id': device }), ...headers },
    });

  test('gives the same device the same user, and another one another', async () => {
    const device = newDevice();
    const first = (await anonymously(device)).body as Tokens;
    expect(first).toMatchObject({ token_type: 'Bearer', expires_in: 7200, scope: 'anonymous', groups: [] });
    expect(jwtPart(first.access_token, 1)).toMatchObject({ scope: 'anonymous', name: 'Anonymous' });
    // The SDK signs in again like this, with an empty secret.
    const authorization = `Basic ${Buffer.from('demo-env-1:').toString('base64')}`;
    const again = (await anonymously(device, {}, { authorization })).body as Tokens;
    expect(again.sub).toBe(first.sub);
    const other = (await anonymously(newDevice())).body as Tokens;
    expect(other.sub).not.toBe(first.sub);
    expect((await me(gateway, first.access_token)).body).toMatchObject({
      sub: first.sub,
      name: 'anonymous',
      has_password: false,
    });
  });

  test.each([undefined, 'short', 'x'.repeat(49)])('needs a device: %s', async (device) => {
    expect(await anonymously(device)).toEqual(invalid('x-device-id of 16 to 48 characters is required'));
  });

  test('makes only so many users a day for one address', async () => {
    const known = newDevice();
    const first = (await anonymously(known)).body as Tokens;
    const key = "'anonymous:address:127.0.0.1'";
    await gateway.sql(
      `INSERT INTO verification_sends (target_key, sent_at) SELECT ${key}, $1 FROM generate_series(1, 200)`,
      [gateway.clock.now()],
    );
    expect(await anonymously(newDevice())).toMatchObject({
      status: 429,
      body: { error: 'resource_exhausted', error_code: 8, retry_after: 86_400 },
    });
    expect(await anonymously(known)).toMatchObject({ body: { sub: first.sub } });
    await gateway.sql(`DELETE FROM verification_sends WHERE target_key = ${key}`);
  });

  test('takes nothing that a provider would vouch for', async () => {
    expect(await anonymously(newDevice(), { provider_token: 'x' })).toEqual(
      refused(400, 'provider_not_enabled', 4045, 'No identity provider is enabled'),
    );
  });

  test('can be refreshed', async () => {
    const { refresh_token, sub } = (await anonymously(newDevice())).body as Tokens;
    const body = { grant_type: 'refresh_token', refresh_token };
    expect((await post(gateway, '/auth/v1/token', body)).body).toMatchObject({ scope: 'anonymous', sub });
  });

  test('is the first half of signing up: the user stays the same and the device lets go', async () => {
    const device = newDevice();
    const anonymous = (await anonymously(device)).body as Tokens;
    const email = newEmail();
    const person = await signedUp({
      email,
      verification_token: await prove(gateway, email),
      anonymous_token: anonymous.access_token,
    });
    expect(person).toMatchObject({ sub: anonymous.sub, scope: 'user' });
    expect((await me(gateway, person.access_token)).body).toMatchObject({ email, email_verified: true });
    expect((await me(gateway, person.access_token)).body).not.toHaveProperty('name');
    expect(((await anonymously(device)).body as Tokens).sub).not.toBe(person.sub);
  });

  test('keeps what was set before, when the user signs up', async () => {
    const { access_token: anonymous_token } = (await anonymously(newDevice())).body as Tokens;
    const chosen = { username: newName(), nickname: 'Ann', description: 'B', gender: 'FEMALE' };
    expect(await edit(gateway, anonymous_token, chosen)).toMatchObject({ status: 200 });
    const email = newEmail();
    const verification_token = await prove(gateway, email);
    const person = await signedUp({ email, verification_token, anonymous_token, gender: 'MALE' });
    expect((await me(gateway, person.access_token)).body).toMatchObject({
      username: chosen.username,
      name: 'Ann',
      user_desc: 'B',
      gender: 'MALE',
    });
  });

  test('does not make a nickname of the name that such a user is given', async () => {
    const { access_token: token } = (await anonymously(newDevice())).body as Tokens;
    await edit(gateway, token, { nickname: 'Ann' });
    expect(await edit(gateway, token, { nickname: 'anonymous', gender: 'FEMALE' })).toMatchObject({
      status: 200,
    });
    const path = '/auth/v1/user/profile';
    const answer = await answerTo(gateway, 'PATCH', path, { token, body: { name: 'anonymous' } });
    expect(answer).toMatchObject({ status: 200, body: { name: 'anonymous', gender: 'FEMALE' } });
    const email = newEmail();
    await prove(gateway, email, { token });
    await edit(gateway, token, { email });
    expect((await me(gateway, token)).body).toMatchObject({ name: 'Ann' });
  });

  test('ends with a contact that the user has proven', async () => {
    const device = newDevice();
    const first = (await anonymously(device)).body as Tokens;
    const email = newEmail();
    await edit(gateway, first.access_token, { email });
    expect((await me(gateway, first.access_token)).body).toMatchObject({ name: 'anonymous', email });
    expect(await anonymously(device)).toMatchObject({ body: { sub: first.sub, scope: 'anonymous' } });
    await prove(gateway, email, { token: first.access_token });
    await edit(gateway, first.access_token, { email });
    const { body } = await me(gateway, first.access_token);
    expect(body).toMatchObject({ sub: first.sub, email_verified: true });
    expect(body).not.toHaveProperty('name');
    const { refresh_token } = first;
    const refresh = { grant_type: 'refresh_token', refresh_token };
    expect((await post(gateway, '/auth/v1/token', refresh)).body).toMatchObject({ scope: 'user' });
    expect(((await anonymously(device)).body as Tokens).sub).not.toBe(first.sub);
  });

  test('a person’s token upgrades nobody', async () => {
    const { token } = await newPerson(gateway);
    const email = newEmail();
    const verification_token = await prove(gateway, email);
    expect(await signUp({ email, verification_token, anonymous_token: token })).toEqual(
      invalid('anonymous_token must be the access token of an anonymous user'),
    );
    expect(await edit(gateway, token, {})).toMatchObject({ status: 200 });
  });
});
