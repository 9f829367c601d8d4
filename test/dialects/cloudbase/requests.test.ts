import { readEdit, sayEdit } from '../../../dialects/cloudbase/requests/profile';
import {
  isGrant,
  readPasswordGrant,
  readRefresh,
  readSignIn,
  sayPasswordGrant,
  saySignIn,
} from '../../../dialects/cloudbase/requests/sign-in';
import { callerOf, declaration, refusalOf, requestOf, site } from './support';

const edit = (body: unknown, caller = callerOf()) => readEdit(site, requestOf({ body }), caller).changes;
const refused = (body: unknown, caller = callerOf()) => refusalOf(() => edit(body, caller));
const signIn = (body: unknown) => readSignIn(requestOf({ body }));

describe('an edit', () => {
  test('writes the members that it names and nothing else', () => {
    expect(
      edit({
        nickname: 'Zhang San',
        username: 'zhangsan',
        phone: '+86 13000000000',
        description: 'A developer who loves technology',
        avatar_url: 'https://example/avatar.jpg',
        gender: 'MALE',
        email: 'zhangsan@example',
      }),
    ).toEqual({
      nickname: 'Zhang San',
      username: 'zhangsan',
      phone: '+8613000000000',
      bio: 'A developer who loves technology',
      avatar: 'https://example/avatar.jpg',
      gender: 'male',
      email: 'zhangsan@example',
    });
    expect(edit({ nickname: 'Li Si' })).toEqual({ nickname: 'Li Si' });
  });

  test.each([[undefined], [null], [{}], [{ nickname: null, unknown: 5 }]])(
    'of nothing changes nothing: %j',
    (body) => {
      expect(edit(body)).toEqual({});
    },
  );

  test.each([[[]], ['text'], [5], [true]])('needs an object: %j', (body) => {
    expect(refused(body)).toMatchObject({ code: 'malformed_body' });
  });

  test('clears a description, an avatar and a gender by an empty string', () => {
    expect(edit({ description: '', avatar_url: '', gender: '' })).toEqual({
      bio: '',
      avatar: '',
      gender: null,
    });
  });

  test.each(['nickname', 'username', 'phone', 'email', 'user_id'])('cannot clear %s', (member) => {
    expect(refused({ [member]: '' })).toMatchObject({ code: 'invalid_member', member });
  });

  test.each(['user_id', 'nickname', 'username', 'phone', 'description', 'avatar_url', 'gender', 'email'])(
    'takes %s as a string only',
    (member) => {
      for (const value of [5, true, [], {}, ['x']]) {
        expect(refused({ [member]: value })).toEqual({ code: 'invalid_member', member, rule: 'type' });
      }
    },
  );

  test.each([
    ['nickname', 'Z', 'length'],
    ['nickname', '😀', 'length'],
    ['nickname', 'n'.repeat(49), 'length'],
    ['username', 'z', 'length'],
    ['username', 'z'.repeat(49), 'length'],
    ['username', '张三', 'charset'],
    ['username', '-zhang', 'charset'],
    ['username', ' zhang', 'charset'],
    ['username', 'zhang@san', 'charset'],
    ['username', 'zhang ', 'charset'],
    ['username', 'zhang\u0000', 'charset'],
    ['username', 'zhang\n', 'charset'],
    ['phone', '13000000000', 'format'],
    ['phone', '+8613000000000', 'format'],
    ['phone', '+86 130-0000-0000', 'format'],
    ['phone', '+86 13000000000 ', 'format'],
    ['phone', '+86 13000000000\n', 'format'],
    ['phone', '+8 613000000000', 'format'],
    ['phone', '+861 3000000000', 'format'],
    ['phone', '+86 1', 'format'],
    ['phone', '+999 13000000000', 'format'],
    ['avatar_url', 'avatar.jpg', 'format'],
    ['avatar_url', '//example/avatar.jpg', 'format'],
    ['avatar_url', 'ftp://example/avatar.jpg', 'format'],
    ['avatar_url', 'javascript:alert(1)', 'format'],
    ['avatar_url', 'https://', 'format'],
    ['avatar_url', 'https:///avatar.jpg', 'format'],
    ['avatar_url', ' https://example/avatar.jpg', 'format'],
    ['avatar_url', 'https://example/a b.jpg', 'format'],
    ['avatar_url', 'https://example/\u0000', 'format'],
    ['avatar_url', `https://example/${'a'.repeat(2033)}`, 'length'],
    ['gender', 'male', 'format'],
    ['gender', 'UNKNOWN', 'format'],
    ['gender', 'MALE\n', 'format'],
    ['email', 'zhangsan', 'format'],
    ['email', 'zhang san@example', 'format'],
    ['email', '@example', 'format'],
    ['email', 'zhangsan@', 'format'],
    ['email', 'a@b@c', 'format'],
    [
      'email',
      `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}`,
      'length',
    ],
    ['user_id', '-1', 'charset'],
    ['user_id', '01', 'charset'],
    ['user_id', '1e3', 'charset'],
  ])('refuses %s %j by its %s', (member, value, rule) => {
    expect(refused({ [member]: value })).toEqual({ code: 'invalid_member', member, rule });
  });

  test.each([
    ['nickname', '张三'],
    ['nickname', '😀'.repeat(48)],
    ['username', 'z1'],
    ['username', 'Z'.repeat(48)],
    ['username', '0-_.:+ z'],
    ['description', '😀'.repeat(1000)],
    ['avatar_url', 'HTTP://example'],
    ['avatar_url', `https://example/${'a'.repeat(2032)}`],
    ['avatar_url', 'https://example/头像.png?size=1#x'],
    ['email', 'a@b'],
    ['email', '张三@example'],
  ])('accepts %s %s', (member, value) => {
    expect(Object.values(edit({ [member]: value }))).toEqual([value]);
  });

  test.each([
    ['+86   13000000000', '+8613000000000'],
    ['+86\t13000000000', '+8613000000000'],
    ['+1 2425551234', '+12425551234'],
    ['+852 51234567', '+85251234567'],
  ])('reads the phone number %j', (phone, e164) => {
    expect(edit({ phone })).toEqual({ phone: e164 });
  });

  test('keeps an upload of ours as a path', () => {
    expect(edit({ avatar_url: 'https://id.example/uploads/a.webp' })).toEqual({ avatar: 'uploads/a.webp' });
    expect(edit({ avatar_url: 'https://id.example.org/uploads/a.webp' })).toEqual({
      avatar: 'https://id.example.org/uploads/a.webp',
    });
  });

  test('names the first mistake: types before limits, then in the order of the members', () => {
    expect(refused({ email: 5, nickname: 'Z' })).toMatchObject({ member: 'email', rule: 'type' });
    expect(refused({ email: 'x', username: 'z', nickname: 'Z' })).toMatchObject({ member: 'nickname' });
    expect(refused({ email: 'x', username: 'z' })).toMatchObject({ member: 'username' });
  });

  test('accepts the own unchanged values whatever the limits', () => {
    const caller = callerOf({
      username: '张',
      nickname: 'Z',
      email: 'odd',
      avatar: 'uploads/a',
      phone: '+8613000000000',
    });
    const body = {
      username: '张',
      nickname: 'Z',
      email: 'odd',
      avatar_url: 'https://id.example/uploads/a',
      phone: '+86 13000000000',
    };
    expect(edit(body, caller)).toEqual({
      username: '张',
      nickname: 'Z',
      email: 'odd',
      avatar: 'uploads/a',
      phone: '+8613000000000',
    });
    expect(refused({ user_id: '1001', ...body }, caller)).toMatchObject({
      member: 'nickname',
      rule: 'length',
    });
  });

  test.each(['encrypt_password', 'encrypt_new_password', 'public_key_thumbprint'])(
    'does not drop the password member %s',
    (member) => {
      expect(refused({ nickname: 'Zhang San', [member]: 'x' })).toEqual({ code: 'not_served' });
      expect(edit({ nickname: 'Zhang San', [member]: null })).toEqual({ nickname: 'Zhang San' });
    },
  );

  test.each([
    ['1000', 1000],
    ['2147483647', 2_147_483_647],
    ['2147483648', 0],
    ['9876543210123456789', 0],
    ['9'.repeat(400), 0],
  ])('for the user %s is one for %d', (user_id, userId) => {
    expect(readEdit(site, requestOf({ body: { user_id } }), callerOf())).toMatchObject({
      userId,
      changes: {},
    });
  });
});

describe('a sign-in', () => {
  test('takes whatever identifies the user', () => {
    for (const username of ['zhangsan', 'zhangsan@example', '+86 13000000000', 'x'.repeat(5000)]) {
      expect(signIn({ username, password: ' p ', version: 'v1' })).toEqual({
        identifier: username,
        password: ' p ',
        captcha: { when: 'after_failures' },
      });
    }
  });

  test.each([
    [undefined, 'username', 'missing'],
    [{}, 'username', 'missing'],
    [{ username: null, password: 'x' }, 'username', 'missing'],
    [{ username: '', password: 'x' }, 'username', 'length'],
    [{ username: 5, password: 'x' }, 'username', 'type'],
    [{ username: 'zhangsan' }, 'password', 'missing'],
    [{ username: 'zhangsan', password: '' }, 'password', 'length'],
    [{ username: 'zhangsan', password: ['x'] }, 'password', 'type'],
  ])('%j is refused: %s %s', (body, member, rule) => {
    expect(refusalOf(() => signIn(body))).toEqual({ code: 'invalid_member', member, rule });
  });

  test.each([
    [{ params: 'x', public_key_thumbprint: 'y' }],
    [{ params: 'x' }],
    [{ username: 'zhangsan', password: 'p', public_key_thumbprint: 'y' }],
  ])('that is encrypted is not served: %j', (body) => {
    expect(refusalOf(() => signIn(body))).toEqual({ code: 'not_served' });
  });
});

describe('a grant', () => {
  test('is told by its type', () => {
    expect(isGrant('password')(requestOf({ body: { grant_type: 'password' } }))).toBe(true);
    for (const body of [undefined, null, 'x', [], { grant_type: 'refresh_token' }]) {
      expect(isGrant('password')(requestOf({ body }))).toBe(false);
    }
    expect(
      readPasswordGrant(requestOf({ body: { grant_type: 'password', username: 'z', password: 'p' } })),
    ).toEqual({
      identifier: 'z',
      password: 'p',
      captcha: { when: 'after_failures' },
    });
  });

  test('by refresh token is read as the SDK sends it', () => {
    const body = {
      client_id: 'demo-env-1',
      client_secret: '',
      grant_type: 'refresh_token',
      refresh_token: 'm.x',
    };
    expect(readRefresh(requestOf({ body }))).toEqual({ refreshToken: 'm.x' });
  });

  test.each([
    [undefined, { code: 'invalid_member', member: 'grant_type', rule: 'missing' }],
    [{ refresh_token: 'm.x' }, { code: 'invalid_member', member: 'grant_type', rule: 'missing' }],
    [{ grant_type: 'magic' }, { code: 'invalid_member', member: 'grant_type', rule: 'format' }],
    [{ grant_type: 5 }, { code: 'invalid_member', member: 'grant_type', rule: 'format' }],
    [{ grant_type: 'authorization_code', code: 'x' }, { code: 'not_served' }],
    [{ grant_type: 'refresh_token' }, { code: 'invalid_member', member: 'refresh_token', rule: 'missing' }],
    [
      { grant_type: 'refresh_token', refresh_token: 5 },
      { code: 'invalid_member', member: 'refresh_token', rule: 'type' },
    ],
  ])('%j is refused', (body, problem) => {
    expect(refusalOf(() => readRefresh(requestOf({ body })))).toEqual(problem);
  });
});

describe('a body', () => {
  const read = (raw: Buffer) => edit(declaration.decode(raw, { 'content-type': 'image/png' }));

  test('is JSON whatever its content type', () => {
    expect(read(Buffer.from('{"nickname":"张三"}'))).toEqual({ nickname: '张三' });
    expect(read(Buffer.alloc(0))).toEqual({});
    expect(read(Buffer.from('null'))).toEqual({});
  });

  test.each([
    ['{"nickname":'],
    ["{'nickname':'Zhang San'}"],
    ['nickname=Zhang'],
    ['[]'],
    ['"text"'],
    ['\ufeff{}'],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('that is no JSON object in UTF-8 is refused where it is read: %j', (raw) => {
    expect(refusalOf(() => read(Buffer.from(raw)))).toMatchObject({ code: 'malformed_body' });
  });
});

describe('a client', () => {
  test('says what the server reads', () => {
    const changes = {
      nickname: 'Zhang San',
      username: 'zhangsan',
      phone: '13000000000',
      bio: '',
      avatar: 'uploads/a.webp',
      gender: null,
      email: 'zhangsan@example',
    };
    const said = sayEdit({ changes }, site);
    expect(said).toEqual({
      body: {
        nickname: 'Zhang San',
        username: 'zhangsan',
        phone: '+86 13000000000',
        description: '',
        avatar_url: 'https://id.example/uploads/a.webp',
        gender: '',
        email: 'zhangsan@example',
      },
    });
    expect(edit(said?.body)).toEqual({ ...changes, phone: '+8613000000000' });
    expect(sayEdit({ userId: 7, changes: {} }, site)).toEqual({ body: { user_id: '7' } });
  });

  test.each([
    [{ realName: 'Zhang' }],
    [{ firstName: '' }],
    [{ locale: 'zh-CN' }],
    [{ nickname: '' }],
    [{ username: { refused: 'length' as const } }],
  ])('cannot say %j', (changes) => {
    expect(sayEdit({ changes }, site)).toBeNull();
  });

  test('spells a phone number of the default region at sign-in, and leaves the rest alone', () => {
    const said = (identifier: string) => saySignIn({ identifier, password: 'p' }, 'CN')?.body;
    expect(said('13000000000')).toEqual({ username: '+86 13000000000', password: 'p' });
    expect(said('+8613000000000')).toEqual({ username: '+86 13000000000', password: 'p' });
    expect(said('zhangsan')).toEqual({ username: 'zhangsan', password: 'p' });
    expect(sayPasswordGrant({ identifier: 'z', password: 'p' }, 'CN')?.body).toEqual({
      grant_type: 'password',
      username: 'z',
      password: 'p',
    });
  });
});
