import jwt from 'jsonwebtoken';
import { tokenFormat } from '../../../dialects/anqicms/access-token';
import { declare, meta, person, request } from './support';

const declaration = declare();

describe('the token of a request', () => {
  test.each([
    ['the header', { token: 'a' }, 'a'],
    ['the cookie without a header', { cookie: 'x=1; token=b%2B' }, 'b+'],
    ['the cookie behind an empty header', { token: '', cookie: 'token=b' }, 'b'],
    ['the header before the cookie', { token: 'bad', cookie: 'token=good' }, 'bad'],
    ['nothing in Authorization', { authorization: 'Bearer a' }, undefined],
    ['nothing in an empty cookie', { cookie: 'token=' }, undefined],
  ])('is %s', (_, headers, token) => {
    expect(declaration.accessToken.find(request({ headers }))).toBe(token);
  });
});

describe('the token format', () => {
  if (tokenFormat.kind !== 'jwt') throw new Error('this wire has JWTs');
  const { claims, parse, secret } = tokenFormat;

  test('writes id and expiry as strings, and the session', () => {
    const issuedAt = new Date(1767225600_000 - 2_592_000_000);
    const session = { id: 'some-session', userId: 1000, clientId: null };
    expect(claims({ session, user: person(), issuedAt, expiresAt: new Date(1767225600_999) })).toEqual({
      sid: 'some-session',
      t: '1767225600',
      userId: '1000',
    });
    expect(secret).toEqual({ alphabet: 'abcdefghijklmnopqrstuvwxyz', length: 32, suffix: '-user-token' });
  });

  test("reads the claims of the vendor's own token once it names a session", () => {
    const vendors =
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0IjoiMTc2NzIyNTYwMCIsInVzZXJJZCI6IjEwMDAifQ.gpo4oc8Hr9VR7ZoSLpHgjTFJz_PRieAMegCGGsgs3Fg';
    const said = jwt.verify(vendors, `testsecret${secret?.suffix ?? ''}`, { algorithms: ['HS256'] });
    expect(said).toEqual({ t: '1767225600', userId: '1000' });
    expect(parse(said as Record<string, unknown>)).toBeUndefined();
    expect(parse({ ...(said as Record<string, unknown>), sid: 's' })).toEqual({
      sessionId: 's',
      userId: 1000,
      expiresAt: new Date(1767225600_000),
    });
  });

  test.each([
    [{ sid: 's', t: 1767225600, userId: '1000' }],
    [{ sid: 's', t: '1767225600', userId: 1000 }],
    [{ sid: 's', t: 'soon', userId: '1000' }],
    [{ sid: 's', t: '1767225600', userId: '-1' }],
    [{ sid: 1, t: '1767225600', userId: '1000' }],
  ])('is not that of %j', (said) => {
    expect(parse(said)).toBeUndefined();
  });

  test('a renewed token is announced by a header', () => {
    expect(declaration.accessToken.renewal?.announce('new')).toEqual({ 'Update-Token': 'new' });
    expect(declaration.accessToken.renewal).toMatchObject({ withinSeconds: 3600, lifetimeSeconds: 86_400 });
  });
});

describe('origins', () => {
  const cors = (headers: Record<string, string>) => declaration.headers?.(request({ headers }));
  const admits = (headers: Record<string, string>) => declaration.admitsOrigin?.(request({ headers }));

  test.each([
    'http://127.0.0.1',
    'http://127.0.0.1:5500',
    'http://localhost:8080',
    'https://app.example.com',
  ])('%s may call and may write by cookie', (origin) => {
    expect(cors({ origin })).toMatchObject({ 'Access-Control-Allow-Origin': origin });
    expect(admits({ origin, cookie: 'token=a' })).toBe(true);
  });

  test.each([
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'https://evil.example',
    'null',
  ])('%s may do neither, unless it knows the token itself', (origin) => {
    expect(cors({ origin })).not.toHaveProperty('Access-Control-Allow-Origin');
    expect(admits({ origin, cookie: 'token=a' })).toBe(false);
    expect(admits({ origin, cookie: 'token=a', token: 'a' })).toBe(true);
  });

  test('our own pages write by cookie, and so do clients that are no browsers', () => {
    expect(admits({ cookie: 'token=a' })).toBe(true);
    expect(admits({ cookie: 'token=a', origin: 'https://id.example.com' })).toBe(true);
    expect(admits({ cookie: 'token=a', origin: 'https://other.example', host: 'other.example' })).toBe(true);
    expect(admits({ cookie: 'token=a', 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(admits({ cookie: 'token=a', 'sec-fetch-site': 'same-site' })).toBe(false);
    expect(admits({ cookie: 'token=a', 'sec-fetch-site': 'cross-site' })).toBe(false);
  });

  test('every answer carries the lists that let pages read it', () => {
    expect(cors({})).toEqual({
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'Content-Disposition,Update-Token',
      'Access-Control-Allow-Methods': 'GET,POST,PUT,DELETE,PATCH,OPTIONS',
      'Access-Control-Allow-Headers':
        'Content-Type, Api, Accept, Authorization, Version, Admin, Token, Key, Site-Id, Sub-Site-Id, X-Pjax, X-Pjax-Container',
      Vary: 'Origin',
    });
  });
});

describe('answers that need no route', () => {
  test('OPTIONS is empty', () => {
    expect(declaration.early?.(request({ method: 'OPTIONS', search: 'lang=en' }))).toEqual({ status: 204 });
  });

  test('a language in the query moves to a cookie', () => {
    expect(declaration.early?.(request({ search: 'userId=1&lang=en-US' }))).toEqual({
      status: 307,
      headers: {
        Location: '/api/user/detail?userId=1',
        'Cache-Control': 'no-cache, no-store, must-revalidate',
        Pragma: 'no-cache',
        Expires: '0',
      },
      cookies: [{ name: 'lang', value: 'en-US', maxAge: 604_800 }],
    });
    expect(declaration.early?.(request({ search: 'lang=x' }))?.headers?.Location).toBe('/api/user/detail');
  });

  test('an empty language and none go on to the route', () => {
    expect(declaration.early?.(request({ search: 'lang=' }))).toBeUndefined();
    expect(declaration.early?.(request({}))).toBeUndefined();
  });
});

describe('problems', () => {
  const of = meta(request({}));
  const { errors } = declaration;

  test('each multipart failure has its own text', () => {
    const text = (reason: Parameters<typeof errors.malformed_upload>[0]['reason']) =>
      errors.malformed_upload({ code: 'malformed_upload', reason }, of);
    expect(text('not_multipart').body).toEqual({
      code: -1,
      msg: "request Content-Type isn't multipart/form-data",
    });
    expect(text('no_boundary').body).toEqual({
      code: -1,
      msg: 'no multipart boundary param in Content-Type',
    });
    expect(text('empty').body).toEqual({ code: -1, msg: 'multipart: NextPart: EOF' });
    expect(text('truncated').body).toEqual({ code: -1, msg: 'unexpected EOF' });
    expect(text('no_file').body).toEqual({ code: -1, msg: 'http: no such file' });
  });

  test.each([
    ['username', 'length', '参数错误'],
    ['username', 'reserved', '参数错误'],
    ['username', 'format', '参数错误'],
    ['realName', 'format', '参数错误'],
    ['email', 'format', '邮箱不正确'],
    ['email', 'length', '参数错误'],
    ['phone', 'format', '手机号不正确'],
    ['phone', 'length', '参数错误'],
    ['password', 'length', 'bcrypt: password length exceeds 72 bytes'],
    ['password', 'format', '参数错误'],
  ] as const)('a %s of the wrong %s reads %s', (field, rule, msg) => {
    expect(errors.invalid_field({ code: 'invalid_field', field, rule }, of)).toEqual({
      status: 200,
      body: { code: -1, msg },
    });
  });

  test('only what no application answers has a status of its own', () => {
    expect(errors.no_such_route({ code: 'no_such_route' }, of)).toEqual({
      status: 404,
      body: { code: -1, msg: 'Not Found' },
    });
    expect(errors.unexpected({ code: 'unexpected' }, of)).toEqual({
      status: 500,
      body: { code: -1, msg: 'Internal Server Error' },
    });
  });

  test('codes: 1001 for a token that opens nothing, 1002 for somebody else, -1 otherwise', () => {
    expect(
      errors.access_token_rejected({ code: 'access_token_rejected', reason: 'expired' }, of).body,
    ).toEqual({
      code: 1001,
      msg: '该操作需要登录，请登录后重试',
    });
    expect(errors.permission_denied({ code: 'permission_denied' }, of).body).toEqual({
      code: 1002,
      msg: '未授权',
    });
    expect(errors.user_not_found({ code: 'user_not_found' }, of).body).toEqual({
      code: -1,
      msg: '用户不存在',
    });
  });
});

describe('settings', () => {
  test('an unknown language stops the start', () => {
    expect(() => declare({ ANQICMS_LANGUAGE: 'xx' })).toThrow('ANQICMS_LANGUAGE');
    expect(() => declare({ ANQICMS_DEFAULT_GROUP: '0' })).toThrow('ANQICMS_DEFAULT_GROUP');
  });

  test('the language of the site is that of its own messages', () => {
    const { errors } = declare({ ANQICMS_LANGUAGE: 'en-US' });
    const of = meta(request({}));
    expect(errors.user_blocked({ code: 'user_blocked' }, of).body).toEqual({ code: -1, msg: 'Login failed' });
    expect(errors.contact_required({ code: 'contact_required' }, of).body).toEqual({
      code: -1,
      msg: '邮箱和手机号至少填写一个',
    });
  });
});
