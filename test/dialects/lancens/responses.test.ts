import { actionAt, callerWith, declared, meta, wireRequest } from './wire';

const success = { status: 200, body: { message: 'success' } };

const shown = (profile: Parameters<typeof callerWith>[0]): Record<string, unknown> => {
  const record = { user: callerWith(profile).user, extension: null };
  const { status, body } = actionAt('get', '/v1/api/user').write(record, meta);
  expect(status).toBe(200);
  return body as Record<string, unknown>;
};

it('shows exactly five members of a user', () => {
  expect(shown({})).toEqual({
    id: 1000,
    username: 'someone',
    realm: 'Nick',
    email: 'someone@example.com',
    phone: '13800138000',
  });
});

it('shows what is unset as an empty string', () => {
  expect(shown({ username: null, nickname: '', email: null, phone: null })).toEqual({
    id: 1000,
    username: '',
    realm: '',
    email: '',
    phone: '',
  });
});

it('shows a number of another region in E.164', () => {
  expect(shown({ phone: '+14155550123' }).phone).toBe('+14155550123');
});

it('answers a sign-in with the session object', () => {
  const { user, session } = callerWith();
  const grant = {
    session,
    accessToken: 'abcdefghijklmnopqrstuvwxyz012345',
    accessTokenExpiresAt: new Date('2026-02-01T03:04:05.678Z'),
    refreshToken: null,
  };
  expect(actionAt('post', '/v1/api/user/login').write({ user, extension: null, grant }, meta)).toEqual({
    status: 201,
    body: {
      id: 1000,
      token: 'abcdefghijklmnopqrstuvwxyz012345',
      reflash_key: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
      time: 1769915045,
    },
  });
});

it('answers a registration with 201 and every other write with 200', () => {
  expect(actionAt('post', '/v1/api/user').write({}, meta)).toEqual({ status: 201, body: success.body });
  expect(actionAt('post', '/v1/api/user/logout').write({}, meta)).toEqual(success);
  for (const path of ['', '/username', '/emailcode/email', '/emails']) {
    expect(actionAt('put', `/v1/api/user${path}`).write({}, meta)).toEqual(success);
  }
});

it('finds the token in its own header only', () => {
  const { find } = declared.accessToken;
  expect(find(wireRequest(undefined, { headers: { token: 'abc' } }))).toBe('abc');
  expect(find(wireRequest(undefined, { headers: { token: '' } }))).toBeUndefined();
  expect(find(wireRequest(undefined, { headers: { authorization: 'Bearer abc' } }))).toBeUndefined();
});

it('keeps a session for thirty days, one for each user', () => {
  expect(declared.accessToken.format).toEqual({
    kind: 'opaque',
    alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789',
    length: 32,
  });
  expect(declared.sessions).toEqual({
    accessTokenSeconds: 2_592_000,
    sessionSeconds: 2_592_000,
    single: true,
    clearsRecords: ['push_token', 'message_push_token'],
  });
});
