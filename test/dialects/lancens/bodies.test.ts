import { startGateway } from '../../support/gateway';
import { answerTo, newPerson, profileOf, refused, success, type Gateway, type Person } from './people';

let gateway: Gateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
  person = await newPerson(gateway);
});
afterAll(() => gateway.stop());

const calls = [
  ['POST', '/v1/api/user', 'undefined username'],
  ['POST', '/v1/api/user/login', 'undefined username'],
  ['POST', '/v1/api/user/logout', 'undefined username'],
  ['PUT', '/v1/api/user', 'undefined realm'],
  ['PUT', '/v1/api/user/username', 'undefined username'],
  ['PUT', '/v1/api/user/emailcode/email', 'undefined email'],
  ['PUT', '/v1/api/user/emails', 'undefined code'],
  ['PUT', '/v1/api/user/password', 'undefined password'],
  ['PUT', '/v1/api/phone/register', 'undefined phone'],
  ['POST', '/v1/api/phone/register', 'undefined phone'],
  ['POST', '/v1/api/email/register', 'undefined email'],
  ['PUT', '/v1/api/phone/retrieve', 'undefined phone'],
  ['POST', '/v1/api/phone/retrieve', 'undefined phone'],
  ['PUT', '/v1/api/user/passwordcode/email', 'undefined email'],
  ['PUT', '/v1/api/user/email/reset/password', 'undefined email'],
  ['POST', '/v1/api/user/token', 'undefined push_token'],
  ['PUT', '/v1/api/user/message/token/1', 'undefined push_token'],
  ['POST', '/v1/api/user/weixin/app/login', 'undefined access_token'],
  ['POST', '/v1/api/user/facebook/app/login', 'undefined access_token'],
] as const;

describe.each(calls)('%s %s', (method, path, undefinedMember) => {
  const send = (body?: unknown, headers?: Record<string, string>): Promise<unknown> =>
    answerTo(gateway, method, path, { token: person.token, ...(headers && { headers }), body });

  it('answers a body that is not there', async () => {
    expect(await send()).toEqual(refused(undefinedMember));
    expect(await send('', { 'content-type': 'application/json' })).toEqual(refused(undefinedMember));
    expect(await send({})).toEqual(refused(undefinedMember));
  });

  it.each(['{"realm":', '{', 'realm=a', '\u0000', '{"a":1}}'])(
    'answers the malformed body %j',
    async (body) => {
      expect(await send(body)).toEqual(refused('paramer error'));
    },
  );

  it.each(['[]', '"string"', '5', 'null', 'true'])(
    'answers the body %s, which is no object',
    async (body) => {
      expect(await send(body)).toEqual(refused('paramer error'));
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'sees no body under %s',
    async (type) => {
      expect(await send('{"realm":', { 'content-type': type })).toEqual(refused(undefinedMember));
    },
  );

  it('answers a body that is too large', async () => {
    const members = { username: 'x', password: 'x', realm: 'x', email: 'x', code: 'x', token: 'x' };
    expect(await send({ ...members, filler: 'x'.repeat(100 * 1024) })).toEqual(refused('paramer error'));
    expect(await send(`{"realm":"${'x'.repeat(3 * 1024 * 1024)}"}`)).toEqual(refused('paramer error'));
  });
});

it('leaves the profile alone when it refuses a body', async () => {
  expect(await profileOf(gateway, person.token)).toMatchObject({
    username: person.username,
    realm: person.realm,
    email: person.email,
  });
});

it('ignores members and headers that it does not know', async () => {
  const { token } = await newPerson(gateway);
  const body = {
    realm: 'Known',
    id: 5,
    phone: '1',
    username: 5,
    nickname: 'Unknown',
    message: null,
    data: {},
  };
  const headers = {
    bundleid: 'com.lancens.wxdoorbell',
    baseUrl: 'formal',
    formal: 'formal',
    idcode: '1',
    Connection: 'close',
  };
  expect(await answerTo(gateway, 'PUT', '/v1/api/user', { token, body, headers })).toEqual(success);
  expect(await profileOf(gateway, token)).toMatchObject({ realm: 'Known' });
});

it('takes the header in any case and a charset beside the media type', async () => {
  const { token } = await newPerson(gateway);
  for (const name of ['token', 'Token', 'TOKEN']) {
    const headers = { [name]: token, 'Content-Type': 'application/json; charset=UTF-8' };
    expect(await answerTo(gateway, 'PUT', '/v1/api/user', { headers, body: '{"realm":"叮叮"}' })).toEqual(
      success,
    );
  }
  expect(await profileOf(gateway, token)).toMatchObject({ realm: '叮叮' });
});

it('takes a GET with a content type and no body', async () => {
  const { token, id } = await newPerson(gateway);
  const headers = { 'content-type': 'application/json' };
  expect(await answerTo(gateway, 'GET', '/v1/api/user', { token, headers })).toMatchObject({
    status: 200,
    body: { id },
  });
});
