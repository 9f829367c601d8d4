import { startGateway } from '../../support/gateway';
import { failSignIn, newEmail, passCaptcha } from './contacts';
import { newUser, password, type Gateway } from './people';
import { playClient } from './play-client';

interface Step {
  told: Record<string, unknown>;
  calls: string[];
}

const email = newEmail();
let gateway: Gateway;
let seen: Record<string, unknown>;
let id: string;
beforeAll(async () => {
  gateway = await startGateway();
  const user = await newUser(gateway);
  const failed = (await newUser(gateway)).username ?? '';
  id = String(user.id);
  await failSignIn(gateway, failed, 3);
  const captchaPass = await passCaptcha(gateway);
  const people = { id, username: user.username, password, email, failed, captchaPass };
  const played = await playClient('oauth-calls.cjs', [gateway.url, gateway.dataDir, JSON.stringify(people)]);
  seen = played.seen;
  expect(played.network.strayed).toEqual([]);
});
afterAll(() => gateway.stop());

const told = (name: string) => (seen[name] as Step).told;
const calls = (name: string) => (seen[name] as Step).calls.map((call) => call.replace('/auth/v1/', ''));
const notEnabled = { error: 'provider_not_enabled', error_code: 4045 };

test('@cloudbase/oauth answers a demand for a captcha by its own round, and repeats the call', () => {
  expect(calls('captchaRound')).toEqual(['POST signin', 'POST captcha/data', 'POST signin']);
  expect(told('captchaRound')).toMatchObject({ token_type: 'Bearer', scope: 'user' });
  expect(seen.captchaAddress).toBe('data:image/gif;base64,');
  expect(told('picture')).toMatchObject({ data: 'data:image/gif;base64,', type: 'image', expires_in: 300 });
  expect(told('wrongText')).toEqual({ error: 'captcha_invalid', error_code: 4002 });
});

test('it reads and writes the profile by its older calls', () => {
  expect(told('profile')).toMatchObject({ sub: id, name: '张三' });
  expect(told('query')).toEqual({ total: 1, data: [{ sub: id, name: '张三' }] });
  expect(told('exists')).toEqual({ exist: true });
});

test('it finds no identity provider', () => {
  expect(told('providers')).toEqual({ total: 0, data: [] });
  for (const name of ['bindProvider', 'unbindProvider', 'providerToken', 'withProvider']) {
    expect(told(name)).toEqual(notEnabled);
  }
});

test('it reads the history', () => {
  expect(told('logins')).toMatchObject({ data: [{ client_id: 'demo-env-1', meta: { from: 'cloudbase' } }] });
  expect((told('changes').data as unknown[]).length).toBeGreaterThan(0);
});

test('it confirms who calls, binds a contact and changes the password', () => {
  expect(told('checkPassword')).toMatchObject({ expires_in: 900 });
  expect(told('editContact')).toEqual({});
  expect(calls('byOld')).toEqual(['POST user/sudo', 'PATCH user/password']);
  expect(told('byOld')).toEqual({});
});

test('it ends the sessions of a device and all of them, and then forgets its own', () => {
  // The SDK keeps the empty answers of both to itself.
  expect(calls('revokeDevice')).toEqual(['DELETE user/authorized/devices/0123456789abcdef']);
  expect(calls('revokeAll')).toEqual(['DELETE user/revoke/all']);
  expect(told('userAfterRevokeAll')).toMatchObject({ error: 'unauthenticated' });
  expect(seen.stored).not.toContain('credentials_demo-env-1');
});

test('it signs in again by itself as the same anonymous user', () => {
  expect(calls('userAfterRelogin')).toEqual(['POST token', 'POST signin/anonymously', 'GET user/me']);
  expect(told('userAfterRelogin')).toMatchObject({ name: 'anonymous' });
  expect(seen.sameUser).toBe(true);
});

test('it deletes the user', () => {
  expect(told('deleteMe')).toEqual({});
});
