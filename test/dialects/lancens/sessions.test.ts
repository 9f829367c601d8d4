import { startGateway } from '../../support/gateway';
import {
  answerTo,
  call,
  created,
  newcomer,
  newPerson,
  profileOf,
  refused,
  signIn,
  success,
  type Gateway,
  type Person,
} from './people';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

describe('POST /v1/api/user', () => {
  const register = (body: unknown): Promise<unknown> => answerTo(gateway, 'POST', '/v1/api/user', { body });

  it('makes a user who can sign in at once', async () => {
    const body = newcomer();
    expect(await register(body)).toEqual(created);
    const { id, token } = await signIn(gateway, body.username, body.password);
    const { username, realm, email, phone } = body;
    expect(await profileOf(gateway, token)).toEqual({ id, username, realm, email, phone });
  });

  it.each(['username', 'password', 'realm', 'email', 'phone', 'apikey', 'code'])(
    'needs %s',
    async (member) => {
      expect(await register({ ...newcomer(), [member]: undefined })).toEqual(refused(`undefined ${member}`));
      expect(await register({ ...newcomer(), [member]: null })).toEqual(refused(`undefined ${member}`));
      expect(await register({ ...newcomer(), [member]: 5 })).toEqual(refused(`${member} format error`));
      expect(await register({ ...newcomer(), [member]: '' })).toEqual(refused(`${member} length error`));
      expect(await register({ ...newcomer(), [member]: '叮'.repeat(14) })).toEqual(
        refused(`${member} length error`),
      );
    },
  );

  it.each([
    [{ username: 'abcde' }, 'username length error'],
    [{ username: '12345678' }, 'username error'],
    [{ username: 'bad name' }, 'username error'],
    [{ password: '1234567' }, 'password length error'],
    [{ password: 'a'.repeat(17) }, 'password length error'],
    [{ password: 'with space' }, 'password error'],
    [{ password: '密码密码' }, 'password error'],
    [{ realm: '叮'.repeat(11) }, 'realm length error'],
    [{ email: `${'a'.repeat(29)}@example.com` }, 'email length error'],
    [{ email: 'string' }, 'email format error'],
    [{ phone: '12345' }, 'phone length error'],
    [{ phone: '1'.repeat(21) }, 'phone length error'],
    [{ phone: '1380013800x' }, 'phone format error'],
    [{ phone: '1'.repeat(20) }, 'phone format error'],
    [{ apikey: 'a'.repeat(31) }, 'apikey length error'],
    [{ apikey: 'A'.repeat(32) }, 'apikey format error'],
    [{ code: '12345' }, 'code length error'],
    [{ code: '12345x' }, 'code format error'],
  ])('answers %j with %s and makes nobody', async (changes, message) => {
    const body = { ...newcomer(), ...changes };
    expect(await register(body)).toEqual(refused(message));
    const { username, password } = body;
    const attempt = await call(gateway, 'POST', '/v1/api/user/login', { body: { username, password } });
    expect(attempt.status).toBe(400);
  });

  it.each([
    ['username', 'user exist'],
    ['email', 'email exist'],
    ['phone', 'phone exist'],
  ] as const)('refuses a taken %s', async (member, message) => {
    const first = await newPerson(gateway);
    expect(await register({ ...newcomer(), [member]: first[member] })).toEqual(refused(message));
    expect(await register({ ...newcomer(), [member]: first[member].toUpperCase() })).toEqual(
      refused(message),
    );
  });

  it('names the first of several taken values in the order of the old error list', async () => {
    const first = await newPerson(gateway);
    const second = newcomer();
    expect(await register(first)).toEqual(refused('user exist'));
    expect(await register({ ...first, username: second.username })).toEqual(refused('email exist'));
    expect(await register({ ...first, username: second.username, email: second.email })).toEqual(
      refused('phone exist'),
    );
  });

  it('looks at the form of every member before it looks for who has one', async () => {
    const { username, email } = await newPerson(gateway);
    const body = { ...newcomer(), username, email };
    expect(await register({ ...body, phone: '1'.repeat(20) })).toEqual(refused('phone format error'));
    expect(await register({ ...body, code: '12345' })).toEqual(refused('code length error'));
  });

  it('lets one of many at the same name win', async () => {
    const { username } = newcomer();
    const answers = await Promise.all(Array.from({ length: 8 }, () => register({ ...newcomer(), username })));
    const won = answers.filter((answer) => (answer as { status: number }).status === 201);
    expect(won).toEqual([created]);
    expect(answers).toEqual(expect.arrayContaining([refused('user exist')]));
  });
});

describe('POST /v1/api/user/login', () => {
  let person: Person;
  beforeEach(async () => {
    person = await newPerson(gateway);
  });
  const login = (body: unknown): Promise<unknown> =>
    answerTo(gateway, 'POST', '/v1/api/user/login', { body });

  it('answers with the session object', async () => {
    const { username, password } = person;
    const before = Math.floor(gateway.clock.now().getTime() / 1000);
    const { status, body } = await call(gateway, 'POST', '/v1/api/user/login', {
      headers: { formal: 'formal' },
      body: { username, password },
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: person.id,
      token: expect.stringMatching(/^[a-z0-9]{32}$/) as string,
      reflash_key: expect.stringMatching(/^[a-z0-9]{32}$/) as string,
      time: expect.any(Number) as number,
    });
    const { token, reflash_key, time } = body as { token: string; reflash_key: string; time: number };
    expect(reflash_key).not.toBe(token);
    expect(Number.isInteger(time)).toBe(true);
    expect(time - before).toBeGreaterThanOrEqual(2_592_000);
    expect(time - before).toBeLessThan(2_592_000 + 60);
  });

  it('knows the user by name, address and number, in any spelling', async () => {
    const { username, email, phone, password } = person;
    const spellings = [username, username.toUpperCase(), email, email.toUpperCase(), phone, `+86${phone}`];
    for (const spelling of spellings) {
      expect(await signIn(gateway, spelling, password)).toMatchObject({ id: person.id });
    }
  });

  it('signs in with what only a wider door accepts', async () => {
    const username = '张三李四'.repeat(12);
    const password = `long pass phrase ${'x'.repeat(40)} 密码`;
    await gateway.core.registerUser({ username, password, signIn: false }, gateway.operator);
    const { token } = await signIn(gateway, username, password);
    expect(await profileOf(gateway, token)).toMatchObject({ username });
  });

  it('does not tell a wrong password from an unknown user', async () => {
    const wrong = { username: person.username, password: 'Wrong_1234' };
    const unknown = { username: newcomer().username, password: person.password };
    const expected = refused('username or password error');
    expect(await login(wrong)).toEqual(expected);
    expect(await login(unknown)).toEqual(expected);
    expect(await login({ username: 'nobody@example.com', password: 'x' })).toEqual(expected);
    expect(await login({ username: '13000000000', password: 'x' })).toEqual(expected);
    expect(await login({ username: 'a\u0000b', password: 'x' })).toEqual(expected);
    expect(await login({ username: person.username, password: 'x\u0000' })).toEqual(expected);
    expect(await login('{"username":"\\ud800","password":"\\ud800"}')).toEqual(expected);
    expect(await login({ username: person.username, password: ` ${person.password}` })).toEqual(expected);
  });

  it.each([
    [{}, 'undefined username'],
    [{ password: 'x' }, 'undefined username'],
    [{ username: 'x' }, 'undefined password'],
    [{ username: null, password: null }, 'undefined username'],
    [{ username: 5, password: 'x' }, 'username format error'],
    [{ username: 'x', password: 5 }, 'password format error'],
    [{ username: '', password: 'x' }, 'username length error'],
    [{ username: 'x', password: '' }, 'password length error'],
    [{ username: 'x'.repeat(255), password: 'x' }, 'username length error'],
    [{ username: 'x', password: 'x'.repeat(73) }, 'password length error'],
    [{ username: 'x', password: '密'.repeat(25) }, 'password length error'],
  ])('answers %j with %s', async (body, message) => {
    expect(await login(body)).toEqual(refused(message));
  });

  it('forgets the push tokens of the user', async () => {
    for (const kind of ['push_token', 'message_push_token', 'something_else']) {
      await gateway.sql(
        `INSERT INTO extension_records (dialect, kind, user_id, data) VALUES ('lancens', $1, $2, '{}')`,
        [kind, person.id],
      );
    }
    await signIn(gateway, person.username, person.password);
    const rows = await gateway.sql('SELECT kind FROM extension_records WHERE user_id = $1', [person.id]);
    expect(rows).toEqual([{ kind: 'something_else' }]);
  });
});

describe('POST /v1/api/user/logout', () => {
  let person: Person;
  beforeEach(async () => {
    person = await newPerson(gateway);
  });
  const logout = (body: unknown, token?: string): Promise<unknown> =>
    answerTo(gateway, 'POST', '/v1/api/user/logout', { body, ...(token !== undefined && { token }) });

  it.each(['username', 'email', 'phone'] as const)('signs out by %s', async (member) => {
    const { token } = person;
    expect(await logout({ username: person[member], token })).toEqual(success);
    expect(await answerTo(gateway, 'GET', '/v1/api/user', { token })).toEqual(refused('invalid token'));
  });

  it('goes by the token of the body, whatever the header says', async () => {
    const { username, token } = person;
    expect(await logout({ username }, token)).toEqual(refused('undefined token'));
    const other = await newPerson(gateway);
    expect(await logout({ username, token }, other.token)).toEqual(success);
    await expect(profileOf(gateway, other.token)).resolves.toBeDefined();
  });

  it('refuses the name of somebody else and leaves the session alone', async () => {
    const other = await newPerson(gateway);
    for (const username of [other.username, newcomer().username, other.email]) {
      expect(await logout({ username, token: person.token })).toEqual(refused('username error'));
    }
    await expect(profileOf(gateway, person.token)).resolves.toBeDefined();
  });

  it.each([
    [{}, 'undefined username'],
    [{ username: 'someone' }, 'undefined token'],
    [{ username: 'someone', token: null }, 'undefined token'],
    [{ token: 'short' }, 'undefined username'],
    [{ username: 5, token: 'z'.repeat(32) }, 'username format error'],
    [{ username: '', token: 'z'.repeat(32) }, 'username length error'],
    [{ username: 'x'.repeat(255), token: 'z'.repeat(32) }, 'username length error'],
    [{ username: 'someone', token: 5 }, 'token format error'],
    [{ username: 'someone', token: '' }, 'token length error'],
    [{ username: 'someone', token: 'z'.repeat(31) }, 'token length error'],
    [{ username: 'someone', token: 'z'.repeat(33) }, 'token length error'],
    [{ username: 'someone', token: 'z'.repeat(32) }, 'invalid token'],
    [{ username: 'someone', token: 'Z'.repeat(32) }, 'invalid token'],
  ])('answers %j with %s', async (body, message) => {
    expect(await logout(body)).toEqual(refused(message));
  });

  it('answers an expired and a superseded token as every call does', async () => {
    const { username, password, token } = person;
    const { token: later } = await signIn(gateway, username, password);
    expect(await logout({ username, token })).toEqual(refused('no user'));
    gateway.clock.advance(31 * 24 * 60 * 60);
    expect(await logout({ username, token: later })).toEqual(refused('invalid token'));
  });
});
