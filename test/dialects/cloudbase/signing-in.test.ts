import { startGateway } from '../../support/gateway';
import {
  invalid,
  jwtPart,
  newName,
  newUser,
  password,
  post,
  refused,
  wrongCredentials,
  type Gateway,
  type Tokens,
  tokenResponse,
} from './people';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

describe('signing in', () => {
  test('takes a user name, an e-mail address or a phone number', async () => {
    const name = newName();
    const user = await newUser(gateway, {
      username: name,
      email: `${name}@example`,
      phone: '+8613800138000',
    });
    for (const username of [name, name.toUpperCase(), `${name}@EXAMPLE`, '+86 13800138000', '13800138000']) {
      expect(await post(gateway, '/auth/v1/signin?client_id=demo', { username, password })).toEqual(
        tokenResponse(user.id),
      );
    }
  });

  test('by the password grant answers the same', async () => {
    const user = await newUser(gateway);
    const body = { grant_type: 'password', username: user.username, password, client_id: 'demo-env-1' };
    expect(await post(gateway, '/auth/v1/token', body)).toEqual(tokenResponse(user.id));
    expect(await post(gateway, '/auth/v1/token', { ...body, password: 'Wrong_123' })).toEqual(
      wrongCredentials,
    );
    expect(await post(gateway, '/auth/v1/token', { ...body, password: null })).toEqual(
      invalid('password is required'),
    );
  });

  test('tells an unknown user, a wrong password and no password the same way', async () => {
    const { username } = await newUser(gateway);
    const other = await newUser(gateway);
    const bare = await newUser(gateway, { username: newName(), email: `${newName()}@example` });
    await gateway.sql('DELETE FROM credentials WHERE user_id = $1', [bare.id]);
    for (const [name, word] of [
      ['nobody_here', password],
      [username, 'Wrong_123'],
      [username, ` ${password}`],
      [bare.username, password],
      ['x'.repeat(10_000), password],
      [username, 'x'.repeat(10_000)],
      ['a\u0000b', password],
      [other.username, 'a\u0000b'],
      ['\ud800', '\ud800'],
      ['+86 1', password],
      ['@', password],
    ]) {
      expect(await post(gateway, '/auth/v1/signin', { username: name, password: word })).toEqual(
        wrongCredentials,
      );
    }
  });

  test.each([
    [{}, 'username is required'],
    [{ username: null, password }, 'username is required'],
    [{ username: 5, password }, 'username must be a string'],
    [{ username: 'zhangsan' }, 'password is required'],
    [{ username: 'zhangsan', password: 5 }, 'password must be a string'],
  ])('needs both: %j', async (body, description) => {
    expect(await post(gateway, '/auth/v1/signin', body)).toEqual(invalid(description));
  });

  test.each([[{ username: '', password }], [{ username: 'zhangsan', password: '' }]])(
    'takes nothing empty: %j',
    async (body) => {
      expect(await post(gateway, '/auth/v1/signin', body)).toMatchObject({
        status: 400,
        body: { error: 'invalid_argument', error_code: 3 },
      });
    },
  );

  test('with encrypted members is not served', async () => {
    for (const body of [
      { params: 'x', public_key_thumbprint: 'y' },
      { username: 'zhangsan@example', verification_token: 'x', params: 'y' },
    ]) {
      expect(await post(gateway, '/auth/v1/signin', body)).toEqual(
        refused(501, 'unimplemented', 12, 'Encrypted sign-in is not enabled'),
      );
    }
  });

  test('is refused to a user who is blocked or not yet activated, once the password is right', async () => {
    const user = await newUser(gateway);
    const attempt = (word: string) =>
      post(gateway, '/auth/v1/signin', { username: user.username, password: word });
    for (const [status, answer] of [
      ['blocked', refused(403, 'user_blocked', 7, 'User is blocked')],
      ['pending', refused(403, 'user_pending', 7, 'User is pending')],
    ] as const) {
      await gateway.core.setUserStatus({ userId: user.id, status }, gateway.operator);
      expect(await attempt(password)).toEqual(answer);
      expect(await attempt('Wrong_123')).toEqual(wrongCredentials);
    }
  });

  test('keeps the client and the device with the session', async () => {
    const { username } = await newUser(gateway);
    const device = '0123456789abcdef0123456789abcdef';
    const signedIn = async (target: string, more: object, headers: Record<string, string>) => {
      const { body } = await post(gateway, target, { username, password, ...more }, { headers });
      const { aud, sid } = jwtPart((body as Tokens).access_token, 1);
      const [row] = await gateway.sql('SELECT client_id, device_id FROM sessions WHERE id = $1', [sid]);
      return { aud, ...row };
    };
    expect(await signedIn('/auth/v1/signin?client_id=app-7', {}, { 'x-device-id': device })).toEqual({
      aud: 'app-7',
      client_id: 'app-7',
      device_id: device,
    });
    expect(await signedIn('/auth/v1/signin', { client_id: 'app-8' }, {})).toEqual({
      aud: 'app-8',
      client_id: 'app-8',
      device_id: null,
    });
    expect(await signedIn('/auth/v1/signin', {}, { 'x-device-id': 'short' })).toEqual({
      aud: 'idiom',
      client_id: null,
      device_id: null,
    });
  });
});
