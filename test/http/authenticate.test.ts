import { createHash, createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import { CoreError } from '../../src/core';
import { findCookie, findHeader, type Declaration, type Route } from '../../src/dialect';
import { createTokenCache, digestOf } from '../../src/http/token-cache';
import {
  caller,
  declare,
  jwtFormat,
  noon,
  secret,
  sendRaw,
  startGateway,
  stopGateways,
  token,
  type Gateway,
} from './support';

afterEach(stopGateways);

async function ask(
  gateway: Gateway,
  headers: Record<string, string>,
  path = '/made/v1/me',
): Promise<unknown> {
  return (await fetch(gateway.origin + path, { headers })).json();
}

const rejected = (reason: string) => ({ code: 'access_token_rejected', reason });
const welcome = { id: 1000, name: '名' };

function at(secondsAfterNoon: number): Date {
  return new Date(noon.getTime() + secondsAfterNoon * 1000);
}

describe('a JWT', () => {
  it('opens the session that it names', async () => {
    const gateway = await startGateway(declare());
    expect(await ask(gateway, { token: token() })).toEqual(welcome);
    expect(gateway.asked[0]?.command).toEqual({ reference: { sessionId: 's-1', userId: 1000 } });
  });

  it('that is absent or empty is missing', async () => {
    const gateway = await startGateway(declare());
    expect(await ask(gateway, {})).toEqual(rejected('missing'));
    expect(await ask(gateway, { token: '' })).toEqual(rejected('missing'));
    expect(gateway.asked).toEqual([]);
  });

  const claims = { sid: 's-1', uid: 1000, t: noon.getTime() / 1000 + 60 };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each([
    ['no JWT', 'nonsense'],
    ['two of them', `${token()}, ${token()}`],
    ['another key’s', token(60, createSecretKey(Buffer.from('another secret of the made-up one')))],
    ['another algorithm’s', token(60, secret, 'HS512')],
    ['unsigned', `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`],
    ['without a signature', `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.`],
    ['changed', token().replace(/\.[^.]+\./, `.${part(claims)}.`)],
    ['of a header that is no object', `${part(5)}.${part(claims)}.abc`],
    ['of a payload that is no JSON', `${part({ alg: 'HS256', typ: 'JWT' })}.bm8.abc`],
    ['of claims that are not the door’s', sign({ sub: '1' }, secret, { algorithm: 'HS256' })],
    ['of a payload that is no object', sign('text', secret, { algorithm: 'HS256' })],
    ['too long', `${token()}${'a'.repeat(9_000)}`],
  ])('that is %s is malformed', async (_what, bad) => {
    const gateway = await startGateway(declare());
    expect(await ask(gateway, { token: bad })).toEqual(rejected('malformed'));
    expect(gateway.asked).toEqual([]);
  });

  it('of bytes that are no ASCII is malformed, and so is one in two headers', async () => {
    const { port } = await startGateway(declare());
    for (const headers of [
      Buffer.from('Token: \xff\xfe\x80\r\n', 'latin1'),
      `Token: ${token()}\r\nToken: ${token()}\r\n`,
    ]) {
      const received = await sendRaw(port, [
        'GET /made/v1/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n',
        headers,
        '\r\n',
      ]);
      expect(received).toMatch(/^HTTP\/1\.1 400 /);
      expect(received).toContain('{"code":"access_token_rejected","reason":"malformed"}');
    }
  });

  it('is expired from its own second on, in the cache as well', async () => {
    const gateway = await startGateway(declare());
    const presented = { token: token(60) };
    expect(await ask(gateway, presented)).toEqual(welcome);
    gateway.setNow(at(59));
    expect(await ask(gateway, presented)).toEqual(welcome);
    gateway.setNow(at(60));
    expect(await ask(gateway, presented)).toEqual(rejected('expired'));
    expect(await ask(gateway, { token: token(-1) })).toEqual(rejected('expired'));
  });

  it('is judged by the gateway’s clock, and not by the system’s', async () => {
    const format: typeof jwtFormat = {
      ...jwtFormat,
      kind: 'jwt',
      alg: 'HS256',
      claims: () => ({}),
      parse: ({ exp }) => ({ sessionId: 's', userId: 1, expiresAt: new Date(Number(exp) * 1000) }),
    };
    const gateway = await startGateway(declare({ accessToken: { ...declare().accessToken, format } }));
    gateway.setNow(new Date('2001-01-01T00:00:00Z'));
    const exp = Date.parse('2001-01-02T00:00:00Z') / 1000;
    expect(await ask(gateway, { token: sign({ exp, iat: 1 }, secret) })).toEqual(welcome);
  });

  it('of a session that the core refuses is refused in the core’s words', async () => {
    const gateway = await startGateway(declare());
    gateway.override('authenticate', () => {
      throw new CoreError({ code: 'access_token_rejected', reason: 'superseded' });
    });
    expect(await ask(gateway, { token: token() })).toEqual(rejected('superseded'));
  });
});

describe('the keys', () => {
  const pairs = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const [first, second] = pairs;
  const format: Declaration['accessToken']['format'] = { ...jwtFormat, kind: 'jwt', alg: 'RS256' } as never;
  const declaration = declare({
    accessToken: {
      format,
      find: (request) => findHeader(request, 'authorization')?.slice('Bearer '.length),
      attach: (token) => ({ authorization: `Bearer ${token}` }),
    },
  });
  const claims = { sid: 's-1', uid: 1000, t: at(3600).getTime() / 1000 };

  function bearer(key: KeyObject | undefined, kid?: string): Record<string, string> {
    const options = { algorithm: 'RS256', ...(kid !== undefined && { keyid: kid }) } as const;
    return { authorization: `Bearer ${sign(claims, key ?? secret, options)}` };
  }

  it('are asked for by the door and the kid, once for each token', async () => {
    const calls: unknown[] = [];
    const gateway = await startGateway(declaration, {
      keys: {
        candidates: (door, kid) => {
          calls.push([door, kid]);
          return Promise.resolve(first === undefined ? [] : [first.publicKey]);
        },
        version: () => 1,
      },
    });
    const headers = bearer(first?.privateKey, 'k-1');
    expect(await ask(gateway, headers)).toEqual(welcome);
    expect(await ask(gateway, headers)).toEqual(welcome);
    expect(calls).toEqual([['made', 'k-1']]);
    expect(gateway.asked.filter(({ operation }) => operation === 'authenticate')).toHaveLength(2);
  });

  it('are tried one after another', async () => {
    const keys = { candidates: () => Promise.resolve(pairs.map((pair) => pair.publicKey)), version: () => 1 };
    const gateway = await startGateway(declaration, { keys });
    expect(await ask(gateway, bearer(second?.privateKey))).toEqual(welcome);
  });

  it('may be none, or public ones that somebody uses as a secret', async () => {
    let candidates: KeyObject[] = [];
    const keys = { candidates: () => Promise.resolve(candidates), version: () => 1 };
    const gateway = await startGateway(declaration, { keys });
    expect(await ask(gateway, bearer(first?.privateKey))).toEqual(rejected('malformed'));
    if (first !== undefined) candidates = [first.publicKey];
    const pem = createSecretKey(Buffer.from(first?.publicKey.export({ type: 'spki', format: 'pem' }) ?? ''));
    const forged = sign(claims, pem, { algorithm: 'HS256' });
    expect(await ask(gateway, { authorization: `Bearer ${forged}` })).toEqual(rejected('malformed'));
  });

  it('let no token of an old one pass from the cache once they changed', async () => {
    let version = 1;
    let candidates = pairs.slice(0, 1);
    const keys = {
      candidates: () => Promise.resolve(candidates.map((pair) => pair.publicKey)),
      version: () => version,
    };
    const gateway = await startGateway(declaration, { keys });
    const headers = bearer(first?.privateKey);
    expect(await ask(gateway, headers)).toEqual(welcome);
    candidates = pairs.slice(1);
    version = 2;
    expect(await ask(gateway, headers)).toEqual(rejected('malformed'));
  });

  it('that cannot be read are our failure, and no verdict on the token', async () => {
    const keys = { candidates: () => Promise.reject(new Error('no storage')), version: () => 1 };
    const gateway = await startGateway(declaration, { keys });
    expect(await ask(gateway, bearer(first?.privateKey))).toEqual({ code: 'unexpected' });
  });
});

describe('the cache of verified tokens', () => {
  const digests = (count: number): Buffer[] =>
    Array.from({ length: count }, (_, index) => digestOf(`token ${String(index)}`));

  it('forgets the oldest when it is full, and everything when the keys change', () => {
    let version = 1;
    // One bucket, which eight tokens fill.
    const cache = createTokenCache(() => version, 1);
    const [oldest, ...others] = digests(9);
    for (const digest of [oldest, ...others]) if (digest !== undefined) cache.keep(digest, 1);
    expect([oldest, ...others].map((digest) => digest !== undefined && cache.knows(digest))).toEqual([
      false,
      ...others.map(() => true),
    ]);
    version = 2;
    expect(others.some((digest) => cache.knows(digest))).toBe(false);
  });

  it('knows the tokens of 100,000 people, and no other', () => {
    const cache = createTokenCache(() => 1);
    const [known, others] = [digests(200_000).slice(0, 100_000), digests(200_000).slice(100_000)];
    for (const digest of known) cache.keep(digest, 1);
    // Of a bucket that more than eight tokens share, the oldest are gone.
    expect(known.filter((digest) => cache.knows(digest)).length).toBeGreaterThan(99_500);
    expect(others.some((digest) => cache.knows(digest))).toBe(false);
  });

  it('keeps nothing that was checked under keys of before', () => {
    let version = 1;
    const cache = createTokenCache(() => version);
    version = 2;
    const [digest = Buffer.alloc(0)] = digests(1);
    cache.keep(digest, 1);
    expect(cache.knows(digest)).toBe(false);
  });

  it('knows tokens by a hash', () => {
    expect(digestOf('abc')).toEqual(createHash('sha256').update('abc').digest());
  });
});

describe('an opaque token', () => {
  const declaration = declare({
    accessToken: {
      format: { kind: 'opaque', alphabet: 'abc-]', length: 6 },
      find: ({ headers }) => findHeader({ headers } as never, 'token'),
      attach: (token) => ({ token }),
    },
  });

  it('is looked for by its hash', async () => {
    const gateway = await startGateway(declaration);
    expect(await ask(gateway, { token: 'abc-]a' })).toEqual(welcome);
    const tokenHash = createHash('sha256').update('abc-]a').digest();
    expect(gateway.asked[0]?.command).toEqual({ reference: { tokenHash } });
  });

  it.each(['abcab', 'abcabca', 'abcabd', 'ABCABC', 'abc, a'])('such as %s is malformed', async (bad) => {
    const gateway = await startGateway(declaration);
    expect(await ask(gateway, { token: bad })).toEqual(rejected('malformed'));
    expect(gateway.asked).toEqual([]);
  });
});

const remove = { method: 'delete', path: '/made/v1/me', operation: 'signOut' } as const;

describe('a route', () => {
  const optional: Route = {
    ...remove,
    access: 'optional',
    read: (_request, by) => ({ caller: by }),
    write: () => ({ status: 200, body: {} }),
  };

  it('that can do without a caller gets null for every token that opens nothing', async () => {
    const gateway = await startGateway(declare({ routes: [optional] }));
    const send = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${gateway.origin}/made/v1/me`, { method: 'DELETE', headers });
    for (const headers of [{}, { token: 'bad' }, { token: token(-5) }])
      expect((await send(headers)).status).toBe(200);
    expect(gateway.asked.map(({ command }) => command)).toEqual([
      { caller: null },
      { caller: null },
      { caller: null },
    ]);
    await send({ token: token() });
    expect(gateway.asked.at(-1)?.command).toEqual({ caller });
  });

  it('that can do without a caller still fails when the storage does', async () => {
    const gateway = await startGateway(declare({ routes: [optional] }));
    gateway.override('authenticate', () => {
      throw new CoreError({ code: 'storage_failed' });
    });
    const response = await fetch(`${gateway.origin}/made/v1/me`, {
      method: 'DELETE',
      headers: { token: token() },
    });
    expect(await response.json()).toEqual({ code: 'storage_failed' });
  });

  it('that accepts expired tokens hands them to the core', async () => {
    const route: Route = {
      ...optional,
      acceptExpired: true,
      access: 'session',
      read: (_r, by) => ({ caller: by }),
    };
    const gateway = await startGateway(declare({ routes: [route] }));
    const send = async (presented: string): Promise<unknown> =>
      (
        await fetch(`${gateway.origin}/made/v1/me`, { method: 'DELETE', headers: { token: presented } })
      ).json();
    expect(await send(token(-5))).toEqual({});
    expect(await send('bad')).toEqual(rejected('malformed'));
  });

  it('reads no body for somebody who may not send it', async () => {
    const decode = jest.fn();
    const { port } = await startGateway(declare({ decode }));
    const received = await sendRaw(
      port,
      ['POST /made/v1/me HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n{'],
      (text) => text.includes('"missing"'),
    );
    expect(received).toMatch(/^HTTP\/1\.1 400 /);
    expect(decode).not.toHaveBeenCalled();
  });

  it('finds its token where it says, in the body too', async () => {
    const route: Route = {
      ...remove,
      method: 'post',
      access: 'session',
      findToken: ({ body }) => (body as { token?: string } | undefined)?.token,
      read: (_request, by) => ({ caller: by }),
      write: () => ({ status: 200, body: {} }),
    };
    const { origin } = await startGateway(declare({ routes: [route] }));
    const send = async (body: string): Promise<unknown> =>
      (await fetch(`${origin}/made/v1/me`, { method: 'POST', headers: { token: token() }, body })).json();
    expect(await send(JSON.stringify({ token: token() }))).toEqual({});
    expect(await send('{}')).toEqual(rejected('missing'));
    expect(await send('{')).toMatchObject({ code: 'malformed_body' });
  });
});

describe('a write with a token that came along by itself', () => {
  const declaration = declare({
    admitsOrigin: (request) =>
      findHeader(request, 'token') !== undefined || request.headers.origin === undefined,
  });
  const cookie = `token=${token()}`;

  it('is refused as one without a token from where the dialect does not admit it', async () => {
    const { origin } = await startGateway(declaration);
    const send = async (method: string, headers: Record<string, string>): Promise<unknown> =>
      (
        await fetch(`${origin}/made/v1/me`, { method, headers, ...(method === 'POST' && { body: '{}' }) })
      ).json();
    const foreign = { cookie, origin: 'https://evil.example' };
    expect(await send('POST', foreign)).toEqual(rejected('missing'));
    expect(await send('POST', { cookie })).toEqual({ saved: true });
    expect(await send('POST', { token: token(), origin: 'https://evil.example' })).toEqual({ saved: true });
    expect(await send('GET', foreign)).toEqual(welcome);
  });

  it('is read from the cookie only', () => {
    expect(findCookie({ headers: { cookie } } as never, 'token')).toBe(token());
  });
});
