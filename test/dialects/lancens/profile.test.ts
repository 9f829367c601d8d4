import { startGateway } from '../../support/gateway';
import {
  answerTo,
  call,
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
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  person = await newPerson(gateway);
});

describe('GET /v1/api/user', () => {
  it('shows exactly the five members', async () => {
    const answer = await call(gateway, 'GET', '/v1/api/user', { token: person.token });
    const { id, username, email, phone } = person;
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(JSON.stringify({ id, username, realm: 'Nick', email, phone }));
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it('answers 304 without a body until something changed', async () => {
    const { token } = person;
    const { headers } = await call(gateway, 'GET', '/v1/api/user', { token });
    const conditional = { token, headers: { 'If-None-Match': String(headers.etag) } };
    const unchanged = await call(gateway, 'GET', '/v1/api/user', conditional);
    expect({ status: unchanged.status, text: unchanged.text }).toEqual({ status: 304, text: '' });

    await call(gateway, 'PUT', '/v1/api/user', { token, body: { realm: 'Changed' } });
    const changed = await call(gateway, 'GET', '/v1/api/user', conditional);
    expect(changed).toMatchObject({ status: 200, body: { realm: 'Changed' } });
    expect(changed.headers.etag).not.toBe(headers.etag);
  });

  it('does not answer 304 to somebody without a token', async () => {
    const { headers } = await call(gateway, 'GET', '/v1/api/user', { token: person.token });
    const nobody = { headers: { 'If-None-Match': String(headers.etag) } };
    expect(await answerTo(gateway, 'GET', '/v1/api/user', nobody)).toEqual(refused('no token'));
  });

  it('shows what a user of another door lacks as empty strings', async () => {
    const { username } = newcomer();
    const { core, operator } = gateway;
    await core.registerUser({ username, password: 'Secret_123', signIn: false }, operator);
    const { id, token } = await signIn(gateway, username, 'Secret_123');
    expect(await profileOf(gateway, token)).toEqual({ id, username, realm: '', email: '', phone: '' });
  });

  it('shows a number of another region in E.164', async () => {
    const { username } = newcomer();
    const { core, operator } = gateway;
    const command = { username, password: 'Secret_123', phone: '+447911123456', signIn: false };
    await core.registerUser(command, operator);
    const { token } = await signIn(gateway, '+44 7911 123456', 'Secret_123');
    expect(await profileOf(gateway, token)).toMatchObject({ phone: '+447911123456' });
  });
});

describe('PUT /v1/api/user', () => {
  const update = (body: unknown): Promise<unknown> =>
    answerTo(gateway, 'PUT', '/v1/api/user', { token: person.token, body });

  it.each([
    'a',
    'a'.repeat(32),
    '叮叮智能叮叮智能叮叮',
    `${'叮'.repeat(10)}ab`,
    '😀'.repeat(8),
    'e\u0301',
    'שלום',
    ' a ',
    'a\nb',
    '<b>&"\'\\',
    '\u0001',
  ])('keeps the nickname %j as it stands', async (realm) => {
    expect(await update({ realm })).toEqual(success);
    expect(await profileOf(gateway, person.token)).toMatchObject({ realm });
  });

  it.each([
    [{}, 'undefined realm'],
    [{ realm: null }, 'undefined realm'],
    [{ Realm: 'a' }, 'undefined realm'],
    [{ realm: 5 }, 'realm format error'],
    [{ realm: true }, 'realm format error'],
    [{ realm: ['a'] }, 'realm format error'],
    [{ realm: { a: 'a' } }, 'realm format error'],
    [{ realm: '' }, 'realm length error'],
    [{ realm: 'a'.repeat(33) }, 'realm length error'],
    [{ realm: '叮'.repeat(11) }, 'realm length error'],
    [{ realm: `${'😀'.repeat(8)}a` }, 'realm length error'],
    [{ realm: 'a\u0000b' }, 'realm format error'],
    ['{"realm":"\\ud800"}', 'realm format error'],
  ])('answers %j with %s and changes nothing', async (body, message) => {
    expect(await update(body)).toEqual(refused(message));
    expect(await profileOf(gateway, person.token)).toMatchObject({ realm: person.realm });
  });

  it('accepts the long nickname that another door set, as long as it stays', async () => {
    const realm = '叮'.repeat(64);
    await gateway.sql('UPDATE users SET nickname = $1 WHERE id = $2', [realm, person.id]);
    expect(await update({ realm })).toEqual(success);
    expect(await update({ realm: realm.slice(1) })).toEqual(refused('realm length error'));
    expect(await profileOf(gateway, person.token)).toMatchObject({ realm });
  });
});

describe('PUT /v1/api/user/username', () => {
  const rename = (body: unknown): Promise<unknown> =>
    answerTo(gateway, 'PUT', '/v1/api/user/username', { token: person.token, body });

  it('changes the name that signs in and keeps the token', async () => {
    const { username } = newcomer();
    expect(await rename({ username })).toEqual(success);
    expect(await profileOf(gateway, person.token)).toMatchObject({ username });
    const old = { username: person.username, password: person.password };
    expect(await answerTo(gateway, 'POST', '/v1/api/user/login', { body: old })).toEqual(
      refused('username or password error'),
    );
    expect(await signIn(gateway, username, person.password)).toMatchObject({ id: person.id });
  });

  it.each(['abcdef', '______', 'ABCdef_123', '1234567_', `a${'0'.repeat(31)}`])(
    'takes %s',
    async (username) => {
      expect(await rename({ username })).toEqual(success);
      expect(await profileOf(gateway, person.token)).toMatchObject({ username });
    },
  );

  it('takes the own name again, in any case', async () => {
    expect(await rename({ username: person.username })).toEqual(success);
    const username = person.username.toUpperCase();
    expect(await rename({ username })).toEqual(success);
    expect(await profileOf(gateway, person.token)).toMatchObject({ username });
  });

  it.each([
    [{}, 'undefined username'],
    [{ username: null }, 'undefined username'],
    [{ username: 1234567 }, 'username format error'],
    [{ username: ['abcdef'] }, 'username format error'],
    [{ username: '' }, 'username length error'],
    [{ username: 'abcde' }, 'username length error'],
    [{ username: 'a'.repeat(33) }, 'username length error'],
    [{ username: '叮'.repeat(11) }, 'username length error'],
    [{ username: '1234567' }, 'username error'],
    [{ username: 'bad name' }, 'username error'],
    [{ username: 'a-bcdef' }, 'username error'],
    [{ username: 'a@b.com' }, 'username error'],
    [{ username: '叮叮智能' }, 'username error'],
    [{ username: 'abcdef\n' }, 'username error'],
    [{ username: 'abc\u0000def' }, 'username error'],
    [{ username: 'ａｂｃｄｅｆ' }, 'username error'],
  ])('answers %j with %s and changes nothing', async (body, message) => {
    expect(await rename(body)).toEqual(refused(message));
    expect(await profileOf(gateway, person.token)).toMatchObject({ username: person.username });
  });

  it('refuses the name of another user, in any case', async () => {
    const { username } = await newPerson(gateway);
    for (const taken of [username, username.toUpperCase()]) {
      expect(await rename({ username: taken })).toEqual(refused('username exist'));
    }
    expect(await profileOf(gateway, person.token)).toMatchObject({ username: person.username });
  });

  it('accepts the short name that another door set, as long as it stays', async () => {
    const { core, operator } = gateway;
    await core.registerUser({ username: '王', password: 'Secret_123', signIn: false }, operator);
    const { token } = await signIn(gateway, '王', 'Secret_123');
    const body = { username: '王' };
    expect(await answerTo(gateway, 'PUT', '/v1/api/user/username', { token, body })).toEqual(success);
    expect(await profileOf(gateway, token)).toMatchObject({ username: '王' });
  });
});
