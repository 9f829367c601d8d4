import { startGateway } from '../../support/gateway';
import { me, newName, newUser, password, unauthenticated, type Gateway, type Tokens } from './people';
import { playClient, type Played } from './play-client';

const taken = newName();
const username = newName();
let gateway: Gateway;
let played: Played;
let id: string;
beforeAll(async () => {
  gateway = await startGateway();
  await newUser(gateway, { username: taken });
  id = String((await newUser(gateway, { username })).id);
  played = await playClient('oauth.cjs', [gateway.url, username, password, taken]);
});
afterAll(() => gateway.stop());

test('@cloudbase/oauth signs in and reads the user', () => {
  expect(played.seen.wrongPassword).toEqual({
    error: 'invalid_username_or_password',
    error_code: 4043,
    error_description: 'Invalid username or password',
  });
  expect(played.seen.signIn).toMatchObject({
    token_type: 'Bearer',
    expires_in: 7200,
    scope: 'user',
    sub: id,
  });
  expect(played.seen.user).toMatchObject({ sub: id, user_id: id, username, groups: [], providers: [] });
});

test('it edits the basic information', () => {
  expect(played.seen.edit).toEqual({});
  const edited = { sub: id, name: '李四', gender: 'FEMALE', user_desc: 'Reads' };
  expect(played.seen.userAfterEdit).toMatchObject(edited);
  expect(played.seen.userAfterRefresh).toMatchObject(edited);
});

test('it meets a taken name with its error and number', () => {
  expect(played.seen.takenUsername).toEqual({
    error: 'username_already_exists',
    error_code: 409,
    error_description: 'Username already exists',
  });
});

test('it refreshes, and gets tokens by the password grant', () => {
  const { signIn, refresh, passwordGrant } = played.seen as Record<string, Tokens>;
  for (const tokens of [refresh, passwordGrant]) {
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 7200 });
    expect(tokens?.refresh_token).not.toBe(signIn?.refresh_token);
  }
});

test('it signs out its own session, and no other', async () => {
  expect(played.seen.signOut).toEqual({});
  expect(played.seen.hasLoginStateAfterSignOut).toBe(false);
  const { refresh, passwordGrant } = played.seen as Record<string, Tokens>;
  expect(await me(gateway, refresh?.access_token ?? '')).toEqual(unauthenticated);
  expect(await me(gateway, passwordGrant?.access_token ?? '')).toMatchObject({ status: 200 });
});

test('it calls nobody but the gateway', () => {
  expect(played.network.strayed).toEqual([]);
});
