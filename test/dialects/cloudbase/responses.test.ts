import { hearGrant, writeGrant, writeKeys } from '../../../dialects/cloudbase/responses';
import { hearProfile, writeProfile } from '../../../dialects/cloudbase/responses/profile';
import { callerOf, metaOf, site, userOf } from './support';

const at = (text: string) => new Date(text);
const heard = (body: unknown) => ({ status: 200, headers: {}, body });

describe('/user/me', () => {
  test('shows every field that is set', () => {
    const user = userOf({
      username: 'zhangsan',
      nickname: '张三',
      bio: 'A developer',
      locale: 'zh-CN',
      gender: 'female',
      email: 'zhangsan@example',
      emailVerifiedAt: at('2026-01-01T00:00:00Z'),
      phone: '+8613000000000',
      avatar: 'uploads/a.webp',
      status: 'pending',
      role: 'admin',
      hasPassword: true,
      passwordUpdatedAt: at('2026-01-01T00:00:01Z'),
      lastSignInAt: at('2026-01-01T00:00:02Z'),
    });
    expect(writeProfile(user, site.publicUrl)).toEqual({
      status: 200,
      body: {
        sub: '1000',
        user_id: '1000',
        name: '张三',
        picture: 'https://id.example/uploads/a.webp',
        username: 'zhangsan',
        email: 'zhangsan@example',
        email_verified: true,
        phone_number: '+86 13000000000',
        gender: 'FEMALE',
        locale: 'zh-CN',
        user_desc: 'A developer',
        providers: [],
        groups: [],
        status: 'PENDING',
        created_at: '2026-01-02T03:04:05.678Z',
        updated_at: '2026-01-02T03:04:05.678Z',
        password_updated_at: '2026-01-01T00:00:01.000Z',
        last_login: '2026-01-01T00:00:02.000Z',
        has_password: true,
        internal_user_type: 'administrator',
      },
    });
  });

  test('leaves out what is not set', () => {
    expect(writeProfile(userOf(), site.publicUrl).body).toEqual({
      sub: '1000',
      user_id: '1000',
      providers: [],
      groups: [],
      status: 'ACTIVE',
      created_at: '2026-01-02T03:04:05.678Z',
      updated_at: '2026-01-02T03:04:05.678Z',
      has_password: false,
      internal_user_type: 'generalUser',
    });
  });

  test('calls an anonymous user by the name that SDKs know', () => {
    expect(writeProfile(userOf({ kind: 'anonymous' }), site.publicUrl).body).toMatchObject({
      name: 'anonymous',
    });
  });

  test.each(['http://other.example/a.png', 'https://other.example/a.png'])(
    'shows %s as it stands',
    (avatar) => {
      expect(writeProfile(userOf({ avatar }), site.publicUrl).body).toMatchObject({ picture: avatar });
    },
  );

  test.each([
    ['+8613000000000', '+86 13000000000'],
    ['+12425551234', '+1 2425551234'],
    ['+85251234567', '+852 51234567'],
    ['+390612345678', '+39 0612345678'],
  ])('spells %s as %s, and a client reads it back', (phone, spelled) => {
    const { body } = writeProfile(userOf({ phone }), site.publicUrl);
    expect(body).toMatchObject({ phone_number: spelled });
    expect(hearProfile(heard(body), site.publicUrl)).toMatchObject({ phone });
  });

  test('tells a client the profile in core words', () => {
    const profile = {
      username: 'zhangsan',
      nickname: '张三',
      bio: 'A developer',
      gender: 'male' as const,
      email: 'zhangsan@example',
      phone: '+8613000000000',
      avatar: 'uploads/a.webp',
      locale: 'zh-CN',
    };
    const { body } = writeProfile(userOf(profile), site.publicUrl);
    expect(hearProfile(heard(body), site.publicUrl)).toEqual(profile);
    expect(hearProfile(heard(writeProfile(userOf(), site.publicUrl).body), site.publicUrl)).toEqual({
      username: null,
      nickname: '',
      bio: '',
      gender: null,
      email: null,
      phone: null,
      avatar: '',
      locale: '',
    });
  });
});

describe('a token response', () => {
  const { user, session } = callerOf();
  const grant = {
    session,
    accessToken: 'a.b.c',
    accessTokenExpiresAt: at('2026-01-02T05:04:05.678Z'),
    refreshToken: 'm.x',
  };
  const signedIn = { user, extension: null, grant };

  test('has the documented members', () => {
    const answer = writeGrant(signedIn, metaOf(at('2026-01-02T03:04:05.678Z')));
    expect(answer).toEqual({
      status: 200,
      body: {
        token_type: 'Bearer',
        access_token: 'a.b.c',
        refresh_token: 'm.x',
        expires_in: 7200,
        scope: 'user',
        sub: '1000',
        groups: [],
      },
    });
    expect(hearGrant(heard(answer.body))).toEqual({
      user: { id: 1000 },
      grant: { accessToken: 'a.b.c', refreshToken: 'm.x', expiresInSeconds: 7200 },
    });
  });

  test.each([
    ['2026-01-02T03:04:04.000Z', 7200],
    ['2026-01-02T03:04:06.000Z', 7200],
    ['2026-01-02T05:03:05.678Z', 60],
    ['2026-01-02T05:04:05.677Z', 1],
    ['2026-01-02T06:00:00.000Z', 1],
  ])('at %s tells %d seconds: whole, positive, and never more than a token lives', (now, seconds) => {
    expect(writeGrant(signedIn, metaOf(at(now))).body).toMatchObject({ expires_in: seconds });
  });

  test('marks an anonymous session by its scope', () => {
    const anonymous = { ...signedIn, user: userOf({ kind: 'anonymous' }) };
    expect(writeGrant(anonymous, metaOf()).body).toMatchObject({ scope: 'anonymous' });
  });
});

test('the keys are a JWK set', () => {
  const key = { kty: 'RSA', kid: 'k', alg: 'RS256', use: 'sig' as const, n: 'n', e: 'AQAB' };
  expect(writeKeys({ keys: [key] })).toEqual({ status: 200, body: { keys: [key] } });
});
