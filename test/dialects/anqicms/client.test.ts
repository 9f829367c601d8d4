import type { ProfileChanges } from '../../../src/core';
import { actionsOf, type Action, type Said } from '../../../src/dialect';
import { contract } from '../../../dialects/anqicms/contract';
import {
  hearAvatar,
  hearSession,
  hearUser,
  sayAvatar,
  sayGetUser,
  sayLogin,
  sayRegistration,
  sayUpdate,
} from '../../../dialects/anqicms/client';
import {
  hearCaptcha,
  hearExistence,
  hearVerified,
  sayCaptcha,
  sayExistence,
  sayMailRequest,
  sayMailTarget,
  sayPasswordChange,
  sayRecovery,
  sayResetLink,
  saySignOut,
  sayVerifyLink,
} from '../../../dialects/anqicms/link-client';
import { readPasswordChange, readRecovery } from '../../../dialects/anqicms/passwords';
import { readLogin, readRegistration, readUpdate } from '../../../dialects/anqicms/requests';
import { writeCaptcha, writeUser } from '../../../dialects/anqicms/responses';
import { wireUser } from '../../../dialects/anqicms/vocabulary';
import { callerOf, declare, own, person, request, siteWith } from './support';

function bodyOf(said: Said | null): unknown {
  return said === null ? null : said.body;
}

describe('saying an update', () => {
  const say = (changes: ProfileChanges) => bodyOf(sayUpdate({ changes }, own));

  test('names each field as this wire does', () => {
    expect(
      say({
        username: 'li',
        realName: '李四',
        firstName: 'Si',
        lastName: '',
        bio: 'hi',
        email: 'li@example.com',
        phone: '+8613900139000',
      }),
    ).toEqual({
      user_name: 'li',
      real_name: '李四',
      first_name: 'Si',
      last_name: '',
      introduce: 'hi',
      email: 'li@example.com',
      phone: '13900139000',
    });
    expect(say({})).toEqual({});
  });

  test.each<[what: string, changes: ProfileChanges]>([
    ['a nickname', { nickname: 'x' }],
    ['no gender', { gender: null }],
    ['an avatar', { avatar: 'x' }],
    ['a locale', { locale: 'en' }],
    ['an empty identifier, which would be no change', { email: '' }],
    ['a refused identifier', { username: { refused: 'length' } }],
    ['white space that would be trimmed', { bio: 'x ' }],
    ['a first name alone, which would write the real name too', { firstName: 'x' }],
  ])('cannot say %s', (_, changes) => {
    expect(say({ bio: 'x', ...changes })).toBeNull();
  });

  test('cannot speak of somebody else', () => {
    expect(sayUpdate({ userId: 7, changes: {} }, own)).toBeNull();
  });

  test('what is said is what is read', () => {
    const changes: ProfileChanges = { username: 'li', realName: '李四', bio: '', phone: '13900139000' };
    const said = bodyOf(sayUpdate({ changes }, own));
    expect(readUpdate(request({ json: said }), callerOf(person({ bio: 'old' })), own).changes).toEqual(
      changes,
    );
  });
});

describe('saying who one is', () => {
  test('a login', () => {
    const command = { identifier: '13800138000', password: '12345678' };
    const said = sayLogin(command);
    expect(said).toEqual({ body: { user_name: '13800138000', password: '12345678' } });
    expect(readLogin(request({ json: bodyOf(said) }), own)).toEqual(command);
    expect(sayLogin({ identifier: 'x', password: ' 12345678' })).toBeNull();
  });

  test('a registration', () => {
    const said = sayRegistration(
      {
        username: 'li',
        password: '12345678',
        phone: '+8613900139000',
        profile: { realName: '四' },
        signIn: true,
      },
      own,
    );
    expect(said).toEqual({
      body: { user_name: 'li', password: '12345678', phone: '13900139000', real_name: '四' },
    });
    expect(readRegistration(request({ json: bodyOf(said) }), own)).toMatchObject({
      username: 'li',
      phone: '13900139000',
      profile: { realName: '四', avatar: '' },
    });
  });

  test.each([
    [{ email: 'a@b.cd', password: '12345678', signIn: true }],
    [{ username: 'x', email: 'a@b.cd', signIn: true }],
    [{ username: 'x', password: '12345678', signIn: false }],
    [{ username: 'x', password: '12345678', profile: { nickname: 'x' }, signIn: true }],
    [{ username: 'x', password: '12345678', role: 'admin' as const, signIn: true }],
  ])('cannot register %j', (command) => {
    expect(sayRegistration(command, own)).toBeNull();
  });

  test('a look at somebody, and a picture', () => {
    expect(sayGetUser({})).toEqual({});
    expect(sayGetUser({ userId: 7 })).toEqual({ query: { userId: '7' } });
    expect(sayAvatar({ image: Buffer.from('x') })).toEqual({ file: Buffer.from('x') });
  });
});

describe('saying what a link brought, and passwords', () => {
  test('a registration at a site that verifies addresses signs nobody in', () => {
    const command = { username: 'li', password: '12345678', email: 'a@b.cd' };
    const verifying = siteWith({ ANQICMS_SIGNUP_VERIFY: '1' });
    expect(sayRegistration({ ...command, signIn: false }, verifying)).not.toBeNull();
    expect(sayRegistration({ ...command, signIn: true }, verifying)).toBeNull();
  });

  test('a login with a captcha', () => {
    const captcha = { when: 'always' as const, answer: { captchaId: 'p', text: 'aB3d' } };
    const command = { identifier: 'x', password: '12345678', captcha };
    const said = bodyOf(sayLogin(command));
    expect(readLogin(request({ json: said }), siteWith({ ANQICMS_CAPTCHA: '1' }))).toEqual(command);
  });

  test('a mail is asked for by its state', () => {
    const say = (purpose: 'prove' | 'recover' | 'register') =>
      sayMailRequest({ purpose, target: { email: 'a@b.cd' }, audience: 'held', language: 'en' });
    expect(say('prove')).toEqual({ body: { email: 'a@b.cd', state: 'verify' } });
    expect(say('recover')).toEqual({ body: { email: 'a@b.cd', state: 'reset' } });
    expect(say('register')).toBeNull();
    const phone = { phone: '+8613800138000' };
    expect(sayMailRequest({ purpose: 'prove', target: phone, audience: 'held', language: 'en' })).toBeNull();
  });

  test('what is said of a recovery and of a change is what is read', () => {
    const recovery = {
      contact: { email: 'a@b.cd' },
      proof: { proofToken: 't', code: '123456' },
      password: 'new password',
    };
    const said = bodyOf(sayRecovery(recovery));
    expect(readRecovery(request({ json: said }))).toEqual({ ...recovery, tellsUnknown: true });
    expect(sayRecovery({ ...recovery, proof: { code: '123456' } })).toBeNull();
    expect(sayRecovery({ ...recovery, password: 'trimmed ' })).toBeNull();
    const change = { password: 'new password', authority: { oldPassword: 'old' } };
    const caller = callerOf(person());
    expect(readPasswordChange(request({ json: bodyOf(sayPasswordChange(change)) }), caller)).toEqual({
      ...change,
      caller,
    });
    expect(sayPasswordChange({ password: 'new password', authority: { sudoToken: 't' } })).toBeNull();
  });

  test('links, looks and signing out', () => {
    expect(sayResetLink({ email: 'a@b.cd', proofToken: 't', use: 'recover' })).toEqual({
      query: { state: 'reset', email: 'a@b.cd', token: 't', return: 'json' },
    });
    expect(sayResetLink({ email: 'a@b.cd', proofToken: 't', use: 'verify_email' })).toBeNull();
    expect(sayVerifyLink({ email: 'a@b.cd', proofToken: 't' })).toMatchObject({ query: { state: 'verify' } });
    expect(sayExistence({ identifier: 'a@b.cd' })).toEqual({ query: { state: 'exist', email: 'a@b.cd' } });
    expect(sayExistence({ identifier: 'somebody' })).toBeNull();
    expect(sayMailTarget({ identifier: 'somebody' })).toBeNull();
    expect(saySignOut({})).toEqual({ query: { return: 'json' } });
    expect(saySignOut({ identifier: 'x' })).toBeNull();
    expect(sayCaptcha({ format: 'gif' })).toBeNull();
  });
});

describe('hearing', () => {
  const heard = (body: unknown) => ({ status: 200, headers: {}, body });

  test('a profile comes back in core words', () => {
    const user = person({ birthday: '2000-01-02', avatar: 'uploads/user/1000.png', username: null });
    const { realName, firstName, lastName, bio, birthday, email, phone, avatar, username } = user;
    expect(hearUser(heard(writeUser({ user, extension: null }, own).body), own)).toEqual({
      realName,
      firstName,
      lastName,
      bio,
      birthday,
      email,
      phone,
      avatar,
      username,
    });
    const bare = person({ email: null, phone: null });
    expect(hearUser(heard(writeUser({ user: bare, extension: null }, own).body), own)).toMatchObject({
      email: null,
      phone: null,
      birthday: null,
    });
  });

  test('a session tells its token and its user', () => {
    const data = wireUser({ user: person(), extension: null }, own, { token: 'a.b.c', withLinks: false });
    expect(hearSession(heard({ code: 0, data, msg: '' }))).toEqual({
      user: { id: 1000 },
      grant: { accessToken: 'a.b.c' },
    });
  });

  test('a link tells its token in the cookie, a look the number, a captcha its picture', () => {
    const cookie = { 'set-cookie': 'token=a.b.c; Path=/; HttpOnly' };
    expect(hearVerified({ status: 200, headers: cookie, body: {} })).toEqual({ accessToken: 'a.b.c' });
    expect(hearExistence(heard({ code: 0, data: { email: 'a@b.cd', id: 7 }, msg: '' }))).toEqual({
      userId: 7,
    });
    const image = Buffer.from('picture');
    const { body } = writeCaptcha({ captchaId: 'p', image, expiresInSeconds: 1 });
    expect(hearCaptcha(heard(body))).toEqual({ captchaId: 'p', image });
  });

  test('an avatar is heard as it is kept', () => {
    const at = (avatar_url: string) => hearAvatar(heard({ code: 0, data: { avatar_url }, msg: '' }), own);
    expect(at('https://id.example.com/uploads/user/1.png')).toEqual({ avatar: 'uploads/user/1.png' });
    expect(at('https://cdn.example.com/1.png')).toEqual({ avatar: 'https://cdn.example.com/1.png' });
  });
});

describe('the contract', () => {
  const declaration = declare();
  const operations = declaration.routes
    .flatMap((route): Action[] => [...actionsOf(route)])
    .map(({ operation }) => operation);

  test('leaves out no operation that is said to be unsupported', () => {
    for (const operation of operations) expect(contract.unsupported).not.toHaveProperty(operation);
  });
});
