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
    apiKey: '0123456789abcdef0123456789abcdef',
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

describe('codes', () => {
  const phone = '+8613800138001';
  const request = { target: { phone }, language: 'en' };
  const asking = { ...request, purpose: 'register', audience: 'unregistered' };
  const recovering = { ...request, purpose: 'recover', audience: 'registered' };
  const byPhone = actionAt('put', '/v1/api/phone/register');
  const byMail = actionAt('get', '/v1/api/email/register');
  const retrieve = actionAt('put', '/v1/api/phone/retrieve');
  const resetMail = actionAt('put', '/v1/api/user/passwordcode/email');

  it('says a request through the one call of its purpose and kind', () => {
    expect(byPhone.say(asking)).toEqual({ body: { phone: '13800138001' } });
    expect(byPhone.say({ ...asking, target: { phone: '+14155550123' } })).toEqual({
      body: { phone: '4155550123', area_code: 1 },
    });
    expect(retrieve.say(recovering)).toEqual({ body: { phone: '13800138001' } });
    const target = { email: 'a@b.co' };
    expect(byMail.say({ ...asking, target, appName: 'App' })).toEqual({
      query: { email: 'a@b.co', language: 'en', appname: 'App' },
    });
    expect(resetMail.say({ ...recovering, target })).toEqual({ body: { email: 'a@b.co', language: 'en' } });

    expect(byMail.say(asking)).toBeNull();
    expect(resetMail.say(recovering)).toBeNull();
    for (const call of [byPhone, byMail]) {
      expect(call.say({ ...recovering, target })).toBeNull();
      expect(call.say(recovering)).toBeNull();
    }
  });

  it.each([
    { purpose: 'prove' },
    { audience: 'anyone' },
    { target: { own: 'phone' } },
    { link: { template: 'https://a.example/{token}', use: 'recover' } },
    { captcha: { when: 'always' } },
  ])('cannot say a request with %j', (change) => {
    for (const call of [byPhone, byMail, retrieve, resetMail]) {
      expect(call.say({ ...asking, ...change })).toBeNull();
      expect(call.say({ ...recovering, ...change })).toBeNull();
    }
  });

  it('says a registration with a code, and no more than that', () => {
    const register = actionAt('post', '/v1/api/phone/register');
    const command = { phone, proof: { code: '123456' }, password: 'Secret_123', signIn: false };
    const said = register.say(command);
    const apikey = '0123456789abcdef0123456789abcdef';
    expect(said).toEqual({
      body: { phone: '13800138001', code: '123456', password: 'Secret_123', apikey },
    });
    expect(register.read(wireRequest(said?.body))).toEqual({
      ...command,
      phone: '13800138001',
      proof: { code: '123456', anyCountry: true },
      apiKey: apikey,
      generatedUsername: { prefix: 'mp_', length: 20, asNickname: true },
    });
    const byAddress = { ...command, phone: undefined, email: 'a@b.co' };
    expect(actionAt('post', '/v1/api/email/register').say({ ...byAddress, apiKey: 'k' })).toEqual({
      body: { email: 'a@b.co', code: '123456', password: 'Secret_123', apikey: 'k' },
    });
    for (const change of [
      { username: 'new_user' },
      { email: 'a@b.co' },
      { profile: { nickname: 'Nick' } },
      { password: undefined },
      { proof: undefined },
      { proof: { proofToken: 't' } },
      { role: 'admin' },
    ]) {
      expect(register.say({ ...command, ...change })).toBeNull();
    }
    const byName = actionAt('post', '/v1/api/user');
    const named = { ...command, username: 'new_user', email: 'a@b.co', profile: { nickname: 'Nick' } };
    expect(byName.say(named)).toBeNull();
    expect(byName.say({ ...named, proof: undefined })).not.toBeNull();
  });

  it('says a recovery with a code', () => {
    const byNumber = actionAt('post', '/v1/api/phone/retrieve');
    const byAddress = actionAt('put', '/v1/api/user/email/reset/password');
    const command = { contact: { phone }, proof: { code: '123456' }, password: 'Secret_123' };
    expect(byNumber.say(command)).toEqual({
      body: { phone: '13800138001', code: '123456', password: 'Secret_123' },
    });
    expect(byAddress.say(command)).toBeNull();
    const mailed = { ...command, contact: { email: 'a@b.co' } };
    expect(byAddress.say(mailed)).toEqual({
      body: { email: 'a@b.co', code: '123456', password: 'Secret_123' },
    });
    expect(byNumber.say(mailed)).toBeNull();
    expect(byNumber.say({ ...command, proof: { proofToken: 't' } })).toBeNull();
    expect(byAddress.say({ ...mailed, proof: { proofToken: 't' } })).toBeNull();
  });
});

it('says a change of password by the old one', () => {
  const change = actionAt('put', '/v1/api/user/password');
  expect(change.say({ password: 'new', authority: { oldPassword: 'old' } })).toEqual({
    body: { password: 'new', oldpassword: 'old' },
  });
  expect(change.say({ password: 'new', authority: { sudoToken: 't' } })).toBeNull();
});

it('says a look-up of one user by one identifier, and hears who it was', () => {
  const find = actionAt('get', '/v1/api/selecte/share/friend');
  for (const member of ['identifier', 'username', 'email', 'phone']) {
    expect(find.say({ [member]: 'x' })).toEqual({ query: { name: 'x' } });
  }
  expect(find.say({})).toBeNull();
  expect(find.say({ userIds: [1] })).toBeNull();
  expect(find.say({ username: 'x', email: 'y' })).toBeNull();

  const { user } = callerWith({ id: 1001 });
  const shows = { email: true, phone: false };
  const { status, body } = find.write(
    { users: [{ user, extension: null, shows }], caller: callerWith() },
    meta,
  );
  expect(find.hear({ status, headers: {}, body })).toEqual({
    users: [{ user: { id: 1001, username: 'someone', nickname: 'Nick', email: user.email, phone: null } }],
  });
});

it('says the binding of a phone at the address of its kind, and hears what is bound', () => {
  const data = { push_token: 'abc', language: 'en' };
  const bind = actionAt('post', '/v1/api/user/token');
  expect(bind.say({ kind: 'push_token', data })).toEqual({ body: data });
  expect(bind.say({ kind: 'message_push_token', data })).toBeNull();
  const list = actionAt('get', '/v1/api/user/message/token');
  expect(list.say({ kind: 'message_push_token', shared: false })).toEqual({});
  expect(list.say({ kind: 'message_push_token', shared: true })).toBeNull();
  expect(list.say({ kind: 'push_token', shared: false })).toBeNull();
  expect(list.hear({ status: 200, headers: {}, body: { id: 1000, ...data } })).toEqual({
    records: [{ id: 1000, data }],
  });
  const unbind = actionAt('delete', '/v1/api/user/token');
  expect(unbind.say({ kind: 'push_token' })).toEqual({});
  expect(unbind.say({ kind: 'push_token', id: 5 })).toBeNull();
  const params = { id: '5' };
  const rebind = actionAt('put', '/v1/api/user/token/:id');
  expect(rebind.say({ kind: 'push_token', id: 5, data })).toEqual({ params, body: data });
  expect(rebind.say({ kind: 'push_token', data })).toBeNull();
  const unbindOne = actionAt('delete', '/v1/api/user/token/:id');
  expect(unbindOne.say({ kind: 'push_token', id: 5 })).toEqual({ params });
  expect(unbindOne.say({ kind: 'push_token' })).toBeNull();
});
