import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { startGateway, type TestGateway } from '../../support/gateway';
import { failure, register, send } from './wire';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ environment: { ANQICMS_CAPTCHA: '1' } });
  await register(gateway, 'zhangsan');
});
afterAll(() => gateway.stop());

const sha256 = (text: string) => createHash('sha256').update(text).digest();

async function createPicture(): Promise<string> {
  const heard = await send(gateway, 'GET', '/api/captcha');
  return String(heard.body.data?.captcha_id);
}

/** A captcha whose picture shows `aB3d`. */
async function createKnown(): Promise<string> {
  const id = await createPicture();
  await gateway.sql('UPDATE tickets SET secret_hash = $1 WHERE token_hash = $2', [
    sha256(`${id}:ab3d`),
    sha256(id),
  ]);
  return id;
}

const login = (json: Record<string, unknown>) =>
  send(gateway, 'POST', '/api/login', { json: { user_name: 'zhangsan', password: '12345678', ...json } });
const incorrect = failure('图形码不正确');

test('a site without captchas says so, and asks for none', async () => {
  const plain = await startGateway();
  try {
    const heard = await send(plain, 'GET', '/api/captcha');
    expect(heard).toMatchObject({ status: 200, text: '{"code":0,"data":{"captcha_off":true},"msg":""}\n' });
  } finally {
    await plain.stop();
  }
});

test('a captcha is a picture and a name', async () => {
  const { body, status } = await send(gateway, 'GET', '/api/captcha');
  expect({ ...body, status }).toMatchObject({ code: 0, msg: '', status: 200, data: { captcha_off: false } });
  expect(Object.keys(body.data ?? {})).toEqual(['captcha', 'captcha_id', 'captcha_off']);
  expect(body.data?.captcha_id).toMatch(/^[012346789ABCDEFGHJKMNOQRSTUVXYZabcdefghjkmnoqrstuvxyz]{20}$/);
  const encoded = /^data:image\/png;base64,(.*)$/.exec(String(body.data?.captcha))?.[1] ?? '';
  const { format, width, height } = await sharp(Buffer.from(encoded, 'base64')).metadata();
  expect({ format, width, height }).toEqual({ format: 'png', width: 240, height: 76 });
});

test.each(['aB3d', 'ab3d', 'AB3D'])('the answer %s signs in', async (captcha) => {
  expect((await login({ captcha_id: await createKnown(), captcha })).body.code).toBe(0);
});

test('there is no signing in without one', async () => {
  expect((await login({})).body).toEqual(incorrect);
  expect((await login({ captcha: 'ab3d' })).body).toEqual(incorrect);
  expect((await login({ captcha_id: 'unknown', captcha: 'ab3d' })).body).toEqual(incorrect);
  expect((await login({ captcha_id: 'a\u0000b', captcha: 'ab3d' })).body).toEqual(incorrect);
});

test('an answer is good once', async () => {
  const captcha_id = await createKnown();
  expect((await login({ captcha_id, captcha: 'ab3d' })).body.code).toBe(0);
  expect((await login({ captcha_id, captcha: 'ab3d' })).body).toEqual(incorrect);
});

test('a wrong answer uses the picture up, an empty one does not', async () => {
  const captcha_id = await createKnown();
  expect((await login({ captcha_id })).body).toEqual(incorrect);
  expect((await login({ captcha_id, captcha: '' })).body).toEqual(incorrect);
  expect((await login({ captcha_id, captcha: 'ab3d' })).body.code).toBe(0);
  const burnt = await createKnown();
  expect((await login({ captcha_id: burnt, captcha: 'nope' })).body).toEqual(incorrect);
  expect((await login({ captcha_id: burnt, captcha: 'ab3d' })).body).toEqual(incorrect);
});

test('a picture is good for ten minutes', async () => {
  const early = await createKnown();
  const late = await createKnown();
  gateway.clock.advance(590);
  expect((await login({ captcha_id: early, captcha: 'ab3d' })).body.code).toBe(0);
  gateway.clock.advance(20);
  expect((await login({ captcha_id: late, captcha: 'ab3d' })).body).toEqual(incorrect);
});

test('the captcha comes after the body and before everything else', async () => {
  expect((await login({ captcha: 1 })).body.msg).toContain('ApiLoginRequest.captcha of type string');
  expect((await login({ user_name: '', password: '' })).body).toEqual(incorrect);
  const answered = async (json: Record<string, unknown>) =>
    (await login({ captcha_id: await createKnown(), captcha: 'ab3d', ...json })).body;
  expect(await answered({ user_name: ' ' })).toEqual(failure('请输入账号'));
  expect(await answered({ password: '12345' })).toEqual(failure('请输入6位及以上长度的密码'));
  expect(await answered({ password: '87654321' })).toEqual(failure('登录失败'));
});

test('registering asks for none', async () => {
  expect((await register(gateway, 'lisi')).id).toBeGreaterThan(0);
});
