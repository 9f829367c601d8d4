import { actionAt, callerWith, meta, wireRequest } from './wire';

const updateRealm = actionAt('put', '/v1/api/user');
const rename = actionAt('put', '/v1/api/user/username');

it('says a profile update through the one call that has its field', () => {
  expect(updateRealm.say({ changes: { nickname: '叮' } })).toEqual({ body: { realm: '叮' } });
  expect(rename.say({ changes: { nickname: '叮' } })).toBeNull();
  expect(rename.say({ changes: { username: 'new_name' } })).toEqual({ body: { username: 'new_name' } });
  expect(updateRealm.say({ changes: { username: 'new_name' } })).toBeNull();
});

it.each([
  { changes: {} },
  { changes: { nickname: 'a', username: 'new_name' } },
  { changes: { nickname: 'a', bio: 'b' } },
  { changes: { username: { refused: 'length' } } },
  { changes: { nickname: 'a' }, userId: 1000 },
])('cannot say the update %j', (command) => {
  expect(updateRealm.say(command)).toBeNull();
  expect(rename.say(command)).toBeNull();
});

it('says a registration that its own reader understands', () => {
  const register = actionAt('post', '/v1/api/user');
  const command = {
    username: 'new_user',
    password: 'Secret_123',
    email: 'new@example.com',
    phone: '+8613800138001',
    profile: { nickname: 'Nick' },
    signIn: false,
  };
  const said = register.say(command);
  expect(said?.body).toMatchObject({ username: 'new_user', realm: 'Nick', phone: '13800138001' });
  expect(register.read(wireRequest(said?.body))).toEqual({
    ...command,
    phone: '13800138001',
    identifierOrder: ['username', 'email', 'phone'],
  });

  for (const member of ['username', 'password', 'email', 'phone', 'profile']) {
    expect(register.say({ ...command, [member]: undefined })).toBeNull();
  }
  expect(register.say({ ...command, profile: { nickname: 'Nick', bio: 'b' } })).toBeNull();
  expect(register.say({ ...command, phone: '+14155550123' })).toBeNull();
  expect(register.say({ ...command, role: 'admin' })).toBeNull();
});

it('says the other calls', () => {
  const signIn = { identifier: 'a@b.co', password: 'p' };
  expect(actionAt('post', '/v1/api/user/login').say(signIn)).toEqual({
    body: { username: 'a@b.co', password: 'p' },
  });
  expect(actionAt('post', '/v1/api/user/logout').say({ identifier: 'a@b.co' })).toEqual({
    body: { username: 'a@b.co' },
  });
  expect(actionAt('post', '/v1/api/user/logout').say({})).toBeNull();
  expect(actionAt('get', '/v1/api/user').say({})).toEqual({});
  expect(actionAt('get', '/v1/api/user').say({ userId: 1 })).toBeNull();
  const ask = actionAt('put', '/v1/api/user/emailcode/email');
  expect(ask.say({ email: 'a@b.co', language: 'zh' })).toEqual({ body: { email: 'a@b.co', language: 'zh' } });
  expect(ask.say({ email: 'a@b.co', language: 'zh', appName: '叮' })).toEqual({
    body: { email: 'a@b.co', language: 'zh', appname: '叮' },
  });
  const change = { code: '123456', email: 'a@b.co' };
  expect(actionAt('put', '/v1/api/user/emails').say(change)).toEqual({ body: change });
});

it.each([[{}], [{ phone: '+14155550123' }], [{ username: null, nickname: '', email: null, phone: null }]])(
  'hears a profile as it was shown: %j',
  (profile) => {
    const { user } = callerWith(profile);
    const route = actionAt('get', '/v1/api/user');
    const { status, body } = route.write({ user, extension: null }, meta);
    expect(route.hear({ status, headers: {}, body })).toEqual({
      username: user.username,
      nickname: user.nickname,
      email: user.email,
      phone: user.phone,
    });
  },
);

it('hears who signed in, with which token, until when', () => {
  const body = { id: 1000, token: 't', reflash_key: 'r', time: 1_700_000_000 };
  expect(actionAt('post', '/v1/api/user/login').hear({ status: 201, headers: {}, body })).toEqual({
    user: { id: 1000 },
    grant: { accessToken: 't', accessTokenExpiresAt: new Date('2023-11-14T22:13:20Z') },
  });
});
