import { RequestError } from '../../../src/dialect';
import cloudbase from '../../../dialects/cloudbase';
import { declaration, requestOf, userOf } from './support';

const { format } = declaration.accessToken;
if (format.kind !== 'jwt') throw new Error('access tokens are JWTs');

const subject = {
  session: { id: '0b5f1a34-6a63-4b5e-9c0a-3f3f0c1d2e4f', userId: 1000, clientId: null },
  user: userOf(),
  issuedAt: new Date('2026-01-02T03:04:05.678Z'),
  expiresAt: new Date('2026-01-02T05:04:05.678Z'),
};

describe('an access token', () => {
  test('carries the documented claims and the session', () => {
    expect(format.alg).toBe('RS256');
    expect(format.claims(subject)).toEqual({
      iss: 'https://id.example',
      sub: '1000',
      aud: 'demo-env-1',
      exp: 1767330245,
      iat: 1767323045,
      scope: 'user',
      project_id: 'demo-env-1',
      user_type: '',
      sid: '0b5f1a34-6a63-4b5e-9c0a-3f3f0c1d2e4f',
    });
  });

  test('is for the application that asked', () => {
    const session = { ...subject.session, clientId: 'app-7' };
    expect(format.claims({ ...subject, session })).toMatchObject({ aud: 'app-7', project_id: 'demo-env-1' });
  });

  test('names its session', () => {
    expect(format.parse(format.claims(subject))).toEqual({
      sessionId: subject.session.id,
      userId: 1000,
      expiresAt: new Date('2026-01-02T05:04:05.000Z'),
    });
  });

  test.each([
    [{ sid: undefined }],
    [{ sid: 'x' }],
    [{ sub: 1000 }],
    [{ sub: '0' }],
    [{ sub: '1e3' }],
    [{ exp: '1' }],
  ])('is not of this door with %j', (claims) => {
    expect(format.parse({ ...format.claims(subject), ...claims })).toBeUndefined();
  });

  test.each([
    ['Bearer a.b.c', 'a.b.c'],
    ['bearer a.b.c', 'a.b.c'],
    ['BEARER  a.b.c ', 'a.b.c'],
    ['Basic a.b.c', undefined],
    ['Bearer', undefined],
    ['Bearer ', undefined],
    ['Bearer a b', undefined],
    ['a.b.c', undefined],
    [undefined, undefined],
  ])('is found in %j', (authorization, token) => {
    expect(declaration.accessToken.find(requestOf({ headers: { authorization } }))).toBe(token);
  });
});

describe('a token to revoke', () => {
  const revoke = declaration.routes.find(({ path }) => path === '/auth/v1/revoke');
  const find = (body: unknown, authorization?: string) =>
    revoke?.findToken?.(requestOf({ body, headers: { authorization } }));

  test('is that of the body, else that of the header', () => {
    expect(find({ token: 'a.b.c' })).toBe('a.b.c');
    expect(find({ token: 'a.b.c' }, 'Bearer d.e.f')).toBe('a.b.c');
    expect(find({}, 'Bearer d.e.f')).toBe('d.e.f');
    expect(find({ token: 'm.refresh' }, 'Bearer d.e.f')).toBe('d.e.f');
    expect(find({ token: 5 })).toBeUndefined();
  });

  test.each([
    [undefined],
    [null],
    [[]],
    ['text'],
    [new RequestError({ code: 'malformed_body', detail: '' })],
  ])('is looked for in a body of any shape: %j', (body) => {
    expect(find(body)).toBeUndefined();
    expect(find(body, 'Bearer d.e.f')).toBe('d.e.f');
  });

  test('may be past its time', () => {
    expect(revoke).toMatchObject({ acceptExpired: true, access: 'optional' });
  });
});

describe('a client', () => {
  test.each([
    ['client_id=app-7', undefined, 'app-7'],
    ['client_id=app-7', { client_id: 'app-8' }, 'app-7'],
    ['', { client_id: 'app-8' }, 'app-8'],
    ['client_id=', { client_id: 'app-8' }, 'app-8'],
    ['', { client_id: 5 }, undefined],
    ['', null, undefined],
    [`client_id=${'x'.repeat(129)}`, undefined, undefined],
    ['client_id=%00', undefined, undefined],
    ['client_id=a%20b', undefined, undefined],
  ])('is named by ?%s and %j', (query, body, expected) => {
    expect(declaration.clientId?.(requestOf({ query, body }))).toBe(expected);
  });

  test.each([
    ['0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
    ['0123456789abcdef', '0123456789abcdef'],
    ['device_123456', undefined],
    ['x'.repeat(49), undefined],
    [undefined, undefined],
  ])('is on the device %s', (id, expected) => {
    expect(declaration.deviceId?.(requestOf({ headers: { 'x-device-id': id } }))).toBe(expected);
  });
});

describe('a page of another site', () => {
  const allowed = (origin: string) =>
    declaration.headers?.(requestOf({ headers: { origin } }))['access-control-allow-origin'];

  test.each(['https://app.example', 'http://localhost', 'http://localhost:5173', 'http://127.0.0.1:8080'])(
    'at %s may call',
    (origin) => {
      expect(allowed(origin)).toBe(origin);
    },
  );

  test.each([
    'https://other.example',
    'http://localhost.example',
    'http://127.0.0.1.example',
    'https://app.example:8443',
    'null',
  ])('at %s may not', (origin) => {
    expect(allowed(origin)).toBeUndefined();
  });

  test('is told before it calls what it may send', () => {
    const answer = declaration.early?.(requestOf({ method: 'OPTIONS' }));
    expect(answer).toMatchObject({ status: 200, body: {} });
    expect(answer?.headers?.['access-control-allow-methods']).toBe('GET, POST, PATCH, DELETE, OPTIONS');
    expect(answer?.headers?.['access-control-allow-headers']).toBe(
      'authorization, content-type, accept-language, x-request-id, x-device-id, x-sdk-version, x-captcha-token',
    );
    expect(declaration.early?.(requestOf({ method: 'POST' }))).toBeUndefined();
  });

  test('gets nothing that a cache may keep', () => {
    expect(declaration.headers?.(requestOf({}))).toEqual({ 'cache-control': 'no-store', vary: 'Origin' });
  });
});

test('the environment has a name', () => {
  const read = (env: Record<string, string>) => cloudbase.settings.validate(env);
  expect(read({}).value).toEqual({ CLOUDBASE_ENV: 'idiom' });
  expect(read({ CLOUDBASE_ENV: 'demo-env-1' }).value).toEqual({ CLOUDBASE_ENV: 'demo-env-1' });
  expect(read({ CLOUDBASE_ENV: 'two words' }).error).toBeDefined();
});

test('a session goes on by refresh tokens and in no other way', () => {
  expect(declaration.sessions).toEqual({
    accessTokenSeconds: 7200,
    clientTokenSeconds: 432_000,
    sessionSeconds: 2_678_400,
    single: false,
    refreshToken: { prefix: 'm.', bytes: 32, graceSeconds: 10 },
    clearsRecords: [],
  });
  expect(declaration.accessToken.renewal).toBeUndefined();
});
