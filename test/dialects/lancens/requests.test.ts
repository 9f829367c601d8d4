import { actionAt, callerWith, decode, messageOf, wireRequest } from './wire';

const register = actionAt('post', '/v1/api/user');
const signIn = actionAt('post', '/v1/api/user/login');
const signOut = actionAt('post', '/v1/api/user/logout');
const updateRealm = actionAt('put', '/v1/api/user');
const rename = actionAt('put', '/v1/api/user/username');
const askForCode = actionAt('put', '/v1/api/user/emailcode/email');
const changeEmail = actionAt('put', '/v1/api/user/emails');

const newcomer = {
  username: 'new_user',
  password: 'Secret_123',
  realm: '叮叮',
  email: 'new@example.com',
  phone: '13800138001',
  apikey: '0123456789abcdef0123456789abcdef',
  code: '123456',
};
const members = Object.keys(newcomer);

describe('registration', () => {
  const refused = (body: unknown): string => messageOf(() => register.read(wireRequest(body)));

  it('becomes a command without a session', () => {
    expect(register.read(wireRequest({ ...newcomer, unknown: 1 }))).toEqual({
      username: 'new_user',
      password: 'Secret_123',
      email: 'new@example.com',
      phone: '13800138001',
      apiKey: '0123456789abcdef0123456789abcdef',
      profile: { nickname: '叮叮' },
      identifierOrder: ['username', 'email', 'phone'],
      signIn: false,
    });
  });

  it.each(members)('asks for %s before it looks at any value', (member) => {
    const invalid = Object.fromEntries(members.map((name) => [name, 5]));
    expect(refused({ ...invalid, [member]: undefined })).toBe(`undefined ${member}`);
    expect(refused({ ...invalid, [member]: null })).toBe(`undefined ${member}`);
  });

  it('names the first absent member in the order of the page', () => {
    expect(refused({})).toBe('undefined username');
    expect(refused(undefined)).toBe('undefined username');
    expect(refused({ username: 'a', code: '1' })).toBe('undefined password');
  });

  it.each(members)('refuses a wrong type, an empty string and a wrong length of %s', (member) => {
    expect(refused({ ...newcomer, [member]: 5 })).toBe(`${member} format error`);
    expect(refused({ ...newcomer, [member]: ['a'] })).toBe(`${member} format error`);
    expect(refused({ ...newcomer, [member]: '' })).toBe(`${member} length error`);
    expect(refused({ ...newcomer, [member]: 'a'.repeat(41) })).toBe(`${member} length error`);
  });

  it.each([
    ['username', 'bad name', 'username error'],
    ['username', '1234567', 'username error'],
    ['username', '叮叮智能', 'username error'],
    ['username', 'abcdef\n', 'username error'],
    ['password', 'with space', 'password error'],
    ['password', '密码密码', 'password error'],
    ['realm', 'a\u0000', 'realm format error'],
    ['realm', 'a\ud800', 'realm format error'],
    ['email', 'string', 'email format error'],
    ['email', 'a@b@c.com', 'email format error'],
    ['phone', '1380013800a', 'phone format error'],
    ['phone', '+8613800138000', 'phone format error'],
    ['phone', '11111111111111111111', 'phone format error'],
    ['apikey', 'ABCDEFABCDEFABCDEFABCDEFABCDEFAB', 'apikey format error'],
    ['code', '12345a', 'code format error'],
  ])('refuses the content of %s %j', (member, value, message) => {
    expect(refused({ ...newcomer, [member]: value })).toBe(message);
  });

  it.each([
    ['username', 'abcde', 'abcdef', 'a'.repeat(32), 'a'.repeat(33)],
    ['password', 'a'.repeat(7), 'a'.repeat(8), 'a'.repeat(16), 'a'.repeat(17)],
    ['realm', '', '叮', `${'叮'.repeat(10)}ab`, '叮'.repeat(11)],
    ['email', '', 'a@b.co', `${'a'.repeat(28)}@example.com`, `${'a'.repeat(29)}@example.com`],
    ['phone', '1'.repeat(5), '2345678', '13800138001', '1'.repeat(21)],
    ['apikey', 'a'.repeat(31), 'a'.repeat(32), '0'.repeat(32), 'a'.repeat(33)],
    ['code', '12345', '000000', '123456', '1234567'],
  ])('counts the length of %s in bytes', (member, short, least, most, long) => {
    expect(refused({ ...newcomer, [member]: short })).toBe(`${member} length error`);
    expect(() => register.read(wireRequest({ ...newcomer, [member]: least }))).not.toThrow();
    expect(() => register.read(wireRequest({ ...newcomer, [member]: most }))).not.toThrow();
    expect(refused({ ...newcomer, [member]: long })).toBe(`${member} length error`);
  });

  it('goes through the members in the order of the page', () => {
    expect(refused({ ...newcomer, code: 'x', apikey: 'x', email: 'string' })).toBe('email format error');
    expect(refused({ ...newcomer, password: 'x', username: 'bad name' })).toBe('username error');
  });

  it.each([[[]], ['text'], [5], [true], [null]])('takes %j for no body of its kind', (body) => {
    expect(refused(body)).toBe('paramer error');
  });
});

describe('sign-in', () => {
  const refused = (body: unknown): string => messageOf(() => signIn.read(wireRequest(body)));

  it('takes whatever another wire may have accepted', () => {
    for (const username of [
      'ab',
      '张三',
      '😀'.repeat(64),
      `${'a'.repeat(242)}@example.com`,
      '+86 13800138000',
    ]) {
      expect(signIn.read(wireRequest({ username, password: 'p' }))).toEqual({
        identifier: username,
        password: 'p',
      });
    }
  });

  it('asks for both members and caps them', () => {
    expect(refused({})).toBe('undefined username');
    expect(refused({ username: 5 })).toBe('undefined password');
    expect(refused({ username: 5, password: 'p' })).toBe('username format error');
    expect(refused({ username: 'ab', password: {} })).toBe('password format error');
    expect(refused({ username: '', password: 'p' })).toBe('username length error');
    expect(refused({ username: 'ab', password: '' })).toBe('password length error');
    expect(refused({ username: 'a'.repeat(255), password: 'p' })).toBe('username length error');
    expect(refused({ username: 'ab', password: 'p'.repeat(73) })).toBe('password length error');
    expect(refused({ username: 'ab', password: '密'.repeat(25) })).toBe('password length error');
  });
});

describe('sign-out', () => {
  const token = 'abcdefghijklmnopqrstuvwxyz012345';
  const find = (body: unknown): string | undefined => signOut.findToken?.(wireRequest(body));

  it('finds the token in the body, whatever the header says', () => {
    const headers = { token: 'z'.repeat(32) };
    const body = { username: 'someone', token };
    expect(signOut.findToken?.(wireRequest(body, { headers }))).toBe(token);
    expect(signOut.read(wireRequest(body), callerWith())).toMatchObject({ identifier: 'someone' });
  });

  it.each([
    [{}, 'undefined username'],
    [{ username: 5 }, 'undefined token'],
    [{ token }, 'undefined username'],
    [{ username: 5, token }, 'username format error'],
    [{ username: '', token }, 'username length error'],
    [{ username: 'someone', token: 5 }, 'token format error'],
    [{ username: 'someone', token: '' }, 'token length error'],
    [{ username: 'someone', token: 'short' }, 'token length error'],
    [{ username: 'someone', token: 'a'.repeat(33) }, 'token length error'],
    [[], 'paramer error'],
  ])('answers %j with %s', (body, message) => {
    expect(messageOf(() => find(body))).toBe(message);
  });
});

describe('updates', () => {
  it('reads the nickname as it stands', () => {
    const caller = callerWith();
    expect(updateRealm.read(wireRequest({ realm: ' 小 王\n' }), caller)).toEqual({
      caller,
      changes: { nickname: ' 小 王\n' },
    });
  });

  it('reads the user name', () => {
    const caller = callerWith();
    expect(rename.read(wireRequest({ username: 'New_name1' }), caller)).toEqual({
      caller,
      changes: { username: 'New_name1' },
    });
  });

  it('accepts the own value that another wire let in, and only that', () => {
    const realm = '叮'.repeat(20);
    const email = `${'a'.repeat(60)}@example.com`;
    const caller = callerWith({ username: '王', nickname: realm, email });
    expect(updateRealm.read(wireRequest({ realm }), caller)).toMatchObject({ changes: { nickname: realm } });
    expect(rename.read(wireRequest({ username: '王' }), caller)).toMatchObject({
      changes: { username: '王' },
    });
    expect(askForCode.read(wireRequest({ email }), caller)).toMatchObject({ email });
    expect(changeEmail.read(wireRequest({ code: '123456', email }), caller)).toMatchObject({ email });

    const other = callerWith();
    expect(messageOf(() => updateRealm.read(wireRequest({ realm }), other))).toBe('realm length error');
    expect(messageOf(() => rename.read(wireRequest({ username: '王' }), other))).toBe(
      'username length error',
    );
    expect(messageOf(() => askForCode.read(wireRequest({ email }), other))).toBe('email length error');
  });

  it('does not take the sign of an unset field for its value', () => {
    const caller = callerWith({ username: null, nickname: '', email: null });
    expect(messageOf(() => updateRealm.read(wireRequest({ realm: '' }), caller))).toBe('realm length error');
    expect(messageOf(() => rename.read(wireRequest({ username: '' }), caller))).toBe('username length error');
    expect(messageOf(() => askForCode.read(wireRequest({ email: '' }), caller))).toBe('email length error');
  });
});

describe('asking for a mail code', () => {
  const read = (body: unknown, query = ''): Record<string, unknown> => {
    const { caller: _, ...command } = askForCode.read(
      wireRequest(body, { query: new URLSearchParams(query) }),
      callerWith(),
    );
    return command;
  };

  it('speaks English and names no app unless told', () => {
    const plain = { email: 'a@b.co', language: 'en' };
    expect(read({ email: 'a@b.co' })).toEqual(plain);
    expect(read({ email: 'a@b.co', appname: '', language: null })).toEqual(plain);
    expect(read({ email: 'a@b.co' }, 'appname=')).toEqual(plain);
  });

  it('takes appname and language from the body, else from the query', () => {
    const query = 'appname=Query&language=zh-CN&email=ignored@example.com';
    expect(read({ email: 'a@b.co' }, query)).toEqual({
      email: 'a@b.co',
      language: 'zh-CN',
      appName: 'Query',
    });
    expect(read({ email: 'a@b.co', appname: '叮叮 2', language: 'zh' }, query)).toEqual({
      email: 'a@b.co',
      language: 'zh',
      appName: '叮叮 2',
    });
    expect(messageOf(() => read({}, query))).toBe('undefined email');
  });

  it.each([
    [{ email: 5, appname: 5 }, 'email format error'],
    [{ email: 'string' }, 'email format error'],
    [{ email: 'a@b.co', appname: 5 }, 'appname format error'],
    [{ email: 'a@b.co', appname: 'a'.repeat(33) }, 'appname format error'],
    [{ email: 'a@b.co', appname: 'http://evil.example' }, 'appname format error'],
    [{ email: 'a@b.co', appname: 'two\nlines' }, 'appname format error'],
    [{ email: 'a@b.co', language: 5 }, 'language format error'],
    [{ email: 'a@b.co', language: '' }, 'language length error'],
    [{ email: 'a@b.co', language: 'e' }, 'language length error'],
    [{ email: 'a@b.co', language: 'a'.repeat(12) }, 'language length error'],
  ])('answers %j with %s', (body, message) => {
    expect(messageOf(() => read(body))).toBe(message);
  });
});

describe('presenting the mail code', () => {
  const read = (body: unknown): Record<string, unknown> => changeEmail.read(wireRequest(body), callerWith());

  it('reads both members', () => {
    expect(read({ code: '012345', email: 'a@b.co' })).toMatchObject({ code: '012345', email: 'a@b.co' });
  });

  it.each([
    [{}, 'undefined code'],
    [{ code: 5 }, 'undefined email'],
    [{ code: null, email: 'a@b.co' }, 'undefined code'],
    [{ code: 123456, email: 5 }, 'code format error'],
    [{ code: '', email: 5 }, 'code length error'],
    [{ code: '12345', email: 'a@b.co' }, 'code length error'],
    [{ code: '1234567', email: 'a@b.co' }, 'code length error'],
    [{ code: '12345a', email: 'a@b.co' }, 'code format error'],
    [{ code: '１２', email: 'a@b.co' }, 'code format error'],
    [{ code: '123456', email: 5 }, 'email format error'],
    [{ code: '123456', email: '' }, 'email length error'],
    [{ code: '123456', email: `${'a'.repeat(40)}@b.co` }, 'email length error'],
    [{ code: '123456', email: 'a@' }, 'email format error'],
  ])('answers %j with %s', (body, message) => {
    expect(messageOf(() => read(body))).toBe(message);
  });
});

describe('bodies', () => {
  const json = { 'content-type': 'application/json' };

  it.each(['application/json', 'application/json; charset=UTF-8', 'Application/JSON;charset="utf-8"'])(
    'are read under %s',
    (type) => {
      expect(decode('{"realm":"叮"}', { 'content-type': type })).toEqual({ realm: '叮' });
    },
  );

  it('may start with a byte order mark', () => {
    expect(decode('\ufeff{"realm":"a"}', json)).toEqual({ realm: 'a' });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/vnd.a+json',
    '',
  ])('are absent under %j', (type) => {
    expect(decode('{"realm":', { 'content-type': type })).toBeUndefined();
  });

  it('are absent without a content type and when empty', () => {
    expect(decode('{"realm":"a"}', {})).toBeUndefined();
    expect(decode('', json)).toBeUndefined();
  });

  it('are refused when they are no JSON in UTF-8', () => {
    expect(messageOf(() => decode('{"realm":', json))).toBe('paramer error');
    expect(messageOf(() => decode(Buffer.from('{"realm":"\xe9"}', 'latin1'), json))).toBe('paramer error');
    const gbk = { 'content-type': 'application/json; charset=gbk' };
    expect(messageOf(() => decode('{"realm":"a"}', gbk))).toBe('paramer error');
  });
});
