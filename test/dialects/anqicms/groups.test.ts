import { startGateway, type TestGateway } from '../../support/gateway';
import { mustSignIn, register, send } from './wire';

let gateway: TestGateway;
let token: string;
beforeAll(async () => {
  gateway = await startGateway();
  ({ token } = await register(gateway, 'zhangsan'));
});
afterAll(() => gateway.stop());

const group = (id: number, title: string) => ({
  id,
  created_time: expect.any(Number) as number,
  updated_time: expect.any(Number) as number,
  title,
  description: '',
  level: id - 1,
  status: 1,
  price: 0,
  setting: {
    share_reward: 0,
    parent_reward: 0,
    discount: 0,
    expire_day: 0,
    content_no_verify: false,
    content_no_captcha: false,
  },
  favorable_price: 0,
});

test('a site starts with three groups, in the order of their levels', async () => {
  const heard = await send(gateway, 'GET', '/api/user/groups', { token });
  expect(heard.body).toEqual({
    code: 0,
    data: [group(1, '普通用户'), group(2, '中级用户'), group(3, '高级用户')],
    msg: '',
  });
});

test.each([
  ['1', '普通用户'],
  ['2', '中级用户'],
  ['3', '高级用户'],
])('the group %s is %s', async (id, title) => {
  const heard = await send(gateway, 'GET', `/api/user/group/detail?id=${id}`, { token });
  expect(heard.body).toEqual({ code: 0, data: group(Number(id), title), msg: '' });
});

test.each(['?id=0', '?id=4', '?id=x', '?id=-1', '?id=1.0', '?id=', ''])('%j is no group', async (query) => {
  const heard = await send(gateway, 'GET', `/api/user/group/detail${query}`, {
    token,
    headers: { 'Accept-Language': 'en' },
  });
  expect(heard).toMatchObject({ status: 200, text: '{"code":-1,"msg":"record not found"}\n' });
});

test.each(['/api/user/groups', '/api/user/group/detail?id=1'])('%s asks to sign in', async (path) => {
  expect((await send(gateway, 'GET', path)).body).toEqual(mustSignIn);
  expect((await send(gateway, 'GET', path, { token: 'bad' })).body).toEqual(mustSignIn);
});

test('a group that an operator changed is shown as it is, and those at the same level by number', async () => {
  await gateway.sql(`UPDATE extension_records SET data = data || '{"level": 9, "title": "<VIP> & 朋友"}'
    WHERE kind = 'group' AND data ->> 'id' IN ('1', '2')`);
  const heard = await send(gateway, 'GET', '/api/user/groups', { token });
  expect((heard.body.data as unknown as { id: number }[]).map(({ id }) => id)).toEqual([3, 1, 2]);
  expect(heard.text).toContain('\\u003cVIP\\u003e \\u0026 朋友');
});

test('a second start adds none, and an English site names them in English', async () => {
  const again = await startGateway({ connection: gateway.connection, dataDir: gateway.dataDir });
  const english = await startGateway({ environment: { ANQICMS_LANGUAGE: 'en-US' } });
  try {
    const same = await send(again, 'GET', '/api/user/groups', { token });
    expect(same.body.data).toHaveLength(3);
    const { token: other } = await register(english, 'john');
    const titles = await send(english, 'GET', '/api/user/groups', { token: other });
    expect(titles.body.data).toMatchObject([
      { title: 'Ordinary User' },
      { title: 'Intermediate User' },
      { title: 'Advanced User' },
    ]);
  } finally {
    await again.stop();
    await english.stop();
  }
});
