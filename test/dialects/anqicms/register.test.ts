import { startGateway, type TestGateway } from '../../support/gateway';
import { detail, failure, register, send } from './wire';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  await register(gateway, 'Taken', { email: 'taken@example.com', phone: '13800138000' });
});
afterAll(() => gateway.stop());

const post = (json: unknown, headers: Record<string, string> = {}) =>
  send(gateway, 'POST', '/api/register', { json, headers });

describe('registering fails', () => {
  const fine = { user_name: 'fresh', password: '12345678', email: 'fresh@example.com' };
  const filled = '请正确填写用户名和密码';

  test.each<[json: unknown, msg: string]>([
    [{}, filled],
    [null, filled],
    [{ ...fine, user_name: undefined }, filled],
    [{ ...fine, user_name: '' }, filled],
    [{ ...fine, user_name: '\u3000 ' }, filled],
    [{ ...fine, password: undefined }, filled],
    [{ ...fine, password: ' ' }, filled],
    [{ ...fine, password: '12345' }, '请输入6位以上的密码'],
    [{ ...fine, password: ' 12345 ' }, '请输入6位以上的密码'],
    [{ ...fine, password: 'x'.repeat(73) }, 'bcrypt: password length exceeds 72 bytes'],
    [{ ...fine, password: `a\u0000bcdefg` }, '参数错误'],
    [{ ...fine, user_name: 'taken' }, '该用户名已被注册'],
    [{ ...fine, user_name: 'ＴＡＫＥＮ' }, '该用户名已被注册'],
    [{ ...fine, user_name: 'taken', phone: 'bad', email: 'bad' }, '该用户名已被注册'],
    [{ ...fine, phone: 'bad', email: 'bad' }, '手机号不正确'],
    [{ ...fine, phone: '12345' }, '手机号不正确'],
    [{ ...fine, phone: '12800138000' }, '手机号不正确'],
    [{ ...fine, phone: '1'.repeat(21) }, '手机号不正确'],
    [{ ...fine, phone: '13800138000', email: 'bad' }, '该手机号已被注册'],
    [{ ...fine, phone: '+86 138-0013-8000' }, '该手机号已被注册'],
    [{ ...fine, email: 'bad' }, '邮箱不正确'],
    [{ ...fine, email: 'xx a@b.c yy' }, '邮箱不正确'],
    [{ ...fine, email: '张三@例子.com' }, '邮箱不正确'],
    [{ ...fine, email: 'TAKEN@example.com' }, '该邮箱已被注册'],
    [{ ...fine, email: undefined }, '邮箱和手机号至少填写一个'],
    [{ ...fine, email: ' ', phone: '' }, '邮箱和手机号至少填写一个'],
    [{ ...fine, user_name: 'taken', email: '' }, '该用户名已被注册'],
    [{ ...fine, user_name: 'x'.repeat(65) }, '参数错误'],
    [{ ...fine, user_name: 'a@b' }, '参数错误'],
    [{ ...fine, user_name: '13900139000' }, '参数错误'],
    [{ ...fine, user_name: 'a\u0000b' }, '参数错误'],
    [{ ...fine, email: `${'a'.repeat(95)}@b.cde` }, '参数错误'],
    [{ ...fine, real_name: '名'.repeat(65) }, '参数错误'],
    [{ ...fine, real_name: 'a\u0000b' }, '参数错误'],
    [{ ...fine, avatar_url: 'x'.repeat(256) }, '参数错误'],
    [{ ...fine, invite_id: 4294967296 }, '参数错误'],
    [
      { ...fine, user_name: 1 },
      'json: cannot unmarshal number into Go struct field ApiRegisterRequest.user_name of type string',
    ],
    [
      { ...fine, invite_id: '1' },
      'json: cannot unmarshal string into Go struct field ApiRegisterRequest.invite_id of type uint',
    ],
    [
      { ...fine, captcha: 1 },
      'json: cannot unmarshal number into Go struct field ApiRegisterRequest.captcha of type string',
    ],
    [[], 'json: cannot unmarshal array into Go value of type request.ApiRegisterRequest'],
  ])('%.120j: %s', async (json, msg) => {
    const heard = await post(json);
    expect(heard.status).toBe(200);
    expect(heard.text).toBe(`{"code":-1,"msg":${JSON.stringify(msg)}}\n`);
    expect(heard.headers.get('set-cookie')).toBeNull();
  });

  test('and nobody is made by it', async () => {
    expect(await gateway.sql('SELECT 1 FROM users WHERE username_key = $1', ['fresh'])).toEqual([]);
  });

  test('in the language of the request', async () => {
    const english = { 'Accept-Language': 'en-GB,en;q=0.9' };
    expect((await post({ ...fine, user_name: 'taken' }, english)).body).toEqual(
      failure('The username has been registered'),
    );
    expect((await post({ ...fine, user_name: 'taken' }, { Cookie: 'lang=zh-TW' })).body).toEqual(
      failure('該使用者名稱已註冊'),
    );
    expect((await post({ ...fine, user_name: 'x'.repeat(65) }, english)).body).toEqual(failure('参数错误'));
  });
});

describe('registering', () => {
  test('sets a cookie for a day, holding the token', async () => {
    const heard = await post({ user_name: 'cookie', password: '密码', email: 'cookie@example.com' });
    const cookie = heard.headers.get('set-cookie') ?? '';
    const token = String(heard.body.data?.token);
    expect(cookie).toMatch(/^token=[\w.-]+; Path=\/; Expires=[^;]+; Max-Age=86400; HttpOnly$/);
    expect(cookie).toContain(`token=${token};`);
    expect(await detail(gateway, token)).toMatchObject({ user_name: 'cookie' });
  });

  test('takes a form of any content type, as long as it is JSON', async () => {
    const raw = JSON.stringify({
      USER_NAME: 'upper',
      password: '12345678',
      email: 'upper@example.com',
      nickname: 7,
    });
    const heard = await send(gateway, 'POST', '/api/register', {
      raw: `${raw}trailing`,
      headers: { 'Content-Type': 'text/plain' },
    });
    expect(heard.body).toMatchObject({ code: 0, data: { user_name: 'upper' } });
    const form = await send(gateway, 'POST', '/api/register', {
      raw: 'user_name=x&password=12345678',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(form.body).toEqual(failure("invalid character 'u' looking for beginning of value"));
  });

  test('keeps what only this vendor knows', async () => {
    const { data, token, id } = await register(gateway, '李 四', {
      invite_id: 5,
      real_name: ' 四 ',
      avatar_url: `${gateway.url}/uploads/user/9.png`,
      first_name: 'x',
    });
    const expected = {
      parent_id: 5,
      url_token: 'li-si',
      group_id: 1,
      real_name: ' 四 ',
      first_name: '',
      avatar_url: 'uploads/user/9.png',
    };
    expect(data).toMatchObject({ ...expected, full_avatar_url: '', link: '' });
    expect(await detail(gateway, token)).toMatchObject({
      ...expected,
      token: '',
      full_avatar_url: `${gateway.url}/uploads/user/9.png`,
      link: `${gateway.url}/people/${String(id)}.html`,
    });
    await send(gateway, 'POST', '/api/user/detail', { token, json: { user_name: '王五' } });
    expect(await detail(gateway, token)).toMatchObject({ user_name: '王五', url_token: 'li-si' });
  });

  test('a body that is too large is refused in one line of JSON', async () => {
    const heard = await send(gateway, 'POST', '/api/register', {
      raw: `{"user_name":"${'x'.repeat(1_100_000)}"}`,
    });
    expect(heard).toMatchObject({ status: 200, body: failure('http: request body too large') });
  });
});
