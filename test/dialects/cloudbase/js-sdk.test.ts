import { startGateway } from '../../support/gateway';
import {
  invalidGrant,
  jwtPart,
  me,
  newName,
  newUser,
  password,
  post,
  signIn,
  unauthenticated,
  type Gateway,
  type Tokens,
} from './people';
import { playClient, type Played } from './play-client';

const taken = newName();
const before = newName();
const after = newName();
let gateway: Gateway;
let played: Played;
let id: string;
beforeAll(async () => {
  gateway = await startGateway();
  await newUser(gateway, { username: taken });
  id = String((await newUser(gateway, { username: before })).id);
  played = await playClient('js-sdk.cjs', [gateway.url, before, password, taken, after]);
});
afterAll(() => gateway.stop());

const edited = () => ({
  user: { id, user_metadata: { uid: id, username: after, name: '张三', nickName: '张三', gender: 'MALE' } },
});

test('@cloudbase/js-sdk signs in with a password and reads the user', () => {
  expect(played.seen.wrongPassword).toEqual({
    code: 'invalid_username_or_password',
    errorCode: 4043,
    message: 'Invalid username or password',
    category: 'INVALID_CREDENTIALS',
  });
  const user = { id, user_metadata: { uid: id, username: before } };
  expect(played.seen.signIn).toMatchObject({
    user,
    session: { token_type: 'Bearer', expires_in: 7200, scope: 'user', sub: id, groups: [] },
  });
  expect(played.seen.user).toMatchObject({
    user: { ...user, is_anonymous: false, identities: [], role: [] },
  });
});

test('it updates the nickname, gender, description and user name, and sees them at once', () => {
  expect(played.seen.update).toMatchObject(edited());
  expect(played.seen.userAfterUpdate).toMatchObject(edited());
});

test('what it wrote is what other readers of the user find', async () => {
  const caller = { kind: 'client' as const, clientId: 'test' };
  const { user } = await gateway.core.getProfile({ caller, userId: Number(id) }, gateway.operator);
  expect(user).toMatchObject({ username: after, nickname: '张三', gender: 'male', bio: 'A developer' });
});

test('it meets a taken name with its code and number', () => {
  expect(played.seen.takenUsername).toMatchObject({
    code: 'username_already_exists',
    errorCode: 409,
    message: 'Username already exists',
  });
  expect(played.seen.badNickname).toMatchObject({
    code: 'invalid_argument',
    errorCode: 3,
    category: 'INVALID_PARAMS',
  });
});

test('its refresh rotates both tokens and keeps the session', () => {
  const { tokensBeforeRefresh, tokensAfterRefresh } = played.seen as Record<string, Tokens>;
  expect(tokensAfterRefresh?.refresh_token).not.toBe(tokensBeforeRefresh?.refresh_token);
  const session = (tokens: Tokens | undefined) => jwtPart(tokens?.access_token ?? '', 1).sid;
  expect(session(tokensAfterRefresh)).toBe(session(tokensBeforeRefresh));
  expect(played.seen.refresh).toMatchObject({
    ...edited(),
    session: { refresh_token: tokensAfterRefresh?.refresh_token },
  });
  expect(played.seen.userAfterRefresh).toMatchObject(edited());
});

test('after its sign-out it has no user, and none of its tokens opens anything', async () => {
  expect(played.seen.signOut).toEqual({});
  expect(played.seen.userAfterSignOut).toMatchObject({ code: 'unauthenticated' });
  const { tokensBeforeRefresh, tokensAfterRefresh } = played.seen as Record<string, Tokens>;
  for (const tokens of [tokensBeforeRefresh, tokensAfterRefresh]) {
    expect(await me(gateway, tokens?.access_token ?? '')).toEqual(unauthenticated);
    const body = { grant_type: 'refresh_token', refresh_token: tokens?.refresh_token };
    expect(await post(gateway, '/auth/v1/token', body)).toEqual(invalidGrant);
  }
});

test('it calls nothing but what is served, and nobody but the gateway', () => {
  expect(played.network.strayed).toEqual([]);
  expect(new Set(played.network.sent)).toEqual(
    new Set([
      'POST /auth/v1/signin',
      'GET /auth/v1/user/me',
      'POST /auth/v1/user/basic/edit',
      'POST /auth/v1/token',
      'POST /auth/v1/revoke',
    ]),
  );
});

test('a refresh token that was exchanged before is an invalid grant, which it takes for the end of its session', async () => {
  const user = await newUser(gateway);
  const username = user.username ?? '';
  const used = (await signIn(gateway, username)).refresh_token;
  const body = { grant_type: 'refresh_token', refresh_token: used };
  const next = (await post(gateway, '/auth/v1/token', body)).body as Tokens;
  gateway.clock.advance(11);

  const reuse = await playClient('js-sdk-reuse.cjs', [gateway.url, username, password, used]);
  expect(reuse.seen).toEqual({
    refresh: { code: 'unauthenticated', message: 'Refresh token is not correct or expired' },
    session: null,
  });
  expect(await post(gateway, '/auth/v1/token', body)).toEqual(invalidGrant);
  expect(await me(gateway, next.access_token)).toEqual(unauthenticated);
});
