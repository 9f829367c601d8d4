import { startGateway, type TestGateway } from '../../support/gateway';
import { failure, mustSignIn, register, send } from './wire';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ environment: { CORS_ORIGINS: 'https://app.example.com' } });
});
afterAll(() => gateway.stop());

const lists = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'Content-Disposition,Update-Token',
  'access-control-allow-methods': 'GET,POST,PUT,DELETE,PATCH,OPTIONS',
  'access-control-allow-headers':
    'Content-Type, Api, Accept, Authorization, Version, Admin, Token, Key, Site-Id, Sub-Site-Id, X-Pjax, X-Pjax-Container',
};

test.each([
  ['GET', '/api/user/detail', 200],
  ['POST', '/api/login', 200],
  ['GET', '/api/nothing', 404],
  ['OPTIONS', '/api/user/detail', 204],
  ['OPTIONS', '/api/nothing', 204],
  ['GET', '/api/user/detail?lang=en', 307],
])('%s %s is answered %i with the lists that let pages read it', async (method, path, status) => {
  for (const origin of ['http://127.0.0.1:5500', 'http://localhost', 'https://app.example.com']) {
    const heard = await send(gateway, method, path, { headers: { Origin: origin } });
    expect(heard.status).toBe(status);
    expect(Object.fromEntries(heard.headers)).toMatchObject({
      ...lists,
      'access-control-allow-origin': origin,
    });
  }
  const stranger = await send(gateway, method, path, { headers: { Origin: 'https://evil.example' } });
  expect(Object.fromEntries(stranger.headers)).toMatchObject(lists);
  expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
});

test('OPTIONS has no body', async () => {
  expect((await send(gateway, 'OPTIONS', '/api/user/detail')).text).toBe('');
});

test.each([
  ['GET', '/api/nothing'],
  ['GET', '/api'],
  ['GET', '/api/login'],
  ['PUT', '/api/user/detail'],
  ['DELETE', '/api/user/detail'],
  ['POST', '/api/user/detail/'],
  ['POST', '/api/register/'],
  ['GET', '/logout/'],
  ['POST', '/account/password/reset'],
  ['GET', '/account/password/reset/'],
])('%s %s is nothing that is served', async (method, path) => {
  const heard = await send(gateway, method, path);
  expect(heard).toMatchObject({ status: 404, text: '{"code":-1,"msg":"Not Found"}\n' });
  expect(heard.headers.get('content-type')).toBe('application/json; charset=utf-8');
});

test.each(['/api/captcha', '/api/user/detail', '/logout', '/api/verify/email', '/account/password/reset'])(
  'HEAD %s is nothing that is served',
  async (path) => {
    const heard = await fetch(`${gateway.url}${path}`, { method: 'HEAD' });
    expect(heard.status).toBe(404);
    expect(heard.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(
      (await fetch(`${gateway.url}${path}?lang=en`, { method: 'HEAD', redirect: 'manual' })).status,
    ).toBe(307);
  },
);

test('a language in the query moves to a cookie, and the request is sent again', async () => {
  const heard = await send(gateway, 'POST', '/api/login?a=%E4%BD%A0&lang=ru-RU', { json: {} });
  expect(heard).toMatchObject({ status: 307, text: '' });
  expect(heard.headers.get('location')).toBe('/api/login?a=%E4%BD%A0');
  expect(heard.headers.get('set-cookie')).toMatch(
    /^lang=ru-RU; Path=\/; Expires=[^;]+; Max-Age=604800; HttpOnly$/,
  );
  expect(heard.headers.get('cache-control')).toBe('no-cache, no-store, must-revalidate');
  const followed = await fetch(`${gateway.url}/api/user/detail?lang=ru-RU`, {
    headers: { Cookie: 'lang=ru-RU' },
  });
  expect(await followed.json()).toEqual(
    failure(
      'Для этой операции требуется вход в систему. Пожалуйста, войдите в систему и повторите попытку.',
      1001,
    ),
  );
});

test('a language that would break a header does not', async () => {
  const heard = await send(
    gateway,
    'GET',
    `/api/user/detail?lang=${encodeURIComponent('x\r\nSet-Cookie: a=b; y')}`,
  );
  expect(heard.status).toBe(307);
  expect(heard.headers.getSetCookie()).toHaveLength(1);
});

test('an empty language asks for nothing', async () => {
  expect((await send(gateway, 'GET', '/api/user/detail?lang=')).body).toEqual(mustSignIn);
});

test('what nobody foresaw is one line of JSON, and no word about it', async () => {
  const broken = await startGateway();
  try {
    const { token } = await register(broken, 'person');
    await broken.sql('ALTER TABLE history RENAME TO gone');
    const heard = await send(broken, 'POST', '/api/user/detail', { token, json: { introduce: 'x' } });
    expect(heard).toMatchObject({ status: 500, text: '{"code":-1,"msg":"Internal Server Error"}\n' });
  } finally {
    await broken.stop();
  }
});
