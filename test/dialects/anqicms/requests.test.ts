import { CoreError, type ProfileChanges, type User } from '../../../src/core';
import { RequestError, type WireRequest } from '../../../src/dialect';
import { readLogin, readRegistration, readUpdate, readUserId } from '../../../dialects/anqicms/requests';
import { callerOf, own, person, request, siteWith } from './support';

function problemOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof RequestError || error instanceof CoreError) return error.problem;
    throw error;
  }
  return 'taken';
}

describe('reading a login', () => {
  const read = (json: unknown, site = own) => readLogin(request({ json }), site);

  test.each([
    [{ email: 'a@b.cd', phone: '13800138000', user_name: 'x' }, 'a@b.cd'],
    [{ email: '', phone: '13800138000', user_name: 'x' }, '13800138000'],
    [{ email: null, phone: '', user_name: '\u3000x ' }, 'x'],
  ])('%j signs in %s', (members, identifier) => {
    expect(read({ ...members, password: ' secret\u0085' })).toEqual({ identifier, password: 'secret' });
  });

  test('a blank e-mail address hides the user name behind it', () => {
    expect(read({ email: ' ', user_name: 'x', password: 'secret' })).toMatchObject({
      refused: { field: 'identifier', rule: 'missing' },
    });
  });

  test('the account is asked for before the password', () => {
    expect(read({})).toMatchObject({ refused: { field: 'identifier' } });
    expect(read({ user_name: 'x', password: ' 12345 ' })).toMatchObject({
      refused: { field: 'password', rule: 'length' },
    });
    expect(read({ user_name: 'x', password: '密码' })).toEqual({ identifier: 'x', password: '密码' });
  });

  test('a site with captchas sends picture and answer along, and asks for one without', () => {
    const withCaptcha = siteWith({ ANQICMS_CAPTCHA: '1' });
    const body = { user_name: 'x', password: 'secret' };
    expect(read({ ...body, captcha_id: 'p', captcha: 'aB3d' }, withCaptcha).captcha).toEqual({
      when: 'always',
      answer: { captchaId: 'p', text: 'aB3d' },
    });
    expect(read({ ...body, captcha: 'aB3d' }, withCaptcha).captcha).toEqual({ when: 'always' });
    expect(read({ ...body, captcha_id: 'p', captcha: 'aB3d' })).not.toHaveProperty('captcha');
  });

  test('a site that verifies addresses has a link sent, below its own public URL', () => {
    const verifying = siteWith({ ANQICMS_SIGNUP_VERIFY: '1' });
    const headers = { 'accept-language': 'en', 'x-host': 'evil.example', host: 'evil.example' };
    const link = {
      template:
        'https://id.example.com/api/verify/email?token={token}&code={code}&state=verify&email={email}',
      use: 'verify_email',
      language: 'en-US',
    };
    const json = { user_name: 'x', password: 'secret', email: 'a@b.cd' };
    expect(readLogin(request({ json, headers }), verifying).emailLink).toEqual(link);
    expect(readRegistration(request({ json, headers }), verifying)).toMatchObject({
      emailLink: link,
      signIn: false,
    });
    expect(readLogin(request({ json }), own)).not.toHaveProperty('emailLink');
  });

  test.each([
    ['tt', { code: 'invalid_credentials' }],
    ['swan', { code: 'invalid_credentials' }],
    ['alipay', { code: 'invalid_credentials' }],
    ['qq', { code: 'invalid_credentials' }],
    ['weapp', { code: 'invalid_member', member: 'openid', rule: 'missing' }],
    ['wechat', { code: 'verification_code_rejected', reason: 'none' }],
    ['google', { code: 'not_served' }],
  ])('the platform %s answers as on a server where it is not set up', (platform, problem) => {
    expect(problemOf(() => read({ platform, user_name: 'x', password: 'secret' }))).toEqual(problem);
  });

  test.each(['website', 'inwechat', '', 'anything'])('the platform %j signs in by password', (platform) => {
    expect(read({ platform, user_name: 'x', password: 'secret' })).toMatchObject({ identifier: 'x' });
  });
});

describe('reading a registration', () => {
  const read = (json: Record<string, unknown>, headers: WireRequest['headers'] = {}) =>
    readRegistration(request({ json: { user_name: 'x', password: 'secret', ...json }, headers }), own);

  test('a refused user name has no slug', () => {
    expect(read({ user_name: '名'.repeat(65) })).toMatchObject({
      username: { refused: 'length' },
      extension: { url_token: '' },
    });
    expect(read({ user_name: '名'.repeat(2) }).extension).toMatchObject({ url_token: 'ming-ming' });
  });

  test('takes what the server takes, trimmed as the server trims', () => {
    expect(
      read({
        user_name: ' 张三 ',
        password: ' secret ',
        real_name: ' 三 ',
        avatar_url: 'https://cdn.example.com/a.png',
        email: ' a@b.cd ',
        phone: ' 13800138000 ',
        invite_id: 7,
        first_name: 'ignored',
        last_name: 'ignored',
        code: '1234',
      }),
    ).toEqual({
      username: '张三',
      password: 'secret',
      email: 'a@b.cd',
      phone: '13800138000',
      profile: { realName: ' 三 ', avatar: 'https://cdn.example.com/a.png' },
      extension: { group_id: 1, parent_id: 7, url_token: 'zhang-san' },
      identifierOrder: ['username', 'phone', 'email'],
      contactRequired: true,
      signIn: true,
    });
  });

  test.each([
    [{ user_name: ' ' }, { code: 'invalid_member', member: 'user_name', rule: 'missing' }],
    [{ password: ' ' }, { code: 'invalid_member', member: 'password', rule: 'missing' }],
    [{ password: '12345' }, { code: 'invalid_member', member: 'password', rule: 'length' }],
    [{ real_name: '名'.repeat(65) }, { code: 'invalid_member', member: 'real_name', rule: 'length' }],
    [
      { avatar_url: `https://a.example/${'x'.repeat(255)}` },
      { code: 'invalid_member', member: 'avatar_url', rule: 'format' },
    ],
    [{ avatar_url: 'javascript:alert(1)' }, { code: 'invalid_member', member: 'avatar_url', rule: 'format' }],
    [
      { avatar_url: '//evil.example/a.png' },
      { code: 'invalid_member', member: 'avatar_url', rule: 'format' },
    ],
    [{ invite_id: 2147483648 }, { code: 'invalid_member', member: 'invite_id', rule: 'length' }],
  ])('%j is refused', (json, problem) => {
    expect(problemOf(() => read(json))).toEqual(problem);
  });

  test.each([
    ['uploads/user/1.png', 'uploads/user/1.png'],
    ['/uploads/user/1.png', 'uploads/user/1.png'],
    ['https://id.example.com/uploads/user/1.png', 'uploads/user/1.png'],
    ['http://wx.example.com/132', 'http://wx.example.com/132'],
    ['', ''],
  ])('the avatar %j is kept as %j', (written, avatar) => {
    expect(read({ avatar_url: written }).profile).toMatchObject({ avatar });
  });

  test.each([
    [{ user_name: '名'.repeat(65) }, 'username', 'length'],
    [{ email: 'a@b' }, 'email', 'format'],
    [{ email: '张三@例子.com' }, 'email', 'format'],
    [{ email: 'xx a@b.c yy' }, 'email', 'format'],
    [{ email: 'a@b.c\n' + 'x' }, 'email', 'format'],
    [{ email: `${'a'.repeat(95)}@b.cde` }, 'email', 'length'],
    [{ email: `a@${'a.'.repeat(100_000)}!` }, 'email', 'format'],
    [{ phone: '12345' }, 'phone', 'format'],
    [{ phone: 'x13800138000' }, 'phone', 'format'],
    [{ phone: '010-62345678' }, 'phone', 'format'],
    [{ phone: '1'.repeat(30) }, 'phone', 'format'],
    [{ phone: '+86 (138) 0013 - 8000' }, 'phone', 'length'],
  ])('%.80j travels to the core as refused, so that the order of checks holds', (json, field, rule) => {
    expect(read(json)).toMatchObject({ [field]: { refused: rule } });
  });

  test.each(['a@b.c', 'a.b-c+d@e-f.g.hi', 'A_1@x-y.z'])('the e-mail address %s is taken', (email) => {
    expect(read({ email })).toMatchObject({ email });
  });

  test('a number of another country is taken as it can be dialled', () => {
    expect(read({ phone: '+44 20 7946 0958' })).toMatchObject({ phone: '+44 20 7946 0958' });
    expect(read({ phone: '+8613800138000' })).toMatchObject({ phone: '+8613800138000' });
  });

  test('the invite cookie beats the body and is read as a number, as the server does', () => {
    expect(read({ invite_id: 7 }, { cookie: 'invite=10l55fb' }).extension).toMatchObject({ parent_id: 0 });
    expect(read({ invite_id: 7 }, { cookie: 'invite=12' }).extension).toMatchObject({ parent_id: 12 });
  });
});

describe('reading an update', () => {
  const read = (json: unknown, user: Partial<User> = {}): ProfileChanges =>
    readUpdate(request({ json }), callerOf(person(user)), own).changes;

  test.each<[what: string, json: unknown, changes: ProfileChanges]>([
    ['no members', {}, {}],
    ['null as an absent body', null, {}],
    ['null as an absent member', { real_name: null, user_name: null }, {}],
    [
      'every documented member, trimmed',
      {
        user_name: ' li ',
        real_name: ' 李四 ',
        introduce: '\u3000hi',
        email: ' li@example.com',
        phone: ' 13900139000',
      },
      { username: 'li', realName: '李四', bio: 'hi', email: 'li@example.com', phone: '13900139000' },
    ],
    [
      'empty texts as cleared',
      { real_name: '', introduce: ' ', first_name: '', last_name: '' },
      { realName: '' },
    ],
    ['empty identifiers as unchanged', { user_name: ' ', email: '', phone: '\t' }, {}],
    [
      'what is so already as unchanged',
      { user_name: 'zhangsan', real_name: '张三', email: 'zhang.san@example.com', phone: '13800138000' },
      {},
    ],
    ['the own number in another spelling as unchanged', { phone: '+86 138-0013-8000' }, {}],
    ['a user name in other letters as a change', { user_name: 'ZhangSan' }, { username: 'ZhangSan' }],
    [
      'a first name as a real name too',
      { first_name: 'San', last_name: 'Zhang' },
      { firstName: 'San', lastName: 'Zhang', realName: 'San Zhang' },
    ],
    [
      'a first name alone with the space that the server leaves',
      { first_name: 'San' },
      { firstName: 'San', realName: 'San ' },
    ],
    [
      'an explicit real name before the composed one',
      { first_name: 'San', real_name: '' },
      { firstName: 'San', realName: '' },
    ],
    ['a last name alone as nothing more', { last_name: 'Zhang' }, { lastName: 'Zhang' }],
    [
      'the members that the server decodes and ignores',
      {
        id: 2,
        birthday: 1,
        avatar_url: 'x',
        group_id: 3,
        status: -1,
        balance: 9,
        is_retailer: 1,
        parent_id: 4,
        password: 'x',
        invite_code: 'y',
        expire_time: 5,
        extra: { a: 1 },
        nickname: 'z',
      },
      {},
    ],
  ])('takes %s', (_, json, changes) => {
    expect(read(json)).toEqual(changes);
  });

  test('a first name with the stored last name makes the real name', () => {
    expect(read({ first_name: 'San' }, { lastName: 'Zhang' })).toEqual({
      firstName: 'San',
      realName: 'San Zhang',
    });
  });

  test('accepts what the caller is shown, whatever a wider door let them choose', () => {
    const wide: Partial<User> = {
      username: '😀'.repeat(64),
      email: `${'长'.repeat(90)}@xn--fsqu00a.example.com`,
      firstName: 'f'.repeat(64),
      realName: ' spaced ',
      phone: '+442079460958',
    };
    const shown = {
      user_name: wide.username,
      email: wide.email,
      first_name: wide.firstName,
      real_name: wide.realName,
      phone: '+442079460958',
    };
    expect(read(shown, wide)).toEqual({});
  });

  test.each([
    [{ user_name: '名'.repeat(65) }, { username: { refused: 'length' } }],
    [{ email: 'a@b' }, { email: { refused: 'format' } }],
    [{ email: `${'a'.repeat(95)}@b.cde` }, { email: { refused: 'length' } }],
    [{ phone: 'no number' }, { phone: { refused: 'format' } }],
    [{ phone: '010-62345678' }, { phone: '010-62345678' }],
  ])('%j travels to the core as %j', (json, changes) => {
    expect(read(json)).toEqual(changes);
  });

  test.each([
    ['real_name', 64],
    ['first_name', 32],
    ['last_name', 32],
    ['introduce', 1000],
  ])('%s holds %i characters and not one more', (member, most) => {
    const fitting = '😀'.repeat(most);
    expect(
      Object.values(read({ [member]: fitting, ...(member === 'first_name' ? { real_name: '张三' } : {}) })),
    ).toEqual([fitting]);
    expect(problemOf(() => read({ [member]: `${fitting}x` }))).toEqual({
      code: 'invalid_member',
      member,
      rule: 'length',
    });
  });

  test('a composed real name that does not fit is refused', () => {
    const json = { first_name: 'f'.repeat(32), last_name: 'l'.repeat(32) };
    expect(problemOf(() => read(json))).toEqual({
      code: 'invalid_member',
      member: 'real_name',
      rule: 'length',
    });
  });

  test('names the order in which the server checks', () => {
    expect(readUpdate(request({ json: {} }), callerOf(person()), own).identifierOrder).toEqual([
      'username',
      'phone',
      'email',
    ]);
  });
});

test.each([
  ['', undefined],
  ['userId=', undefined],
  ['userId=0', undefined],
  ['userId=-5', undefined],
  ['userId=1.5', undefined],
  ['userId=abc', undefined],
  ['userId=1000', 1000],
  ['userId=007', 7],
])('the query %j asks for the user %s', (search, userId) => {
  expect(readUserId(request({ method: 'GET', search }))).toBe(userId);
});
