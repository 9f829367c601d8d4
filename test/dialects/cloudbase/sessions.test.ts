import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { startGateway } from '../../support/gateway';
import {
  answerTo,
  done,
  invalid,
  invalidGrant,
  jwtPart,
  me,
  newPerson,
  post,
  refused,
  signIn,
  unauthenticated,
  type Gateway,
  type Tokens,
  tokenResponse,
} from './people';

const day = 86_400;

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const refresh = (refresh_token: string) =>
  post(gateway, '/auth/v1/token?client_id=demo-env-1', {
    client_id: 'demo-env-1',
    client_secret: '',
    grant_type: 'refresh_token',
    refresh_token,
  });

async function refreshed(token: string): Promise<Tokens> {
  const { status, body } = await refresh(token);
  if (status !== 200) throw new Error(`refresh answered ${status} ${JSON.stringify(body)}`);
  return body as Tokens;
}

describe('an access token', () => {
  test('is a JWT that the published keys verify', async () => {
    const { token, user } = await newPerson(gateway);
    const { kid, alg } = jwtPart(token, 0);
    const { iat, ...claims } = jwtPart(token, 1);
    expect(alg).toBe('RS256');
    expect(claims).toEqual({
      iss: gateway.url,
      sub: String(user.id),
      aud: 'idiom',
      exp: Number(iat) + 7200,
      scope: 'user',
      project_id: 'idiom',
      user_type: '',
      sid: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });

    const { status, body } = await answerTo(gateway, 'GET', '/auth/v1/certs');
    expect(status).toBe(200);
    const { keys } = body as { keys: (JsonWebKey & { kid: string })[] };
    const jwk = keys.find((key) => key.kid === kid);
    expect(jwk).toEqual({
      kty: 'RSA',
      kid,
      alg: 'RS256',
      use: 'sig',
      e: 'AQAB',
      n: expect.stringMatching(/^[\w-]{342}$/) as string,
    });
    const [header, payload, signature] = token.split('.');
    const key = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
    const signed = Buffer.from(`${header ?? ''}.${payload ?? ''}`);
    expect(verify('RSA-SHA256', signed, key, Buffer.from(signature ?? '', 'base64url'))).toBe(true);
  });

  test('is taken whatever the case of its scheme', async () => {
    const { token } = await newPerson(gateway);
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const headers = { authorization: `${scheme} ${token}` };
      expect(await answerTo(gateway, 'GET', '/auth/v1/user/me', { headers })).toMatchObject({ status: 200 });
    }
  });

  test('lives for two hours', async () => {
    const { token } = await newPerson(gateway);
    gateway.clock.advance(7190);
    expect(await me(gateway, token)).toMatchObject({ status: 200 });
    gateway.clock.advance(20);
    expect(await me(gateway, token)).toEqual(unauthenticated);
  });

  test('is asked for, and a bad one is told from none', async () => {
    const { token, tokens } = await newPerson(gateway);
    const [header, payload, signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...jwtPart(token, 1), sub: '1' })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const calls = [
      ['GET', '/auth/v1/user/me', undefined],
      ['POST', '/auth/v1/user/basic/edit', { nickname: 'Zhang San' }],
      ['POST', '/auth/v1/user/basic/edit', '{"nickname":'],
    ] as const;
    for (const [method, path, body] of calls) {
      const call = body === undefined ? {} : { body };
      const missing = refused(401, 'unauthenticated', 16, 'Access token is required');
      expect(await answerTo(gateway, method, path, call)).toEqual(missing);
      for (const authorization of ['Basic ZGVtbzo=', 'Bearer', token]) {
        expect(await answerTo(gateway, method, path, { ...call, headers: { authorization } })).toEqual(
          missing,
        );
      }
      for (const bad of [
        'none',
        tokens.refresh_token,
        `${header ?? ''}.${forged}.${signature ?? ''}`,
        `${unsigned}.${payload ?? ''}.`,
        `${token}x`,
      ]) {
        expect(await answerTo(gateway, method, path, { ...call, token: bad })).toEqual(unauthenticated);
      }
    }
  });

  test('is good at its own door only', async () => {
    const { token, user } = await newPerson(gateway);
    await gateway.sql(`UPDATE sessions SET dialect = 'elsewhere' WHERE user_id = $1`, [user.id]);
    expect(await me(gateway, token)).toEqual(unauthenticated);
  });

  test('opens nothing once its user is blocked', async () => {
    const { token, tokens, user } = await newPerson(gateway);
    await gateway.core.setUserStatus({ userId: user.id, status: 'blocked' }, gateway.operator);
    expect(await me(gateway, token)).toEqual(unauthenticated);
    expect(await post(gateway, '/auth/v1/user/basic/edit', {}, { token })).toEqual(unauthenticated);
    expect(await refresh(tokens.refresh_token)).toEqual(invalidGrant);
  });
});

describe('a refresh token', () => {
  test('is exchanged for new tokens of the same session', async () => {
    const { tokens, token, user } = await newPerson(gateway);
    const next = await refresh(tokens.refresh_token);
    expect(next).toEqual(tokenResponse(user.id));
    const { access_token, refresh_token } = next.body as Tokens;
    expect(refresh_token).not.toBe(tokens.refresh_token);
    expect(jwtPart(access_token, 1).sid).toBe(jwtPart(token, 1).sid);
    expect(await me(gateway, access_token)).toMatchObject({ status: 200 });
  });

  test('works for ten seconds more, and ends the session when it is used later', async () => {
    const { tokens } = await newPerson(gateway);
    const next = await refreshed(tokens.refresh_token);
    gateway.clock.advance(9);
    const sibling = await refreshed(tokens.refresh_token);
    expect(sibling.refresh_token).not.toBe(next.refresh_token);
    expect(await me(gateway, sibling.access_token)).toMatchObject({ status: 200 });
    gateway.clock.advance(2);
    expect(await refresh(tokens.refresh_token)).toEqual(invalidGrant);
    for (const { refresh_token } of [next, sibling])
      expect(await refresh(refresh_token)).toEqual(invalidGrant);
    expect(await me(gateway, next.access_token)).toEqual(unauthenticated);
  });

  test('outlives the access token, but not 31 days without a refresh', async () => {
    const { tokens, token } = await newPerson(gateway);
    gateway.clock.advance(30 * day);
    expect(await me(gateway, token)).toEqual(unauthenticated);
    const next = await refreshed(tokens.refresh_token);
    expect(await me(gateway, next.access_token)).toMatchObject({ status: 200 });
    gateway.clock.advance(31 * day + 1);
    expect(await refresh(next.refresh_token)).toEqual(invalidGrant);
  });

  test.each(['m.unknown', 'unknown', 'x'.repeat(10_000), '\u0000'])(
    'that is none is an invalid grant: %.20j',
    async (token) => {
      expect(await refresh(token)).toEqual(invalidGrant);
    },
  );

  test('is not an access token, nor the other way round', async () => {
    const { tokens, token } = await newPerson(gateway);
    expect(await refresh(token)).toEqual(invalidGrant);
    expect(await me(gateway, tokens.refresh_token)).toEqual(unauthenticated);
  });

  test.each([
    [{}, invalid('grant_type is required')],
    [{ grant_type: 'magic' }, invalid('grant_type must be refresh_token, password or client_credentials')],
    [{ grant_type: 5 }, invalid('grant_type must be refresh_token, password or client_credentials')],
    [{ grant_type: 'refresh_token' }, invalid('refresh_token is required')],
    [{ grant_type: 'refresh_token', refresh_token: null }, invalid('refresh_token is required')],
    [{ grant_type: 'refresh_token', refresh_token: 5 }, invalid('refresh_token must be a string')],
    [
      { grant_type: 'authorization_code' },
      refused(501, 'unimplemented', 12, 'This grant_type is not enabled'),
    ],
  ])('is asked for as it should be: %j', async (body, answer) => {
    expect(await post(gateway, '/auth/v1/token', body)).toEqual(answer);
  });
});

describe('signing out', () => {
  const revoke = (body: unknown, token?: string) =>
    post(gateway, '/auth/v1/revoke?client_id=demo-env-1', body, token === undefined ? {} : { token });

  test.each([
    ['the body', (token: string) => revoke({ token })],
    ['the header', (token: string) => revoke({}, token)],
    ['the header, beside a refresh token', (token: string) => revoke({ token: 'm.x' }, token)],
    ['the header, beside a body that is no JSON', (token: string) => revoke('token', token)],
    ['the header, without a body', (token: string) => revoke(undefined, token)],
  ])('by a token in %s ends that session alone', async (_where, run) => {
    const { token, tokens, username } = await newPerson(gateway);
    const other = await signIn(gateway, username);
    expect(await run(token)).toEqual(done);
    expect(await me(gateway, token)).toEqual(unauthenticated);
    expect(await refresh(tokens.refresh_token)).toEqual(invalidGrant);
    expect(await me(gateway, other.access_token)).toMatchObject({ status: 200 });
  });

  test('works with a token that has expired', async () => {
    const { token, tokens } = await newPerson(gateway);
    gateway.clock.advance(7201);
    expect(await revoke({ token })).toEqual(done);
    expect(await refresh(tokens.refresh_token)).toEqual(invalidGrant);
  });

  test.each([[{ token: 'none' }], [{ token: 'a.b.c' }], [{ token: 5 }], [{}], [[]], ['token'], [undefined]])(
    'of nothing succeeds: %j',
    async (body) => {
      expect(await revoke(body)).toEqual(done);
    },
  );

  test('twice succeeds', async () => {
    const { token } = await newPerson(gateway);
    expect(await revoke({ token })).toEqual(done);
    expect(await revoke({ token })).toEqual(done);
  });
});
