import { startGateway } from '../../support/gateway';
import { newEmail, newPhone } from './contacts';
import {
  answerTo,
  done,
  edit,
  invalid,
  me,
  newName,
  newPerson,
  newUser,
  post,
  refused,
  type Gateway,
  type Person,
} from './people';

let gateway: Gateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
  person = await newPerson(gateway);
});
afterAll(() => gateway.stop());

const get = (target: string, token?: string) =>
  answerTo(gateway, 'GET', target, token === undefined ? {} : { token });

describe('PATCH user/profile', () => {
  const patch = (body: unknown, token = person.token) =>
    answerTo(gateway, 'PATCH', '/auth/v1/user/profile', { token, body });

  test('changes what it names and answers the whole profile', async () => {
    const username = newName();
    const changes = {
      name: '张三',
      username,
      gender: 'MALE',
      picture: 'https://example/avatar.jpg',
      user_desc: 'Reads',
      locale: 'zh-CN',
      phone_number: newPhone(),
      email: newEmail(),
    };
    const answer = await patch({ ...changes, sub: 'ignored', groups: [], email_verified: true });
    expect(answer).toEqual(await me(gateway, person.token));
    expect(answer.body).toMatchObject({ sub: String(person.user.id), ...changes, email_verified: false });
    expect((await patch({ user_desc: '', locale: '', gender: '' })).body).not.toHaveProperty('user_desc');
    expect(await patch(undefined)).toEqual(await me(gateway, person.token));
  });

  test.each([
    [{ name: 'Z' }, 'name must be 2 to 48 characters'],
    [{ name: 5 }, 'name must be a string'],
    [{ name: 'a\u0000b' }, 'name must not contain U+0000 or half a character'],
    [{ picture: 'x' }, 'picture must be an http or https URL of at most 2048 characters'],
    [{ phone_number: '13000000000' }, 'phone_number must be a phone number such as +86 13000000000'],
    [{ user_desc: 'd'.repeat(1001) }, 'user_desc must be at most 1000 characters'],
    [{ locale: 'x'.repeat(36) }, 'locale must be at most 35 characters'],
    [{ gender: 'other' }, 'gender must be MALE or FEMALE'],
  ])('%j is refused in the names of the call', async (body, description) => {
    expect(await patch(body)).toEqual(invalid(description));
  });

  test('does not drop what cannot be kept', async () => {
    for (const member of ['password', 'birthdate', 'zoneinfo', 'address', 'nickName', 'country']) {
      expect(await patch({ name: 'Other', [member]: 'x' })).toEqual(
        refused(
          501,
          'unimplemented',
          12,
          'Only name, username, phone_number, user_desc, picture, gender, email and locale are kept',
        ),
      );
    }
  });

  test('meets a taken name as an edit does', async () => {
    const { username } = await newUser(gateway);
    expect(await patch({ username })).toEqual(
      refused(409, 'username_already_exists', 409, 'Username already exists'),
    );
  });
});

describe('user/query', () => {
  const query = (parts: Record<string, string>, token = person.token) =>
    get(`/auth/v1/user/query?${new URLSearchParams(parts).toString()}`, token);
  const found = (...data: unknown[]) => ({ status: 200, body: { total: data.length, data } });

  test('finds users of this wire, and shows a contact only to whoever knows it', async () => {
    const [email, phone] = [newEmail(), newPhone()];
    const { user, username, token } = await newPerson(gateway, { email, phone: phone.replace(' ', '') });
    await edit(gateway, token, { nickname: '李四', gender: 'FEMALE', avatar_url: 'https://example/a.jpg' });
    const shown = {
      sub: String(user.id),
      name: '李四',
      gender: 'FEMALE',
      picture: 'https://example/a.jpg',
    };
    expect(await query({ id: String(user.id) })).toEqual(found(shown));
    expect(await query({ username })).toEqual(found(shown));
    expect(await query({ email })).toEqual(found({ ...shown, email }));
    expect(await query({ phone_number: phone })).toEqual(found({ ...shown, phone_number: phone }));
    const both = await query({ id: `${person.user.id},${user.id},7,x,9876543210123456789`, username: 'x' });
    expect((both.body as { total: number }).total).toBe(2);
    const admin = await newPerson(gateway, { role: 'admin' });
    expect(await query({ username }, admin.token)).toEqual(found({ ...shown, email, phone_number: phone }));
  });

  test('finds nobody who has never used this wire', async () => {
    const user = await newUser(gateway);
    expect(await query({ id: String(user.id) })).toEqual(found());
    expect(await query({ username: user.username ?? '' })).toEqual(found());
  });

  test.each([{}, { username: '' }, { email: 'x' }, { phone_number: '\u0000' }, { id: '' }])(
    'of nobody finds nobody: %j',
    async (parts) => {
      expect(await query(parts)).toEqual(found());
    },
  );
});

describe('existence', () => {
  const exist = (value: boolean) => ({ status: 200, body: { exist: value } });

  test('is told of whatever signs in', async () => {
    const [email, phone, username] = [newEmail(), newPhone(), newName()];
    await newUser(gateway, { username, email, phone: phone.replace(' ', '') });
    for (const known of [username, username.toUpperCase(), email, phone]) {
      const target = `/auth/v1/checkIfUserExist?username=${encodeURIComponent(known)}&client_id=x`;
      expect(await get(target)).toEqual(exist(true));
    }
    expect(await get('/auth/v1/checkIfUserExist?username=nobody_here')).toEqual(exist(false));
    expect(await get('/auth/v1/checkIfUserExist?username=%00')).toEqual(exist(false));
    expect(await get('/auth/v1/checkIfUserExist')).toEqual(invalid('username is required'));
  });

  test('of a user name is nothing when it is free, and the documented refusal when it is not', async () => {
    const { username } = await newUser(gateway);
    const check = (name: string) =>
      get(`/auth/v1/checkUsername?username=${encodeURIComponent(name)}`, person.token);
    expect(await check(newName())).toEqual(done);
    expect(await check(username ?? '')).toEqual(
      refused(409, 'username_already_exists', 409, 'Username already exists'),
    );
    expect(await check('13000000000')).toEqual(
      invalid('username must not read as an email address or a phone number'),
    );
    expect(await check('张三')).toMatchObject({ status: 400, body: { error: 'invalid_argument' } });
    expect(await check('')).toEqual(invalid('username is required'));
  });
});

describe('identity providers', () => {
  const notEnabled = refused(400, 'provider_not_enabled', 4045, 'No identity provider is enabled');

  test.each([
    ['POST', '/auth/v1/signin/with/provider'],
    ['POST', '/auth/v1/signin/custom'],
    ['POST', '/auth/v1/signin/wechat/noauth'],
    ['GET', '/auth/v1/provider/uri?provider_id=github&state=x'],
    ['POST', '/auth/v1/provider/token'],
    ['PATCH', '/auth/v1/provider/token'],
    ['POST', '/auth/v1/captcha/init'],
    ['POST', '/auth/v1/user/provider/bind'],
    ['DELETE', '/auth/v1/user/provider/github'],
    ['POST', '/auth/v1/user/provider/github/trans'],
    ['PATCH', '/auth/v1/user/trans/by/provider'],
  ])('%s %s is not enabled', async (method, target) => {
    const { token } = person;
    const call =
      method === 'GET' || method === 'DELETE' ? { token } : { token, body: { provider_token: 'x' } };
    expect(await answerTo(gateway, method, target, call)).toEqual(notEnabled);
  });

  test('of a user are none', async () => {
    expect(await get('/auth/v1/user/provider', person.token)).toEqual({
      status: 200,
      body: { total: 0, data: [] },
    });
  });
});

describe('a program', () => {
  interface Program {
    clientId: string;
    secret: string;
  }
  let program: Program;
  beforeAll(async () => {
    program = await gateway.core.createClient({ name: 'tests' }, gateway.operator);
  });
  const basic = (parts: Partial<Program> = {}) => {
    const { clientId, secret } = { ...program, ...parts };
    return `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
  };
  const grant = (
    target: string,
    authorization?: string,
    body: unknown = { grant_type: 'client_credentials' },
  ) => post(gateway, target, body, { headers: authorization === undefined ? {} : { authorization } });
  const tokenOf = async () =>
    ((await grant('/auth/v1/token', basic())).body as { access_token: string }).access_token;
  const bad = refused(400, 'unauthorized_client', 4022, 'Client credentials are not correct');

  test.each(['/auth/v1/token', '/auth/v1/token/clientCredential'])(
    'gets a token of five days from %s',
    async (target) => {
      expect(await grant(target, basic())).toEqual({
        status: 200,
        body: {
          token_type: 'Bearer',
          access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
          expires_in: 432_000,
        },
      });
      expect(await grant(target, basic({ secret: 'wrong' }))).toEqual(bad);
      expect(await grant(target, basic({ clientId: 'nobody' }))).toEqual(bad);
      expect(await grant(target)).toEqual(bad);
      expect(await grant(target, 'Basic !')).toEqual(bad);
      expect(await grant(target, 'TC3-HMAC-SHA256 Credential=x')).toEqual(
        refused(501, 'unimplemented', 12, 'Only Basic authorization is enabled'),
      );
    },
  );

  test('asks for it by its grant', async () => {
    expect(await grant('/auth/v1/token/clientCredential', basic(), {})).toEqual(
      invalid('grant_type is required'),
    );
  });

  test('edits anybody, and is nobody itself', async () => {
    const token = await tokenOf();
    const other = await newPerson(gateway);
    expect(await edit(gateway, token, { user_id: String(other.user.id), nickname: 'You' })).toEqual(done);
    expect((await me(gateway, other.token)).body).toMatchObject({ name: 'You' });
    expect(await edit(gateway, token, { nickname: 'Me' })).toEqual(invalid('user_id is required'));
    const notFound = refused(404, 'not_found', 5, 'User not found');
    expect(await edit(gateway, token, { user_id: '7', nickname: 'You' })).toEqual(notFound);
    expect(await me(gateway, token)).toEqual(notFound);
    expect(await get(`/auth/v1/user/query?id=${other.user.id}`, token)).toMatchObject({ body: { total: 1 } });
    expect(await post(gateway, '/auth/v1/user/sudo', { password: 'x' }, { token })).toMatchObject({
      status: 401,
    });
  });

  test('is out once it is revoked, or after five days', async () => {
    const late = await tokenOf();
    gateway.clock.advance(432_001);
    expect(await edit(gateway, late, { user_id: '7' })).toMatchObject({ status: 401 });
    const token = await tokenOf();
    await gateway.core.revokeClient({ clientId: program.clientId }, gateway.operator);
    expect(await edit(gateway, token, { user_id: '7' })).toMatchObject({ status: 401 });
    expect(await grant('/auth/v1/token', basic())).toEqual(bad);
  });
});

describe('introspection', () => {
  const introspect = (token?: string) => get('/auth/v1/token/introspect', token);

  test('tells what a good token says', async () => {
    const { username, user } = await newPerson(gateway);
    const body = { username, password: 'Secret_123' };
    const signedIn = await post(gateway, '/auth/v1/signin?client_id=app-7', body);
    const { access_token } = signedIn.body as { access_token: string };
    expect(await introspect(access_token)).toEqual({
      status: 200,
      body: { token_type: 'Bearer', client_id: 'app-7', sub: String(user.id), scope: 'user' },
    });
    await post(gateway, '/auth/v1/revoke', { token: access_token });
    expect(await introspect(access_token)).toEqual(done);
  });

  test('tells a program’s too', async () => {
    const { clientId, secret } = await gateway.core.createClient({ name: 'tests' }, gateway.operator);
    const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const granted = await post(
      gateway,
      '/auth/v1/token',
      { grant_type: 'client_credentials' },
      { headers: { authorization } },
    );
    expect(await introspect((granted.body as { access_token: string }).access_token)).toEqual({
      status: 200,
      body: { token_type: 'Bearer', client_id: clientId, scope: 'administrator' },
    });
  });

  test.each([undefined, 'none', 'a.b.c', 'm.refresh'])(
    'of a bad token is an empty answer: %s',
    async (token) => {
      expect(await introspect(token)).toEqual(done);
    },
  );
});
