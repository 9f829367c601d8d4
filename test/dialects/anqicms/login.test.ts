import { startGateway, type TestGateway } from '../../support/gateway';
import { failure, mustSignIn, register, send, type Person } from './wire';

let gateway: TestGateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
  person = await register(gateway, 'ZhangSan', {
    password: ' 12345678 ',
    email: 'Zhang.San@example.com',
    phone: '13800138000',
    avatar_url: 'https://cdn.example.com/a.png',
  });
});
afterAll(() => gateway.stop());

const post = (json: unknown, headers: Record<string, string> = {}) =>
  send(gateway, 'POST', '/api/login', { json, headers });

test.each([
  [{ user_name: 'ZhangSan' }],
  [{ user_name: ' zhangsan\u0085' }],
  [{ user_name: 'zhang.san@EXAMPLE.com' }],
  [{ user_name: '13800138000' }],
  [{ phone: '+8613800138000' }],
  [{ email: 'zhang.san@example.com', phone: '13900139000', user_name: 'nobody' }],
  [{ email: '', phone: '13800138000', user_name: 'nobody' }],
  [{ platform: 'website', user_name: 'zhangsan' }],
  [{ platform: 'anything', user_name: 'zhangsan', gender: '1', captcha: 'x', invite_id: 3 }],
])('%j signs in', async (members) => {
  const heard = await post({ ...members, password: '\u300012345678 ' });
  expect(heard).toMatchObject({
    status: 200,
    body: { code: 0, msg: '', data: { id: person.id, full_avatar_url: '', link: '' } },
  });
  expect(heard.headers.get('set-cookie')).toMatch(/Max-Age=86400; HttpOnly$/);
});

test('remembering prolongs the cookie, and the token lives 30 days either way', async () => {
  const heard = await post({ user_name: 'zhangsan', password: '12345678', remember: true });
  expect(heard.headers.get('set-cookie')).toMatch(
    /^token=[\w.-]+; Path=\/; Expires=[^;]+; Max-Age=2592000; HttpOnly$/,
  );
  const claims = (token: unknown) =>
    JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
  const said = claims(heard.body.data?.token);
  expect(Object.keys(said).sort()).toEqual(['sid', 't', 'userId']);
  expect(said.userId).toBe(String(person.id));
  expect(Number(said.t) - gateway.clock.now().getTime() / 1000).toBeGreaterThan(2_591_900);
  expect(typeof said.t).toBe('string');
});

const failed = '登录失败';
test.each<[json: unknown, msg: string]>([
  [{}, '请输入账号'],
  [null, '请输入账号'],
  [{ user_name: ' ', password: '12345678' }, '请输入账号'],
  [{ email: ' ', user_name: 'zhangsan', password: '12345678' }, '请输入账号'],
  [{ user_name: 'zhangsan' }, '请输入6位及以上长度的密码'],
  [{ user_name: 'zhangsan', password: ' 12345 ' }, '请输入6位及以上长度的密码'],
  [{ user_name: 'zhangsan', password: '87654321' }, failed],
  [{ user_name: 'zhangsan', password: 'x'.repeat(100) }, failed],
  [{ user_name: 'nobody', password: '12345678' }, failed],
  [{ user_name: 'a\u0000b', password: '12345678' }, failed],
  [{ user_name: 'x'.repeat(5000), password: '12345678' }, failed],
  [{ user_name: 'x zhang.san@example.com y', password: '12345678' }, failed],
  [{ platform: 'tt', user_name: 'zhangsan', password: '12345678' }, failed],
  [{ platform: 'swan' }, failed],
  [{ platform: 'alipay' }, failed],
  [{ platform: 'qq' }, failed],
  [{ platform: 'weapp', code: 'x' }, '无法获取openid'],
  [{ platform: 'wechat', code: 'x' }, '验证码不正确'],
  [{ platform: 'google', code: 'x' }, 'Google 登录已禁用'],
  [
    { remember: 1 },
    'json: cannot unmarshal number into Go struct field ApiLoginRequest.remember of type bool',
  ],
  [
    { user_name: true },
    'json: cannot unmarshal bool into Go struct field ApiLoginRequest.user_name of type string',
  ],
  ['x', 'json: cannot unmarshal string into Go value of type request.ApiLoginRequest'],
])('%.120j: %s', async (json, msg) => {
  const heard = await post(json);
  expect(heard).toMatchObject({ status: 200, text: `{"code":-1,"msg":${JSON.stringify(msg)}}\n` });
  expect(heard.headers.get('set-cookie')).toBeNull();
});

test.each([
  ['', 'EOF'],
  ['{', 'unexpected EOF'],
  ['\ufeff{}', "invalid character 'ï' looking for beginning of value"],
])('the body %j: %s', async (raw, msg) => {
  expect((await send(gateway, 'POST', '/api/login', { raw })).body).toEqual(failure(msg));
});

test('half a megabyte of combining marks in the wrong order is nobody, and holds nobody up', async () => {
  const user_name = '\u0315\u0300'.repeat(240_000);
  for (const members of [{ user_name }, { email: `${user_name}@example.com` }, { phone: user_name }]) {
    expect((await post({ ...members, password: '12345678' })).body).toEqual(failure(failed));
  }
});

test('speaks the language of the site, not that of the request', async () => {
  const json = { user_name: 'nobody', password: '12345678' };
  expect((await post(json, { 'Accept-Language': 'en' })).body).toEqual(failure(failed));
  expect((await post({ platform: 'weapp' }, { 'Accept-Language': 'en' })).body).toEqual(
    failure('Unable to obtain openid'),
  );
  const english = await startGateway({ environment: { ANQICMS_LANGUAGE: 'en-US' } });
  try {
    expect((await send(english, 'POST', '/api/login', { json })).body).toEqual(failure('Login failed'));
  } finally {
    await english.stop();
  }
});

test('a blocked user cannot sign in, and a session opened before is over', async () => {
  const blocked = await register(gateway, 'blocked');
  await gateway.core.setUserStatus({ userId: blocked.id, status: 'blocked' }, gateway.operator);
  expect((await post({ user_name: 'blocked', password: '12345678' })).body).toEqual(failure(failed));
  const { token } = blocked;
  expect((await send(gateway, 'GET', '/api/user/detail', { token })).body).toEqual(mustSignIn);
  expect((await send(gateway, 'POST', '/api/user/detail', { token, json: {} })).body).toEqual(mustSignIn);
});
