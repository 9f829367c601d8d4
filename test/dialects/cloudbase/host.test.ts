import { startGateway } from '../../support/gateway';
import {
  answerTo,
  done,
  edit,
  invalid,
  newPerson,
  password,
  refused,
  send,
  type Gateway,
  type Person,
} from './people';

let gateway: Gateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway({ environment: { CORS_ORIGINS: 'https://app.example' } });
  person = await newPerson(gateway);
});
afterAll(() => gateway.stop());

const path = '/auth/v1/user/basic/edit';

describe('a body', () => {
  test.each([
    'application/json',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'nonsense',
  ])('called %s is JSON all the same', async (type) => {
    const { token } = person;
    const call = { token, headers: { 'content-type': type }, body: '{"nickname":"Zhang San"}' };
    expect(await answerTo(gateway, 'POST', path, call)).toEqual(done);
    expect(await answerTo(gateway, 'POST', path, { ...call, body: '{"nickname":"Z"}' })).toMatchObject({
      status: 400,
    });
  });

  test('without any content type is JSON too', async () => {
    const body = new TextEncoder().encode('{"nickname":"Z"}');
    expect(await edit(gateway, person.token, body)).toMatchObject({
      status: 400,
      body: { error: 'invalid_argument' },
    });
  });

  test.each(['{"nickname":', 'nickname=Zhang', '[]', '"text"', '5', 'true'])(
    'that is no object is refused: %s',
    async (body) => {
      const malformed = invalid('The request body must be a JSON object');
      expect(await edit(gateway, person.token, body)).toEqual(malformed);
      expect(await answerTo(gateway, 'POST', '/auth/v1/signin', { body })).toEqual(malformed);
      expect(await answerTo(gateway, 'POST', '/auth/v1/token', { body })).toEqual(malformed);
    },
  );

  test('that is no UTF-8 is refused, not repaired', async () => {
    const body = Buffer.concat([Buffer.from('{"nickname":"ab'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(await edit(gateway, person.token, body)).toEqual(
      invalid('The request body must be a JSON object'),
    );
  });

  test('of over 64 KiB is refused', async () => {
    const fitting = JSON.stringify({ nickname: 'Zhang San', more: '' });
    const padded = (bytes: number) => fitting.replace('""', `"${'x'.repeat(bytes - fitting.length)}"`);
    expect(await edit(gateway, person.token, padded(65_536))).toEqual(done);
    expect(await edit(gateway, person.token, padded(65_537))).toEqual(
      invalid('The request body is too large'),
    );
    expect(await edit(gateway, person.token, padded(5_000_000))).toEqual(
      invalid('The request body is too large'),
    );
  });
});

test.each([
  ['GET', '/auth'],
  ['GET', '/auth/'],
  ['POST', '/auth/v1/nothing'],
  ['GET', '/auth/v1/signup'],
  ['POST', '/auth/v1/signin/'],
  ['GET', '/auth/v1/signin'],
  ['PUT', '/auth/v1/user/me'],
  ['GET', '/auth/v1/user/sudo'],
  ['GET', '/auth/v1/user/profile'],
  ['DELETE', '/auth/v1/user/authorized/devices/'],
  ['PUT', '/auth/v1/user/basic/edit'],
  ['POST', '/auth/v2/signin/username'],
  ['POST', '/auth/v2/token'],
  ['GET', '/auth/v2/user/me'],
])('%s %s is not implemented', async (method, target) => {
  const unserved = refused(501, 'unimplemented', 12, 'This call is not implemented');
  expect(await answerTo(gateway, method, target)).toEqual(unserved);
});

test('a success is a JSON object without an error and without a code on top', async () => {
  for (const [method, target] of [
    ['GET', '/auth/v1/user/me?with_department=true&with_role=true'],
    ['GET', '/auth/v1/certs'],
    ['POST', '/auth/v1/revoke'],
  ] as const) {
    const response = await send(gateway, method, target, method === 'GET' ? { token: person.token } : {});
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const body = (await response.json()) as object;
    expect(body).not.toHaveProperty('error');
    expect(body).not.toHaveProperty('code');
  }
});

test('the headers that SDKs send are taken, and the request ID comes back', async () => {
  const headers = {
    undefined: 'undefined',
    'accept-language': 'zh-CN',
    'x-sdk-version': '@cloudbase/js-sdk/3.7.0',
    'x-tcb-source': 'x',
    'x-tcb-region': 'ap-shanghai',
    'x-client-timestamp': '1',
    'x-request-id': '0123456789abcdef0123456789abcdef',
  };
  const call = { headers, body: { username: 'nobody_here', password } };
  const response = await send(gateway, 'POST', '/auth/v1/signin?client_id=x', call);
  expect(response.headers.get('x-request-id')).toBe('0123456789abcdef0123456789abcdef');
  // English whatever the language: the documented samples are.
  expect(await response.json()).toMatchObject({ error_description: 'Invalid username or password' });
});

describe('a browser', () => {
  const preflight = (origin: string) =>
    send(gateway, 'OPTIONS', path, {
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-device-id,x-request-id',
      },
    });

  test.each(['https://app.example', 'http://localhost:5173', 'http://127.0.0.1:8080'])(
    'may call from %s',
    async (origin) => {
      const asked = await preflight(origin);
      expect(asked.status).toBe(200);
      expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
      expect(asked.headers.get('access-control-allow-methods')).toBe('GET, POST, PATCH, DELETE, OPTIONS');
      expect(asked.headers.get('access-control-allow-headers')).toBe(
        'authorization, content-type, accept-language, x-request-id, x-device-id, x-sdk-version, x-captcha-token',
      );
      const refusal = await send(gateway, 'POST', path, { headers: { origin }, body: {} });
      expect(refusal.status).toBe(401);
      expect(refusal.headers.get('access-control-allow-origin')).toBe(origin);
      expect(refusal.headers.get('access-control-allow-credentials')).toBeNull();
      expect(refusal.headers.get('cache-control')).toBe('no-store');
    },
  );

  test('may not from anywhere else', async () => {
    const origin = 'https://other.example';
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
    const answer = await send(gateway, 'POST', '/auth/v1/revoke', { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('no password and no token reaches the log', async () => {
  const { token, tokens } = await newPerson(gateway);
  await answerTo(gateway, 'POST', '/auth/v1/signin', {
    body: { username: 'nobody_here', password: 'Hidden_word_1' },
  });
  await answerTo(gateway, 'POST', '/auth/v1/signin', { body: '{"password":"Hidden_word_2"' });
  const log = JSON.stringify(gateway.logLines);
  for (const secret of [password, 'Hidden_word_1', 'Hidden_word_2', token, tokens.refresh_token]) {
    expect(log).not.toContain(secret);
  }
});
