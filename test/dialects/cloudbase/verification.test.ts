import { startGateway } from '../../support/gateway';
import {
  contactOf,
  failSignIn,
  lastCode,
  newDevice,
  newEmail,
  newPhone,
  newProvenPerson,
  passCaptcha,
  prove,
  readPicture,
  requestCode,
} from './contacts';
import {
  answerTo,
  done,
  edit,
  invalid,
  me,
  newPerson,
  newUser,
  password,
  post,
  refused,
  tokenResponse,
  unauthenticated,
  type Gateway,
  type Tokens,
} from './people';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ environment: { LINK_ORIGINS: 'https://app.example' } });
});
afterAll(() => gateway.stop());

const ask = (body: unknown, call: { token?: string; headers?: Record<string, string> } = {}) =>
  post(gateway, '/auth/v1/verification?client_id=demo-env-1', body, call);
const verify = (verification_id: unknown, verification_code: unknown) =>
  post(gateway, '/auth/v1/verification/verify', { verification_id, verification_code });
const byToken = (verification_token: string, more: object = {}) =>
  post(gateway, '/auth/v1/signin', { verification_token, ...more });

const asked = (is_user: boolean) => ({
  status: 200,
  body: { verification_id: expect.any(String) as string, expires_in: 600, is_user },
});
const wrongCode = refused(
  400,
  'invalid_verification_code',
  4001,
  'Verification code is not correct or expired',
);
const badPhone = refused(
  400,
  'invalid_phone_number',
  4001,
  'phone_number must be a phone number such as +86 13000000000',
);
const nobody = refused(400, 'user_not_found', 4004, 'User not found');

describe('asking for a code', () => {
  test.each([newEmail, newPhone])('tells whether the contact is of a user', async (newContact) => {
    const [free, taken] = [newContact(), newContact()];
    await newUser(gateway, taken.includes('@') ? { email: taken } : { phone: taken.replace(' ', '') });
    expect(await ask(contactOf(free))).toEqual(asked(false));
    expect(await ask({ ...contactOf(taken), usage: 'email' })).toEqual(asked(true));
    expect(await lastCode(gateway, taken)).toMatch(/^\d{6}$/);
  });

  test('of users or of nobody only, when it is asked so', async () => {
    const [free, taken] = [newEmail(), newEmail()];
    await newUser(gateway, { email: taken });
    expect(await ask({ email: free, target: 'USER', usage: 'recovery' })).toEqual(nobody);
    expect(await ask({ email: taken, target: 'NOT_USER' })).toEqual(
      refused(409, 'already_exists', 6, 'Email already exists'),
    );
    expect(await ask({ email: taken, target: 'USER' })).toEqual(asked(true));
    expect(await ask({ email: free, target: 'NOT_USER' })).toEqual(asked(false));
  });

  test('for the own contact takes a masked one, and no other', async () => {
    const [email, phone] = [newEmail(), newPhone()];
    const { token } = await newPerson(gateway, { email, phone: phone.replace(' ', '') });
    const masked = `${email.slice(0, 3)}***${email.slice(-6)}`;
    for (const contact of [
      { email: 'someone***@else.example' },
      { email: newEmail() },
      { phone_number: '+86 138****0000' },
    ]) {
      expect(await ask({ ...contact, target: 'CUR_USER' }, { token })).toEqual(nobody);
    }
    expect(await ask({ email: masked, target: 'CUR_USER' }, { token })).toEqual(asked(true));
    const short = phone.slice(4);
    expect(
      await ask(
        { phone_number: `${short.slice(0, 3)}****${short.slice(-4)}`, target: 'CUR_USER' },
        { token },
      ),
    ).toEqual(asked(true));
    expect(await lastCode(gateway, phone)).toMatch(/^\d{6}$/);
    expect(await ask({ email, target: 'CUR_USER' })).toEqual(
      refused(401, 'unauthenticated', 16, 'Access token is required'),
    );
  });

  test.each([
    [{}, invalid('phone_number or email is required')],
    [
      { email: 'a@b', phone_number: '+86 13000000000' },
      invalid('phone_number or email must be one of the two'),
    ],
    [{ phone_number: '13000000000' }, badPhone],
    [{ phone_number: '+8613000000000' }, badPhone],
    [{ phone_number: '+86 1' }, badPhone],
    [{ phone_number: 5 }, invalid('phone_number must be a string')],
    [{ email: 'zhangsan' }, invalid('email must be an email address of at most 254 characters')],
    [{ email: 'a@b', target: 'EVERYBODY' }, invalid('target must be ANY, USER, NOT_USER or CUR_USER')],
    [
      { email: 'a@b', email_redirect_to: 'nowhere' },
      invalid('email_redirect_to must be an http or https URL'),
    ],
    [
      { email: 'a@b', email_redirect_to: 'https://other.example/x' },
      invalid('email_redirect_to must lead to an allowed origin'),
    ],
    [
      { phone_number: '+86 13000000000', email_redirect_to: 'https://app.example' },
      invalid('email is required'),
    ],
  ])('%j is refused', async (body, answer) => {
    expect(await ask(body)).toEqual(answer);
  });

  test('twice within a minute is once too often', async () => {
    const email = newEmail();
    expect(await ask({ email })).toEqual(asked(false));
    const response = await fetch(new URL('/auth/v1/verification', gateway.url), {
      method: 'POST',
      body: JSON.stringify({ email }),
    });
    expect(response.status).toBe(429);
    const { retry_after, ...body } = (await response.json()) as Record<string, unknown>;
    expect(body).toEqual({
      error: 'rate_limit_exceeded',
      error_code: 4029,
      error_description: 'Codes are requested too often',
    });
    expect(response.headers.get('retry-after')).toBe(String(retry_after));
    gateway.clock.advance(61);
    expect(await ask({ email })).toEqual(asked(false));
  });

  test('speaks the language of the client', async () => {
    const [chinese, english] = [newEmail(), newEmail()];
    await ask({ email: chinese }, { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } });
    await ask({ email: english, locale: 'en' }, { headers: { 'accept-language': 'zh-CN' } });
    const mails = await gateway.outbox();
    const subjects = [chinese, english].map((to) => mails.find((mail) => mail.to === to)?.subject ?? '');
    expect(subjects[0]).toMatch(/\p{Script=Han}/u);
    expect(subjects[1]).not.toMatch(/\p{Script=Han}/u);
  });

  test('can bring a link whose token signs in', async () => {
    const email = newEmail();
    const user = await newUser(gateway, { email });
    const email_redirect_to = 'https://app.example/back?from=mail#top';
    expect(await ask({ email, target: 'USER', email_redirect_to })).toEqual(asked(true));
    const { text } = (await gateway.outbox()).find(({ to }) => to === email) ?? { text: '' };
    const link = new URL(/https:\S+/.exec(text)?.[0] ?? '');
    expect(`${link.origin}${link.pathname}${link.hash}`).toBe('https://app.example/back#top');
    expect(link.searchParams.get('from')).toBe('mail');
    expect(await byToken(link.searchParams.get('verification_token') ?? '')).toEqual(tokenResponse(user.id));
  });
});

describe('a code', () => {
  test('is good once, for its own request', async () => {
    const email = newEmail();
    const id = await requestCode(gateway, email);
    const code = await lastCode(gateway, email);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await verify(id, wrong)).toEqual(wrongCode);
    expect(await verify(id, code)).toEqual({
      status: 200,
      body: { verification_token: expect.any(String) as string, expires_in: 600 },
    });
    expect(await verify(id, code)).toEqual(wrongCode);
  });

  test('dies of five wrong tries', async () => {
    const email = newEmail();
    const id = await requestCode(gateway, email);
    const code = await lastCode(gateway, email);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let time = 0; time < 5; time += 1) expect(await verify(id, wrong)).toEqual(wrongCode);
    expect(await verify(id, code)).toEqual(wrongCode);
  });

  test('dies after ten minutes', async () => {
    const email = newEmail();
    const id = await requestCode(gateway, email);
    gateway.clock.advance(601);
    expect(await verify(id, await lastCode(gateway, email))).toEqual(wrongCode);
  });

  test.each([
    ['none', '123456', wrongCode],
    ['\u0000', '123456', wrongCode],
    [undefined, '123456', invalid('verification_id is required')],
    ['x', undefined, invalid('verification_code is required')],
    ['x', 123456, invalid('verification_code must be a string')],
  ])('%j with %j is refused', async (id, code, answer) => {
    expect(await verify(id, code)).toEqual(answer);
  });
});

describe('a proof', () => {
  test('signs in, whatever stands beside it', async () => {
    const phone = newPhone();
    const user = await newUser(gateway, { phone: phone.replace(' ', '') });
    const token = await prove(gateway, phone);
    expect(await byToken(token, { username: 'somebody@else', verification_code: '123456' })).toEqual(
      tokenResponse(user.id),
    );
    expect(await byToken(token)).toEqual(invalid('verification_token is not correct or expired'));
  });

  test('of a contact that nobody has signs nobody in', async () => {
    expect(await byToken(await prove(gateway, newEmail()))).toEqual(
      refused(404, 'not_found', 5, 'User not found'),
    );
  });

  test('is told from a blocked user’s', async () => {
    const email = newEmail();
    const user = await newUser(gateway, { email });
    const token = await prove(gateway, email);
    await gateway.core.setUserStatus({ userId: user.id, status: 'blocked' }, gateway.operator);
    expect(await byToken(token)).toEqual(refused(403, 'user_blocked', 7, 'User is blocked'));
  });

  test('is remembered for an edit of the user who asked, or of the same device', async () => {
    for (const anonymous of [false, true]) {
      const email = newEmail();
      const device = newDevice();
      const { token } = await newPerson(gateway);
      await prove(gateway, email, anonymous ? { device } : { token });
      const headers = { 'x-device-id': device };
      expect(
        await answerTo(gateway, 'POST', '/auth/v1/user/basic/edit', { token, headers, body: { email } }),
      ).toEqual(done);
      expect((await me(gateway, token)).body).toMatchObject({ email, email_verified: true });
    }
  });

  test('of somebody else proves nothing for an edit', async () => {
    const email = newEmail();
    const { token } = await newPerson(gateway);
    await prove(gateway, email, { token: (await newPerson(gateway)).token });
    expect(await edit(gateway, token, { email })).toEqual(done);
    expect((await me(gateway, token)).body).toMatchObject({ email, email_verified: false });
  });

  test('recovers a password, after which nothing else is good', async () => {
    const phone = newPhone();
    const person = await newProvenPerson(gateway, { phone: phone.replace(' ', '') });
    const reset = (body: object) => post(gateway, '/auth/v1/reset?client_id=demo-env-1', body);
    const verification_token = await prove(gateway, phone);
    expect(await reset({ phone_number: phone, verification_token, new_password: 'short' })).toEqual(
      invalid('new_password must be 6 to 72 bytes without white space at either end'),
    );
    // The SDK sends the number as it was typed.
    const typed = phone.slice(4);
    expect(await reset({ phone_number: typed, verification_token, new_password: 'Changed_123' })).toEqual(
      done,
    );
    expect(await me(gateway, person.token)).toEqual(unauthenticated);
    const signIn = (word: string) =>
      post(gateway, '/auth/v1/signin', { username: person.username, password: word });
    expect(await signIn('Changed_123')).toEqual(tokenResponse(person.user.id));
    expect(await signIn(password)).toMatchObject({ status: 400 });
    expect(await reset({ phone_number: phone, verification_token, new_password: 'Changed_124' })).toEqual(
      invalid('verification_token is not correct or expired'),
    );
  });

  test.each([
    [{ new_password: 'Changed_123', verification_token: 'x' }, 'phone_number or email is required'],
    [{ email: 'a@b', verification_token: 'x' }, 'new_password is required'],
    [{ email: 'a@b', new_password: 'Changed_123' }, 'verification_token is required'],
    [
      { email: 'a@b', new_password: 'Changed_123', verification_token: 'x' },
      'verification_token is not correct or expired',
    ],
    [
      { phone_number: 'x', new_password: 'Changed_123', verification_token: 'x' },
      'phone_number must be a phone number such as +86 13000000000',
    ],
  ])('is needed to recover: %j', async (body, description) => {
    expect(await post(gateway, '/auth/v1/reset', body)).toEqual(invalid(description));
  });

  test('of a contact that nobody has recovers nobody', async () => {
    const email = newEmail();
    const body = { email, new_password: 'Changed_123', verification_token: await prove(gateway, email) };
    expect(await post(gateway, '/auth/v1/reset', body)).toEqual(
      refused(404, 'not_found', 5, 'User not found'),
    );
  });
});

describe('a captcha', () => {
  const required = (code: number) => refused(400, 'captcha_required', code, 'A captcha is required');
  const rejected = refused(400, 'captcha_invalid', 4002, 'The captcha is not correct or expired');

  test('is a picture whose text gives a pass', async () => {
    const state = 'POST:/v1/verification';
    const { status, body } = await post(gateway, '/auth/v1/captcha/data', { state, redirect_uri: '' });
    const { data, token, ...others } = body as { data: string; token: string };
    expect(status).toBe(200);
    expect(others).toEqual({ type: 'image', expires_in: 300 });
    expect(Buffer.from(data.replace('data:image/gif;base64,', ''), 'base64').subarray(0, 4).toString()).toBe(
      'GIF8',
    );
    const key = await readPicture(gateway, token);
    const check = (text: string) => post(gateway, '/auth/v1/captcha/data/verify', { token, key: text });
    expect(await check(key.toUpperCase())).toEqual({
      status: 200,
      body: { captcha_token: expect.any(String) as string, expires_in: 600 },
    });
    expect(await check(key)).toEqual(rejected);
  });

  test.each([
    [{ token: 'none', key: 'ab12' }, rejected],
    [{ key: 'ab12' }, invalid('token is required')],
    [{ token: 'x' }, invalid('key is required')],
    [{ token: 'x', key: 5 }, invalid('key must be a string')],
  ])('%j is no answer', async (body, answer) => {
    expect(await post(gateway, '/auth/v1/captcha/data/verify', body)).toEqual(answer);
  });

  test('is asked for after three failures, and its pass is good for several calls', async () => {
    const email = newEmail();
    const user = await newUser(gateway, { email });
    const username = user.username ?? '';
    await failSignIn(gateway, username, 3);
    const signIn = (query = '', headers: Record<string, string> = {}) =>
      post(gateway, `/auth/v1/signin?client_id=demo-env-1${query}`, { username, password }, { headers });
    expect(await signIn()).toEqual(required(4001));
    expect(await ask({ email })).toEqual(required(4028));
    expect(await signIn('&captcha_token=none')).toEqual(rejected);
    const pass = await passCaptcha(gateway);
    expect(await post(gateway, `/auth/v1/verification?captcha_token=${pass}`, { email })).toEqual(
      asked(true),
    );
    expect(await signIn('', { 'x-captcha-token': pass })).toEqual(tokenResponse(user.id));
    expect(await signIn()).toEqual(tokenResponse(user.id));
  });

  test('does not open what is locked after ten failures', async () => {
    const user = await newUser(gateway);
    const username = user.username ?? '';
    const pass = await passCaptcha(gateway);
    const attempt = (word: string) =>
      fetch(new URL(`/auth/v1/signin?captcha_token=${pass}`, gateway.url), {
        method: 'POST',
        body: JSON.stringify({ username, password: word }),
      });
    for (let time = 0; time < 10; time += 1) expect((await attempt('Wrong_123')).status).toBe(400);
    const locked = await attempt(password);
    expect(locked.status).toBe(429);
    const wait = Number(locked.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(30);
    expect(await locked.json()).toEqual({
      error: 'invalid_status',
      error_code: 8,
      error_description: 'Too many failed attempts, try again later',
      retry_after: wait,
    });
    gateway.clock.advance(31);
    expect(((await (await attempt(password)).json()) as Tokens).sub).toBe(String(user.id));
  });
});
