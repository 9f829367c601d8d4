import { startGateway } from '../../support/gateway';
import { failSignIn, lastCode, newDevice, newEmail, newPhone, passCaptcha, prove, sudo } from './contacts';
import {
  answerTo,
  done,
  edit,
  jwtPart,
  me,
  newPerson,
  newUser,
  password,
  post,
  send,
  signIn,
  unauthenticated,
  type Gateway,
  type Tokens,
} from './people';

// What the published SDKs are known to do, and what breaks them: reference 1, 2 and 5 to 17. The SDKs themselves are played by
// js-sdk*.test.ts and oauth*.test.ts, and in a browser by test/browser; here each habit stands by itself.

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

/** What SDKs send when they refresh; reference 6.1. */
const refresh = (refresh_token: string) =>
  post(gateway, '/auth/v1/token?client_id=demo-env-1', {
    client_id: 'demo-env-1',
    client_secret: '',
    grant_type: 'refresh_token',
    refresh_token,
  });

describe('both SDKs', () => {
  test.each(['text/plain;charset=UTF-8', 'application/json', 'application/octet-stream'])(
    'send JSON that they call %s',
    async (type) => {
      const { token } = await newPerson(gateway);
      const call = { token, headers: { 'content-type': type }, body: { nickname: '张三' } };
      expect(await answerTo(gateway, 'POST', '/auth/v1/user/basic/edit', call)).toEqual(done);
      expect((await me(gateway, token)).body).toMatchObject({ name: '张三' });
    },
  );

  test('know a failure by its error alone, whatever the status', async () => {
    const failures = await Promise.all([
      answerTo(gateway, 'GET', '/auth/v1/user/me'),
      answerTo(gateway, 'GET', '/auth/v1/nowhere'),
      post(gateway, '/auth/v1/signin', '{"username":'),
      post(gateway, '/auth/v1/signin', { username: 'nobody_here', password }),
      post(gateway, '/auth/v1/signin/with/provider', { provider_token: 'x' }),
    ]);
    expect(failures.map(({ status }) => status)).toEqual([401, 501, 400, 400, 400]);
    for (const { body } of failures)
      expect(body).toEqual({
        error: expect.stringMatching(/^[a-z_]+$/) as string,
        error_code: expect.any(Number) as number,
        error_description: expect.stringMatching(/./) as string,
      });
  });

  test('take a member code on top for a failure, and parse the body of every answer', async () => {
    const { token, tokens } = await newPerson(gateway);
    const successes = [
      await send(gateway, 'GET', '/auth/v1/user/me', { token }),
      await send(gateway, 'POST', '/auth/v1/user/basic/edit', { token, body: {} }),
      await send(gateway, 'GET', '/auth/v1/user/provider', { token }),
      await send(gateway, 'GET', '/auth/v1/user/security/history', { token }),
      await send(gateway, 'POST', '/auth/v1/captcha/data', { body: {} }),
      await send(gateway, 'DELETE', `/auth/v1/user/authorized/devices/${newDevice()}`, { token }),
      await send(gateway, 'POST', '/auth/v1/revoke', { body: { token: tokens.access_token } }),
    ];
    for (const response of successes) {
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      const body: unknown = await response.json();
      expect(typeof body === 'object' && body !== null && !Array.isArray(body)).toBe(true);
      expect(body).not.toHaveProperty('code');
      expect(body).not.toHaveProperty('error');
    }
  });

  test('delete their session without an expires_in, and refresh before each call when it is 30 or less', async () => {
    const { tokens } = await newPerson(gateway);
    const headers = { 'x-device-id': newDevice() };
    const responses = [
      tokens,
      (await refresh(tokens.refresh_token)).body,
      (await post(gateway, '/auth/v1/signin/anonymously?client_id=demo-env-1', {}, { headers })).body,
    ];
    for (const body of responses) expect((body as Tokens).expires_in).toBe(7200);
  });

  test('build the header of token_type and access_token as they stand', async () => {
    const { tokens } = await newPerson(gateway);
    expect(tokens.token_type).toBe('Bearer');
    for (const scheme of [tokens.token_type, 'bearer', 'BEARER']) {
      const headers = { authorization: `${scheme} ${tokens.access_token}` };
      expect(await answerTo(gateway, 'GET', '/auth/v1/user/me', { headers })).toMatchObject({ status: 200 });
    }
  });

  test('name their client only where they have no token', async () => {
    const { username } = await newPerson(gateway);
    const { body } = await post(gateway, '/auth/v1/signin?client_id=app-7', { username, password });
    const { access_token, refresh_token } = body as Tokens;
    expect(jwtPart(access_token, 1).aud).toBe('app-7');
    expect(await me(gateway, access_token)).toMatchObject({ status: 200 });
    expect(jwtPart(((await refresh(refresh_token)).body as Tokens).access_token, 1).aud).toBe('app-7');
  });

  test('lose their refresh token when a refresh brings none, and their session on invalid_grant alone', async () => {
    const { tokens } = await newPerson(gateway);
    expect(((await refresh(tokens.refresh_token)).body as Tokens).refresh_token).toMatch(/^m\./);
    expect((await refresh('m.unknown')).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('drop their session on unauthenticated, so that a wrong password is not called so', async () => {
    const { token } = await newPerson(gateway);
    expect(await me(gateway, `${token}x`)).toEqual(unauthenticated);
    const wrong = await post(gateway, '/auth/v1/user/sudo', { password: 'Wrong_1234' }, { token });
    expect(wrong.body).toMatchObject({ error: 'invalid_password', error_code: 4001 });
    const stale = await post(gateway, '/auth/v1/user/sudo', { verification_token: 'x' }, { token });
    expect(stale.body).toMatchObject({ error: 'invalid_argument' });
    expect(await me(gateway, token)).toMatchObject({ status: 200 });
  });

  test('send a captcha’s pass in the query, and the pages in a header', async () => {
    const username = (await newUser(gateway)).username ?? '';
    await failSignIn(gateway, username, 3);
    const pass = await passCaptcha(gateway);
    const attempt = (query: string, headers = {}) =>
      post(gateway, `/auth/v1/signin?${query}`, { username, password: 'Wrong_1234' }, { headers });
    expect((await attempt('client_id=x')).body).toMatchObject({ error: 'captcha_required' });
    const passed = { error: 'invalid_username_or_password' };
    // Before the client's ID, as the SDK appends it.
    expect((await attempt(`captcha_token=${pass}&client_id=x`)).body).toMatchObject(passed);
    expect((await attempt('client_id=x', { 'x-captcha-token': pass })).body).toMatchObject(passed);
  });

  test('sign out with {} and their token as user/signout', async () => {
    const { token } = await newPerson(gateway);
    expect(await post(gateway, '/auth/v1/user/signout', {}, { token })).toEqual(done);
    expect(await me(gateway, token)).toEqual(unauthenticated);
  });

  test('put the sudo token into the body, and the pages into the query', async () => {
    const { token } = await newPerson(gateway);
    const word = 'Changed_123';
    const change = (query: string, body: object) =>
      answerTo(gateway, 'PATCH', `/auth/v1/user/password${query}`, { token, body });
    expect(
      await change('', { sudo_token: await sudo(gateway, token, password), new_password: word }),
    ).toEqual(done);
    const query = `?sudo_token=${await sudo(gateway, token, word)}`;
    expect(await change(query, { new_password: `${word}4` })).toEqual(done);
  });
});

describe('@cloudbase/js-sdk', () => {
  test('signs out with the token in the body and none in the header, and the pages the other way round', async () => {
    for (const inBody of [true, false]) {
      const { token } = await newPerson(gateway);
      const call = inBody ? { body: { token } } : { token, body: {} };
      expect(await answerTo(gateway, 'POST', '/auth/v1/revoke?client_id=demo-env-1', call)).toEqual(done);
      expect(await me(gateway, token)).toEqual(unauthenticated);
    }
  });

  test('keeps its session when a sign-out fails, so that none does', async () => {
    for (const body of [{}, { token: 'none' }, 'no JSON', undefined])
      expect(await answerTo(gateway, 'POST', '/auth/v1/revoke?client_id=x', { body })).toEqual(done);
  });

  test('puts an address or a phone number into the place of the user name', async () => {
    const [email, phone] = [newEmail(), newPhone()];
    const user = await newUser(gateway, { email, phone: phone.replace(' ', '') });
    for (const identifier of [user.username ?? '', email, phone])
      expect((await signIn(gateway, identifier)).sub).toBe(String(user.id));
  });

  test('reads the user straight behind an edit', async () => {
    const { token } = await newPerson(gateway);
    for (const name of ['张三', '李四']) {
      await edit(gateway, token, { nickname: name });
      expect((await me(gateway, token)).body).toMatchObject({ name });
    }
  });

  test('changes an address by a code that it redeems without its token, and by an edit that shows no proof', async () => {
    const { token } = await newPerson(gateway);
    const email = newEmail();
    const headers = { 'x-device-id': newDevice() };
    // With a token there is no client_id, and no target either.
    const asked = await post(
      gateway,
      '/auth/v1/verification',
      { email, usage: 'reauthentication' },
      { token, headers },
    );
    const { verification_id } = asked.body as { verification_id: string };
    const body = { verification_id, verification_code: await lastCode(gateway, email) };
    expect(await post(gateway, '/auth/v1/verification/verify?client_id=x', body, { headers })).toMatchObject({
      status: 200,
    });
    expect(await edit(gateway, token, { email })).toEqual(done);
    expect((await me(gateway, token)).body).toMatchObject({ email, email_verified: true });
  });

  test('sends the raw code beside the token when it signs up', async () => {
    const email = newEmail();
    const body = {
      email,
      verification_token: await prove(gateway, email),
      verification_code: '123456',
      password,
    };
    expect(await post(gateway, '/auth/v1/signup?client_id=x', body)).toMatchObject({ status: 200 });
  });

  test('resets the password of a phone number as it was typed, and signs in at once', async () => {
    const phone = newPhone();
    const user = await newUser(gateway, { phone: phone.replace(' ', '') });
    const body = {
      phone_number: phone.slice(4),
      new_password: 'Changed_123',
      verification_token: await prove(gateway, phone),
    };
    expect(await post(gateway, '/auth/v1/reset?client_id=x', body)).toEqual(done);
    expect((await signIn(gateway, phone, 'Changed_123')).sub).toBe(String(user.id));
  });

  test('keeps the answer to an edit of the profile as the profile', async () => {
    const { token } = await newPerson(gateway);
    const call = { token, body: { name: 'Xu' } };
    const patched = await answerTo(gateway, 'PATCH', '/auth/v1/user/profile', call);
    expect(patched).toEqual(await me(gateway, token));
  });

  test('reads lists of groups and of providers, and takes the ID from sub', async () => {
    const { token, user } = await newPerson(gateway);
    expect((await me(gateway, token)).body).toMatchObject({
      sub: String(user.id),
      groups: [],
      providers: [],
    });
  });

  test('knows an anonymous user by the scope and by the name', async () => {
    const headers = { 'x-device-id': newDevice() };
    const { body } = await post(gateway, '/auth/v1/signin/anonymously?client_id=x', {}, { headers });
    expect(body).toMatchObject({ scope: 'anonymous' });
    expect((await me(gateway, (body as Tokens).access_token)).body).toMatchObject({ name: 'anonymous' });
  });

  test('asks from a page, whose preflight names its headers', async () => {
    const response = await send(gateway, 'OPTIONS', '/auth/v1/user/profile', {
      headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'PATCH' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE'])
      expect(response.headers.get('access-control-allow-methods')).toContain(method);
    for (const name of [
      'authorization',
      'content-type',
      'accept-language',
      'x-request-id',
      'x-device-id',
      'x-sdk-version',
    ])
      expect(response.headers.get('access-control-allow-headers')).toContain(name);
  });
});

describe('@cloudbase/oauth', () => {
  test('sends a header that is called undefined', async () => {
    const username = (await newUser(gateway)).username ?? '';
    const headers = { undefined: 'undefined' };
    expect(
      await post(gateway, '/auth/v1/signin?client_id=x', { username, password }, { headers }),
    ).toMatchObject({
      status: 200,
    });
  });

  test('signs in anonymously again with Basic and an empty secret, as the same user', async () => {
    const headers = { 'x-device-id': newDevice() };
    const target = '/auth/v1/signin/anonymously?client_id=demo-env-1';
    const first = (await post(gateway, target, {}, { headers })).body as Tokens;
    const basic = { ...headers, authorization: `Basic ${Buffer.from('demo-env-1:').toString('base64')}` };
    expect(await post(gateway, target, {}, { headers: basic })).toMatchObject({ body: { sub: first.sub } });
  });

  test('joins the IDs of a query by a comma', async () => {
    const [one, other] = [await newPerson(gateway), await newPerson(gateway)];
    const ids = encodeURIComponent([one.user.id, other.user.id].join(','));
    const found = await answerTo(gateway, 'GET', `/auth/v1/user/query?id=${ids}`, { token: one.token });
    expect(found.body).toMatchObject({ total: 2 });
  });

  test('sends each request three times when the answer is no JSON, so that the crash path is', async () => {
    const broken = await startGateway();
    const { token } = await newPerson(broken);
    await broken.sql('ALTER TABLE users RENAME TO users_gone');
    const failed = await edit(broken, token, { nickname: 'Zhang San' }).finally(() => broken.stop());
    expect(failed).toMatchObject({ status: 500, body: { error: 'internal', error_code: 13 } });
  });
});
