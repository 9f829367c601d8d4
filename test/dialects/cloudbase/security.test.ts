import { startGateway } from '../../support/gateway';
import { lastCode, newDevice, newEmail, newPhone, newProvenPerson, prove, sudo } from './contacts';
import {
  answerTo,
  done,
  invalid,
  me,
  newName,
  newPerson,
  newUser,
  password,
  post,
  refused,
  signIn,
  unauthenticated,
  type Gateway,
} from './people';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const badSudo = refused(403, 'permission_denied', 7, 'bad sudo token');
const missing = refused(401, 'unauthenticated', 16, 'Access token is required');
const locked = { status: 429, body: { error: 'invalid_status', error_code: 8 } };

test.each([
  ['POST', '/auth/v1/user/sudo'],
  ['PATCH', '/auth/v1/user/password'],
  ['PATCH', '/auth/v1/user/contact'],
  ['PATCH', '/auth/v1/user/profile'],
  ['DELETE', '/auth/v1/user/me?sudo_token=x'],
  ['POST', '/auth/v1/user/reauthenticate'],
  ['POST', '/auth/v1/user/signout'],
  ['DELETE', '/auth/v1/user/revoke/all'],
  ['DELETE', '/auth/v1/user/authorized/devices/0123456789abcdef'],
  ['GET', '/auth/v1/user/security/history'],
  ['GET', '/auth/v1/user/query?username=x'],
  ['GET', '/auth/v1/checkUsername?username=x'],
  ['GET', '/auth/v1/user/provider'],
  ['POST', '/auth/v1/user/provider/bind'],
  ['DELETE', '/auth/v1/user/provider/github'],
  ['POST', '/auth/v1/user/provider/github/trans'],
  ['PATCH', '/auth/v1/user/trans/by/provider'],
])('%s %s asks for an access token', async (method, target) => {
  expect(await answerTo(gateway, method, target)).toEqual(missing);
  expect(await answerTo(gateway, method, target, { token: 'a.b.c' })).toEqual(unauthenticated);
});

describe('sudo', () => {
  const confirm = (token: string, body: unknown) => post(gateway, '/auth/v1/user/sudo', body, { token });
  const confirmed = { status: 200, body: { sudo_token: expect.any(String) as string, expires_in: 900 } };

  test('is given for the password', async () => {
    const { token } = await newPerson(gateway);
    expect(await confirm(token, { password })).toEqual(confirmed);
    const wrong = refused(400, 'invalid_password', 4001, 'Invalid password');
    expect(await confirm(token, { password: 'Wrong_123' })).toEqual(wrong);
    // Never "unauthenticated": that would end the session in the SDK (reference 1, row 10).
    expect(await me(gateway, token)).toMatchObject({ status: 200 });
  });

  test('is given for a code to an own proven contact', async () => {
    const [email, phone] = [newEmail(), newPhone()];
    const { token } = await newProvenPerson(gateway, { email, phone: phone.replace(' ', '') });
    for (const to of [email, phone]) {
      const verification_token = await prove(gateway, to, { token });
      expect(await confirm(token, { verification_token })).toEqual(confirmed);
      expect(await confirm(token, { verification_token })).toEqual(
        invalid('verification_token is not correct or expired'),
      );
    }
  });

  test('is not given for a code to anything else', async () => {
    const [unproven, foreign] = [newEmail(), newEmail()];
    const { token } = await newPerson(gateway, { email: unproven });
    for (const to of [unproven, foreign]) {
      const verification_token = await prove(gateway, to, { token });
      expect(await confirm(token, { verification_token })).toEqual(
        invalid('verification_token is not correct or expired'),
      );
    }
  });

  test.each([
    [{}, 'password or verification_token is required'],
    [{ password: 5 }, 'password must be a string'],
    [{ password: null, verification_token: ['x'] }, 'verification_token must be a string'],
  ])('is given for nothing less: %j', async (body, description) => {
    const { token } = await newPerson(gateway);
    expect(await confirm(token, body)).toEqual(invalid(description));
  });

  test('counts with failed sign-ins, and its lock leaves the session open', async () => {
    const { token } = await newPerson(gateway);
    for (let time = 0; time < 10; time += 1) await confirm(token, { password: 'Wrong_123' });
    expect(await confirm(token, { password })).toMatchObject(locked);
    expect(await me(gateway, token)).toMatchObject({ status: 200 });
  });
});

describe('changing the password', () => {
  const change = (token: string, body: unknown, query = '') =>
    answerTo(gateway, 'PATCH', `/auth/v1/user/password${query}`, { token, body });
  const next = 'Changed_123';
  const weak = refused(
    400,
    'weak_password',
    4005,
    'new_password must be 8 to 64 characters and at most 72 bytes, with an upper case letter, a lower case letter, a digit and a special character, and without white space at either end',
  );

  test.each(['body', 'query'])(
    'takes the sudo token from the %s and ends the other sessions',
    async (where) => {
      const { token, username } = await newPerson(gateway);
      const other = await signIn(gateway, username);
      const sudo_token = await sudo(gateway, token, password);
      const answer =
        where === 'body'
          ? await change(token, { sudo_token, new_password: next })
          : await change(token, { new_password: next, confirm_password: next }, `?sudo_token=${sudo_token}`);
      expect(answer).toEqual(done);
      expect(await me(gateway, token)).toMatchObject({ status: 200 });
      expect(await me(gateway, other.access_token)).toEqual(unauthenticated);
      await signIn(gateway, username, next);
      expect(await post(gateway, '/auth/v1/signin', { username, password })).toMatchObject({ status: 400 });
      expect(await change(token, { sudo_token, new_password: 'Changed_124' })).toEqual(badSudo);
    },
  );

  test('takes the old password in the place of a sudo token', async () => {
    const { token, username } = await newPerson(gateway);
    expect(await change(token, { old_password: 'Wrong_123', new_password: next })).toEqual(
      refused(400, 'invalid_password', 4003, 'Old password is not correct'),
    );
    expect(await change(token, { old_password: password, new_password: next })).toEqual(done);
    await signIn(gateway, username, next);
  });

  test('does not look at the old password beside a good sudo token', async () => {
    const { token } = await newPerson(gateway);
    const sudo_token = await sudo(gateway, token, password);
    expect(await change(token, { sudo_token, old_password: '', new_password: next })).toEqual(done);
  });

  test.each([
    'Sh_1',
    'short_123',
    'SHORT_123',
    'Short_abc',
    'Short1234',
    `Aa1_${'x'.repeat(61)}`,
    '',
    ' Short_123',
    `Aa1_${'张'.repeat(30)}`,
  ])('to %j is too weak', async (new_password) => {
    const { token } = await newPerson(gateway);
    const sudo_token = await sudo(gateway, token, password);
    expect(await change(token, { sudo_token, new_password })).toEqual(weak);
    expect(await change(token, { sudo_token, new_password: next })).toEqual(done);
  });

  test.each([
    [{ new_password: 'Changed_123' }, invalid('sudo_token is required')],
    [{ sudo_token: 'x' }, invalid('new_password is required')],
    [{ sudo_token: 'x', new_password: 5 }, invalid('new_password must be a string')],
    [{ sudo_token: 5, new_password: 'Changed_123' }, invalid('sudo_token must be a string')],
    [
      { sudo_token: 'x', new_password: 'Changed_123', confirm_password: 'Changed_124' },
      invalid('confirm_password must be the same as new_password'),
    ],
    [{ sudo_token: 'none', new_password: 'Changed_123' }, badSudo],
  ])('%j is refused', async (body, answer) => {
    const { token } = await newPerson(gateway);
    expect(await change(token, body)).toEqual(answer);
  });

  test('takes nobody else’s sudo token, and none older than a quarter of an hour', async () => {
    const { token } = await newPerson(gateway);
    const foreign = await sudo(gateway, (await newPerson(gateway)).token, password);
    expect(await change(token, { sudo_token: foreign, new_password: next })).toEqual(badSudo);
    const late = await sudo(gateway, token, password);
    gateway.clock.advance(901);
    expect(await change(token, { sudo_token: late, new_password: next })).toEqual(badSudo);
  });
});

describe('binding a contact', () => {
  const bind = (token: string, body: unknown) =>
    answerTo(gateway, 'PATCH', '/auth/v1/user/contact', { token, body });
  const held = (what: string) => refused(400, 'failed_precondition', 9, what);

  test.each([
    ['email', newEmail],
    ['phone_number', newPhone],
  ])('takes a proven %s', async (member, newContact) => {
    const { token } = await newPerson(gateway);
    const to = newContact();
    const sudo_token = await sudo(gateway, token, password);
    const verification_token = await prove(gateway, to, { token });
    expect(await bind(token, { [member]: to, sudo_token, verification_token })).toEqual(done);
    expect((await me(gateway, token)).body).toMatchObject({ [member]: to });
  });

  test('refuses what is not proven, and the proof stays good for its own contact', async () => {
    const { token } = await newPerson(gateway);
    const [email, other] = [newEmail(), newEmail()];
    const sudo_token = await sudo(gateway, token, password);
    const verification_token = await prove(gateway, email, { token });
    expect(await bind(token, { email: other, sudo_token, verification_token })).toEqual(
      invalid('verification_token is not correct or expired'),
    );
    expect(await bind(token, { email, sudo_token: 'none', verification_token })).toEqual(badSudo);
    expect(await bind(token, { email, sudo_token, verification_token })).toEqual(done);
  });

  test.each(['DEFAULT', 'TRANSFER', 'DELETE_ACCOUNT_TRANSFER', undefined])(
    'that somebody has proven is refused with %s',
    async (conflict_resolution) => {
      const email = newEmail();
      await newProvenPerson(gateway, { email });
      const { token } = await newPerson(gateway);
      const sudo_token = await sudo(gateway, token, password);
      const verification_token = await prove(gateway, email, { token });
      const answer = await bind(token, { email, sudo_token, verification_token, conflict_resolution });
      const transfers = conflict_resolution?.endsWith('TRANSFER') === true;
      expect(answer).toEqual(
        held(transfers ? 'The contact belongs to another user' : 'Email already exists'),
      );
    },
  );

  test.each(['TRANSFER', 'DELETE_ACCOUNT_TRANSFER'])(
    'that nobody has proven can be taken over by %s',
    async (conflict_resolution) => {
      const phone = newPhone();
      const holder = await newPerson(gateway, { phone: phone.replace(' ', '') });
      const { token } = await newPerson(gateway);
      const sudo_token = await sudo(gateway, token, password);
      const verification_token = await prove(gateway, phone, { token });
      const body = { phone_number: phone, sudo_token, verification_token, conflict_resolution };
      expect(await bind(token, body)).toEqual(done);
      expect((await me(gateway, token)).body).toMatchObject({ phone_number: phone });
      const left = await me(gateway, holder.token);
      if (conflict_resolution === 'TRANSFER') expect(left.body).not.toHaveProperty('phone_number');
      else expect(left).toEqual(unauthenticated);
    },
  );

  test.each([
    [{ sudo_token: 'x', verification_token: 'x' }, 'phone_number or email is required'],
    [{ email: 'a@b', verification_token: 'x' }, 'sudo_token is required'],
    [{ email: 'a@b', sudo_token: 'x' }, 'verification_token is required'],
    [
      { email: 'a@b', sudo_token: 'x', verification_token: 'x', conflict_resolution: 'STEAL' },
      'conflict_resolution must be DEFAULT, TRANSFER or DELETE_ACCOUNT_TRANSFER',
    ],
    [
      { phone_number: 'x', sudo_token: 'x', verification_token: 'x' },
      'phone_number must be a phone number such as +86 13000000000',
    ],
  ])('%j is refused', async (body, description) => {
    const { token } = await newPerson(gateway);
    expect(await bind(token, body)).toEqual(invalid(description));
  });
});

describe('deleting oneself', () => {
  const remove = (token: string, query: string) =>
    answerTo(gateway, 'DELETE', `/auth/v1/user/me${query}`, { token });

  test('needs a sudo token, and frees what one had', async () => {
    const { token, username, tokens } = await newPerson(gateway);
    expect(await remove(token, '')).toEqual(badSudo);
    expect(await remove(token, '?sudo_token=none')).toEqual(badSudo);
    expect(await remove(token, `?sudo_token=${await sudo(gateway, token, password)}`)).toEqual(done);
    expect(await me(gateway, token)).toEqual(unauthenticated);
    const body = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    expect(await post(gateway, '/auth/v1/token', body)).toMatchObject({ body: { error: 'invalid_grant' } });
    await newUser(gateway, { username });
  });
});

describe('re-authentication', () => {
  const ask = (token: string, body: unknown) =>
    post(gateway, '/auth/v1/user/reauthenticate', body, { token });

  test('sends a code to the own contact', async () => {
    const [email, phone] = [newEmail(), newPhone()];
    const { token } = await newPerson(gateway, { email, phone: phone.replace(' ', '') });
    expect(await ask(token, { verify_opt: 'email_code' })).toEqual(done);
    expect(await ask(token, { verify_opt: 'phone_code' })).toEqual(done);
    for (const to of [email, phone]) expect(await lastCode(gateway, to)).toMatch(/^\d{6}$/);
    expect(await ask(token, { verify_opt: 'email_code' })).toMatchObject({
      status: 429,
      body: { error: 'rate_limit_exceeded', error_code: 4029 },
    });
    const [row] = await gateway.sql<{ seconds: number }>(
      `SELECT extract(epoch FROM expires_at - created_at)::int AS seconds FROM verification_codes WHERE target_key = $1`,
      [phone.replace(' ', '')],
    );
    expect(row).toEqual({ seconds: 300 });
  });

  test('needs one of the two, and somewhere to send it', async () => {
    const { token } = await newPerson(gateway);
    for (const body of [{}, { verify_opt: 'carrier_pigeon' }, { verify_opt: 5 }]) {
      expect(await ask(token, body)).toEqual(
        refused(400, 'invalid_argument', 4001, 'verify_opt must be phone_code or email_code'),
      );
    }
    expect(await ask(token, { verify_opt: 'phone_code' })).toEqual(
      refused(400, 'failed_precondition', 9, 'There is no such contact to send a code to'),
    );
  });
});

describe('signing out', () => {
  const signOut = (token: string, body: unknown) => post(gateway, '/auth/v1/user/signout', body, { token });

  test('ends this session', async () => {
    const { token, username } = await newPerson(gateway);
    const other = await signIn(gateway, username);
    expect(await signOut(token, {})).toEqual(done);
    expect(await me(gateway, token)).toEqual(unauthenticated);
    expect(await me(gateway, other.access_token)).toMatchObject({ status: 200 });
  });

  test('works with a token that has expired', async () => {
    const { token } = await newPerson(gateway);
    gateway.clock.advance(7201);
    expect(await signOut(token, {})).toEqual(done);
    expect(await signOut(token, {})).toEqual(unauthenticated);
  });

  test('leads to where the client asked', async () => {
    for (const [body, redirect_uri] of [
      [{ redirect_uri: 'https://app.example/bye' }, 'https://app.example/bye'],
      [
        { redirect_uri: 'https://app.example/bye?a=1', state: 'x y' },
        'https://app.example/bye?a=1&state=x+y',
      ],
    ] as const) {
      const { token } = await newPerson(gateway);
      expect(await signOut(token, body)).toEqual({ status: 200, body: { redirect_uri } });
    }
    const { token } = await newPerson(gateway);
    expect(await signOut(token, { redirect_uri: 'javascript:alert(1)' })).toEqual(
      invalid('redirect_uri must be an http or https URL'),
    );
    expect(await me(gateway, token)).toMatchObject({ status: 200 });
  });

  test('everywhere ends every session', async () => {
    const { token, username } = await newPerson(gateway);
    const other = await signIn(gateway, username);
    expect(await answerTo(gateway, 'DELETE', '/auth/v1/user/revoke/all', { token })).toEqual(done);
    for (const gone of [token, other.access_token]) expect(await me(gateway, gone)).toEqual(unauthenticated);
  });

  test('of one device leaves the others', async () => {
    const { token, username } = await newPerson(gateway);
    const device = newDevice();
    const body = { username, password };
    const there = await post(gateway, '/auth/v1/signin', body, { headers: { 'x-device-id': device } });
    const { access_token } = there.body as { access_token: string };
    const end = (id: string) =>
      answerTo(gateway, 'DELETE', `/auth/v1/user/authorized/devices/${id}`, { token });
    for (const id of [newDevice(), 'short', '%00', 'x'.repeat(500)]) expect(await end(id)).toEqual(done);
    expect(await me(gateway, access_token)).toMatchObject({ status: 200 });
    expect(await end(device)).toEqual(done);
    expect(await me(gateway, access_token)).toEqual(unauthenticated);
    expect(await me(gateway, token)).toMatchObject({ status: 200 });
  });
});

describe('the history', () => {
  interface Page {
    data: { id: string }[];
    page_token?: string;
  }
  const history = async (token: string, query: string) =>
    answerTo(gateway, 'GET', `/auth/v1/user/security/history?${query}`, { token });

  test('tells the sign-ins, and apart from them everything else, page by page', async () => {
    const username = newName();
    await newUser(gateway, { username });
    const device = newDevice();
    const headers = { 'x-device-id': device, 'user-agent': 'a client' };
    const signedIn = () =>
      post(gateway, '/auth/v1/signin?client_id=app-7', { username, password }, { headers });
    const tokens = [await signedIn(), await signedIn(), await signedIn()].map(({ body }) => body);
    const token = (tokens[0] as { access_token: string }).access_token;
    await sudo(gateway, token, password);

    const first = (await history(token, 'query[action]=USER_LOGIN&limit=2')).body as Page;
    expect(first.data).toHaveLength(2);
    expect(first.data[0]).toEqual({
      id: expect.stringMatching(/^\d+$/) as string,
      ip: '127.0.0.1',
      user_agent: 'a client',
      client_id: 'app-7',
      device_id: device,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      meta: { from: 'cloudbase' },
    });
    const second = (
      await history(token, `query%5Baction%5D=USER_LOGIN&limit=2&page_token=${first.page_token ?? ''}`)
    ).body as Page;
    expect(second.data).toHaveLength(1);
    expect(second).not.toHaveProperty('page_token');
    const others = (await history(token, 'ne_query[action]=USER_LOGIN&limit=10')).body as Page;
    const ids = new Set([...first.data, ...second.data].map(({ id }) => id));
    expect(others.data.length).toBeGreaterThan(0);
    expect(others.data.filter(({ id }) => ids.has(id))).toEqual([]);
    expect(((await history(token, '')).body as Page).data).toHaveLength(3 + others.data.length);
    expect(((await history(token, 'query[action]=NOTHING')).body as Page).data).toEqual([]);
  });

  test('is one’s own', async () => {
    const { token } = await newPerson(gateway);
    const { token: other } = await newPerson(gateway);
    const [own, foreign] = (await Promise.all([history(token, ''), history(other, '')])).map(
      ({ body }) => (body as Page).data,
    );
    expect(own?.some(({ id }) => foreign?.some((entry) => entry.id === id))).toBe(false);
  });

  test.each([
    ['limit=0', 'limit must be a number from 1 on'],
    ['limit=x', 'limit must be a number from 1 on'],
    ['page_token=x', 'page_token must be one that an earlier page named'],
  ])('is not read by %s', async (query, description) => {
    const { token } = await newPerson(gateway);
    expect(await history(token, query)).toEqual(invalid(description));
  });
});
