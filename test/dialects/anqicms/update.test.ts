import { startGateway, type TestGateway } from '../../support/gateway';
import { detail, failure, mustSignIn, register, send, type Person } from './wire';

let gateway: TestGateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
  await register(gateway, 'Other', { email: 'other@example.com', phone: '13700137000' });
});
beforeEach(async () => {
  await gateway.sql(`DELETE FROM users WHERE username_key <> 'other' OR username_key IS NULL`);
  person = await register(gateway, 'zhangsan', { real_name: '张三', phone: '13800138000' });
});
afterAll(() => gateway.stop());

const post = (json: unknown, headers: Record<string, string> = {}) =>
  send(gateway, 'POST', '/api/user/detail', { token: person.token, json, headers });
const saved = { code: 0, msg: '保存成功' };

const field = (kind: string, name: string, type: string) =>
  `json: cannot unmarshal ${kind} into Go struct field UserRequest.${name} of type ${type}`;

test.each<[json: unknown, shown: Record<string, unknown>]>([
  [{}, {}],
  [null, {}],
  [{ real_name: null, email: null }, { real_name: '张三' }],
  [{ real_name: '' }, { real_name: '' }],
  [{ introduce: ' \u3000这是 <b>\u0085' }, { introduce: '这是 <b>' }],
  [{ introduce: '😀'.repeat(1000) }, { introduce: '😀'.repeat(1000) }],
  [{ real_name: 'مرحبا e\u0301' }, { real_name: 'مرحبا e\u0301' }],
  [{ user_name: '名'.repeat(64) }, { user_name: '名'.repeat(64) }],
  [
    { user_name: '', email: ' ', phone: '' },
    { user_name: 'zhangsan', phone: '13800138000' },
  ],
  [{ user_name: 'zhangsan', phone: '13800138000', real_name: '张三' }, { user_name: 'zhangsan' }],
  [{ user_name: 'ZhangSan' }, { user_name: 'ZhangSan' }],
  [{ email: 'New@Example.com' }, { email: 'New@Example.com', email_verified: false }],
  [{ phone: '+86 139 0013 9000' }, { phone: '13900139000' }],
  [{ phone: '+44 20 7946 0958' }, { phone: '+442079460958' }],
  [
    { first_name: 'San', last_name: 'Zhang' },
    { first_name: 'San', last_name: 'Zhang', real_name: 'San Zhang' },
  ],
  [{ first_name: 'San' }, { first_name: 'San', real_name: 'San ' }],
  [
    { first_name: 'San', real_name: '三' },
    { first_name: 'San', real_name: '三' },
  ],
  [{ USER_NAME: 'a', user_name: 'b' }, { user_name: 'b' }],
  [
    {
      id: 1,
      group_id: 9,
      status: -1,
      balance: 5,
      is_retailer: 1,
      parent_id: 2,
      password: 'abcdefgh',
      invite_code: 'x',
      expire_time: 7,
      birthday: 1,
      avatar_url: 'x',
      extra: { a: 1 },
      nickname: 1,
    },
    {
      group_id: 1,
      status: 1,
      balance: 0,
      is_retailer: 0,
      parent_id: 0,
      expire_time: 0,
      birthday: 0,
      avatar_url: '',
      extra: null,
    },
  ],
])('%.100j is saved', async (json, shown) => {
  const heard = await post(json);
  expect(heard).toMatchObject({ status: 200, text: '{"code":0,"msg":"保存成功"}\n' });
  const { updated_time: _, ...before }: Record<string, unknown> = { ...person.data, token: '' };
  expect(await detail(gateway, person.token)).toMatchObject({
    ...before,
    link: `${gateway.url}/people/${String(person.id)}.html`,
    ...shown,
  });
});

test.each<[json: unknown, msg: string]>([
  [{ user_name: 'other' }, '用户名已存在'],
  [{ user_name: 'OTHER', phone: 'bad', email: 'bad' }, '用户名已存在'],
  [{ phone: '13700137000', email: 'bad' }, '该手机号已被注册'],
  [{ phone: '+86 137 0013 7000' }, '该手机号已被注册'],
  [{ phone: 'bad', email: 'bad' }, '手机号不正确'],
  [{ phone: '1'.repeat(30) }, '手机号不正确'],
  [{ phone: '+86 (139) 0013 - 9000' }, '参数错误'],
  [{ email: 'bad' }, '邮箱不正确'],
  [{ email: 'x a@b.cd y' }, '邮箱不正确'],
  [{ email: 'Other@Example.com' }, '该邮箱已被注册'],
  [{ email: `${'a'.repeat(95)}@b.cde` }, '参数错误'],
  [{ user_name: 'x'.repeat(65) }, '参数错误'],
  [{ user_name: 'a@b.cd' }, '参数错误'],
  [{ user_name: '13900139000' }, '参数错误'],
  [{ user_name: 'a\nb' }, '参数错误'],
  [{ user_name: 'a\u0000b' }, '参数错误'],
  [{ real_name: 'a\u0000b' }, '参数错误'],
  [{ real_name: '名'.repeat(65) }, '参数错误'],
  [{ first_name: 'x'.repeat(33) }, '参数错误'],
  [{ last_name: 'x'.repeat(33) }, '参数错误'],
  [{ introduce: 'x'.repeat(1001) }, '参数错误'],
  [{ user_name: 123 }, field('number', 'user_name', 'string')],
  [{ introduce: ['x'] }, field('array', 'introduce', 'string')],
  [{ birthday: '1' }, field('string', 'birthday', 'int64')],
  [{ birthday: 1.5 }, field('number 1.5', 'birthday', 'int64')],
  [{ id: -1 }, field('number -1', 'id', 'uint')],
  [{ extra: 'x' }, field('string', 'extra', 'map[string]interface {}')],
  [[], 'json: cannot unmarshal array into Go value of type request.UserRequest'],
  [7, 'json: cannot unmarshal number into Go value of type request.UserRequest'],
])('%.100j is refused, and nothing is changed: %s', async (json, msg) => {
  const before = await detail(gateway, person.token);
  const heard = await post(
    typeof json === 'object' && json !== null && !Array.isArray(json)
      ? { introduce: 'changed', ...json }
      : json,
  );
  expect(heard).toMatchObject({ status: 200, text: `{"code":-1,"msg":${JSON.stringify(msg)}}\n` });
  expect(await detail(gateway, person.token)).toEqual(before);
});

test.each([
  ['', 'EOF'],
  [' \n', 'EOF'],
  ['{"user_name":"a', 'unexpected EOF'],
  ['user_name=1', "invalid character 'u' looking for beginning of value"],
  ['{"a":"b" "c"}', `invalid character '"' after object key:value pair`],
  ['{"user_name":"<>\n"}', "invalid character '\\n' in string literal"],
])('the body %j is refused: %s', async (raw, msg) => {
  const heard = await send(gateway, 'POST', '/api/user/detail', { token: person.token, raw });
  expect(heard).toMatchObject({ status: 200, body: failure(msg) });
});

test('a body that is too large is refused', async () => {
  const raw = `{"introduce":"${'x'.repeat(1_100_000)}"}`;
  const heard = await send(gateway, 'POST', '/api/user/detail', { token: person.token, raw });
  expect(heard).toMatchObject({ status: 200, body: failure('http: request body too large') });
});

test('nobody is asked for a body before they have signed in', async () => {
  const heard = await send(gateway, 'POST', '/api/user/detail', { raw: '{' });
  expect(heard).toMatchObject({ status: 200, body: mustSignIn });
});

test('the time of the update moves, even when nothing else does', async () => {
  gateway.clock.advance(10);
  const before = (await detail(gateway, person.token)).updated_time as number;
  expect((await post({})).body).toEqual(saved);
  expect((await detail(gateway, person.token)).updated_time).toBeGreaterThan(before);
});

test('a changed address is unproven, and the own one in other letters keeps its proof', async () => {
  await gateway.sql('UPDATE users SET email_verified_at = now() WHERE id = $1', [person.id]);
  const email = String(person.data.email);
  expect((await post({ email: email.toUpperCase() })).body).toEqual(saved);
  expect(await detail(gateway, person.token)).toMatchObject({
    email: email.toUpperCase(),
    email_verified: true,
  });
  expect((await post({ email: 'next@example.com' })).body).toEqual(saved);
  expect(await detail(gateway, person.token)).toMatchObject({
    email: 'next@example.com',
    email_verified: false,
  });
});

test('what is shown may be sent back, although this wire would let nobody choose it', async () => {
  await gateway.sql(
    `UPDATE users SET first_name = $2, username = 'a@b', email = '长@例子.com' WHERE id = $1`,
    [person.id, 'f'.repeat(64)],
  );
  const shown = await detail(gateway, person.token);
  expect((await post({ ...shown, introduce: 'changed' })).body).toEqual(saved);
  const { updated_time: _, ...expected }: Record<string, unknown> = { ...shown, introduce: 'changed' };
  expect(await detail(gateway, person.token)).toMatchObject(expected);
});

test('success speaks the language of the site, failure that of the request', async () => {
  const english = { 'Accept-Language': 'en' };
  expect((await post({}, english)).body).toEqual(saved);
  expect((await post({ user_name: 'other' }, english)).body).toEqual(
    failure('The username has been registered'),
  );
  expect((await post({ user_name: 'other' }, { Cookie: 'lang=zh-HK' })).body).toEqual(
    failure('該使用者名稱已註冊'),
  );
});
