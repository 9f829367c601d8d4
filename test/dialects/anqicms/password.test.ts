import { startGateway, type TestGateway } from '../../support/gateway';
import { failure, login, mustSignIn, register, send, type Person } from './wire';

let gateway: TestGateway;
let person: Person;
let name = '';
let people = 0;
beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(async () => {
  people += 1;
  name = `person${String(people)}`;
  person = await register(gateway, name);
});
afterAll(() => gateway.stop());

const change = (json: unknown, token = person.token) =>
  send(gateway, 'POST', '/api/user/password', { token, json });
const read = (token: string) => send(gateway, 'GET', '/api/user/detail', { token });
const done = { code: 0, msg: '密码修改成功' };
const wrong = failure('旧密码错误');

test('a new password is taken, trimmed, and the calling session goes on while the others end', async () => {
  const other = String((await login(gateway, name)).body.data?.token);
  const heard = await change({ old_password: ' 12345678 ', password: '\u3000new password ' });
  expect(heard).toMatchObject({ status: 200, text: `${JSON.stringify(done)}\n` });
  expect((await read(person.token)).body.code).toBe(0);
  expect((await read(other)).body).toEqual(mustSignIn);
  expect((await login(gateway, name, 'new password')).body.code).toBe(0);
  expect((await login(gateway, name)).body).toEqual(failure('登录失败'));
});

test.each<[json: unknown, answer: object]>([
  [null, failure('请填写6位以上的密码')],
  [{ old_password: 'wrong', password: ' 12345 ' }, failure('请填写6位以上的密码')],
  [{ password: 'new password' }, wrong],
  [{ old_password: '', password: 'new password' }, wrong],
  [{ old_password: '87654321', password: 'new password' }, wrong],
  [{ old_password: '87654321', password: 'x'.repeat(73) }, wrong],
  [
    { old_password: '12345678', password: 'x'.repeat(73) },
    failure('bcrypt: password length exceeds 72 bytes'),
  ],
  [{ old_password: '12345678', password: 'a\u0000bcdefg' }, failure('参数错误')],
  [
    { old_password: true },
    failure(
      'json: cannot unmarshal bool into Go struct field UserPasswordRequest.old_password of type string',
    ),
  ],
  [[], failure('json: cannot unmarshal array into Go value of type request.UserPasswordRequest')],
])('%.80j is refused, and nothing changes', async (json, answer) => {
  expect((await change(json)).body).toEqual(answer);
  expect((await login(gateway, name)).body.code).toBe(0);
});

test('the old one may be the new one, and two Chinese characters are enough', async () => {
  expect((await change({ old_password: '12345678', password: '12345678' })).body).toEqual(done);
  expect((await change({ old_password: '12345678', password: '密码' })).body).toEqual(done);
});

test('somebody without a password needs no old one', async () => {
  await gateway.sql('DELETE FROM credentials WHERE user_id = $1', [person.id]);
  await gateway.sql('UPDATE users SET password_updated_at = NULL WHERE id = $1', [person.id]);
  expect((await change({ password: 'my own' })).body).toEqual(done);
});

test('without signing in there is nothing to change, whatever the body', async () => {
  const path = '/api/user/password';
  expect((await send(gateway, 'POST', path, { raw: '{' })).body).toEqual(mustSignIn);
  expect((await change({ old_password: '12345678', password: 'new password' }, 'bad')).body).toEqual(
    mustSignIn,
  );
  const forged = await send(gateway, 'POST', path, {
    headers: { Cookie: `token=${person.token}`, Origin: 'https://elsewhere.example' },
    json: { old_password: '12345678', password: 'new password' },
  });
  expect(forged.body).toEqual(mustSignIn);
  const own = await send(gateway, 'POST', path, {
    headers: { Cookie: `token=${person.token}`, Origin: gateway.url },
    json: { old_password: '12345678', password: 'new password' },
  });
  expect(own.body).toEqual(done);
});

describe('after ten wrong passwords', () => {
  const guess = async (times: number) => {
    for (let count = 0; count < times; count += 1) await login(gateway, name, 'wrong password');
  };

  test('the right one fails until the wait has passed, and open sessions go on', async () => {
    await guess(10);
    expect((await login(gateway, name)).body).toEqual(failure('登录失败'));
    expect((await read(person.token)).body.code).toBe(0);
    const saved = await send(gateway, 'POST', '/api/user/detail', {
      token: person.token,
      json: { introduce: 'still here' },
    });
    expect(saved.body.code).toBe(0);
    gateway.clock.advance(31);
    expect((await login(gateway, name)).body.code).toBe(0);
  });

  test('nine are not too many', async () => {
    await guess(9);
    expect((await login(gateway, name)).body.code).toBe(0);
    await guess(9);
    expect((await login(gateway, name)).body.code).toBe(0);
  });

  test('wrong old passwords count too, and the right one is as wrong meanwhile', async () => {
    await guess(5);
    for (let count = 0; count < 5; count += 1)
      await change({ old_password: 'wrong', password: 'new password' });
    expect((await change({ old_password: '12345678', password: 'new password' })).body).toEqual(wrong);
    expect((await login(gateway, name)).body).toEqual(failure('登录失败'));
    gateway.clock.advance(31);
    expect((await change({ old_password: '12345678', password: 'new password' })).body).toEqual(done);
  });
});
