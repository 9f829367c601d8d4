import { startGateway, type TestGateway } from '../../support/gateway';
import { failure, mustSignIn, register, send, type Person } from './wire';

let gateway: TestGateway;
let person: Person;
let other: Person;
beforeAll(async () => {
  gateway = await startGateway();
  person = await register(gateway, 'person');
  other = await register(gateway, 'other');
});
afterAll(() => gateway.stop());

const get = (query: string, token = person.token) =>
  send(gateway, 'GET', `/api/user/detail${query}`, { token });

test.each(['', '?userId=', '?userId=0', '?userId=-1', '?userId=abc', '?userId=1.5', '?other=1'])(
  'the query %j asks for the caller',
  async (query) => {
    expect((await get(query)).body).toMatchObject({ code: 0, msg: '', data: { id: person.id, token: '' } });
  },
);

test('the own id asks for the caller', async () => {
  expect((await get(`?userId=${String(person.id)}`)).body).toMatchObject({ data: { id: person.id } });
});

test.each(['1', '2147483647', '2147483648', '9'.repeat(400)])(
  'another id %.20s is not told to everybody',
  async (id) => {
    expect(await get(`?userId=${id}`)).toMatchObject({ status: 200, body: failure('未授权', 1002) });
  },
);

test('in the language of the request', async () => {
  const heard = await send(gateway, 'GET', `/api/user/detail?userId=${String(other.id)}`, {
    token: person.token,
    headers: { 'Accept-Language': 'en' },
  });
  expect(heard.body).toEqual(failure('Unauthorized', 1002));
});

test('an administrator reads anybody, and hears when there is nobody', async () => {
  const admin = await register(gateway, 'boss');
  await gateway.core.setUserRole({ userId: admin.id, role: 'admin' }, gateway.operator);
  const query = `?userId=${String(other.id)}`;
  expect((await get(query, admin.token)).body).toMatchObject({
    code: 0,
    data: {
      id: other.id,
      user_name: 'other',
      url_token: 'other',
      token: '',
      link: `${gateway.url}/people/${String(other.id)}.html`,
    },
  });
  for (const id of ['999999', '2147483647', '2147483648', '9'.repeat(400)]) {
    expect((await get(`?userId=${id}`, admin.token)).body).toEqual(failure('用户不存在'));
  }
});

test("a user of another door is shown with this vendor's defaults", async () => {
  const { user } = await gateway.core.registerUser(
    { username: '外来者', password: '12345678', signIn: false },
    gateway.operator,
  );
  const heard = await send(gateway, 'POST', '/api/login', {
    json: { user_name: '外来者', password: '12345678' },
  });
  expect((await get('', String(heard.body.data?.token))).body.data).toMatchObject({
    id: user.id,
    user_name: '外来者',
    url_token: 'wai-lai-zhe',
    email: '',
    phone: '',
    group_id: 1,
    parent_id: 0,
    balance: 0,
    extra: null,
    group: null,
    reset_password: false,
    status: 1,
  });
});

test('what could be read as HTML is escaped', async () => {
  await send(gateway, 'POST', '/api/user/detail', {
    token: person.token,
    json: { introduce: '<a>&\u2028b' },
  });
  const heard = await get('');
  expect(heard.text).toContain('"introduce":"\\u003ca\\u003e\\u0026\\u2028b"');
  expect(heard.body.data?.introduce).toBe('<a>&\u2028b');
  expect(heard.text.endsWith('}\n')).toBe(true);
});

test('without a token nobody is told anything', async () => {
  const heard = await send(gateway, 'GET', '/api/user/detail?userId=1000');
  expect(heard).toMatchObject({ status: 200, body: mustSignIn });
});
