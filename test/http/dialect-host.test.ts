import { CoreError, type UserCaller } from '../../src/core';
import { refuse, type Route, type WireRequest } from '../../src/dialect';
import { declare, errors, noon, openRaw, sendRaw, startGateway, stopGateways, token, word } from './support';
import { until } from '../support/until';

afterEach(stopGateways);

const signedIn = { headers: { token: token() } };

function postMe(body: string, headers: Record<string, string> = signedIn.headers): RequestInit {
  return { method: 'POST', headers, body };
}

describe('a call', () => {
  it('goes from the wire to the core and back', async () => {
    const gateway = await startGateway(
      declare({
        clientId: ({ query }) => query.get('client') ?? undefined,
        deviceId: ({ headers }) => headers.from,
      }),
    );
    const response = await fetch(`${gateway.origin}/made/v1/me?client=app`, {
      method: 'POST',
      headers: { token: token(), 'user-agent': 'x'.repeat(600), from: 'phone' },
      body: '{"nickname":"阿达"}',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ saved: true });
    const context = {
      door: 'made',
      address: '127.0.0.1',
      deviceId: 'phone',
      clientId: 'app',
      userAgent: 'x'.repeat(512),
    };
    expect(gateway.asked).toEqual([
      { operation: 'authenticate', command: { reference: { sessionId: 's-1', userId: 1000 } }, context },
      {
        operation: 'updateProfile',
        command: {
          caller: expect.objectContaining({ kind: 'user' }) as UserCaller,
          changes: { nickname: '阿达' },
        },
        context,
      },
    ]);
  });

  it('is told the application that its body names', async () => {
    const gateway = await startGateway(
      declare({ clientId: ({ body }) => (body as { client?: string } | undefined)?.client }),
    );
    await fetch(`${gateway.origin}/made/v1/me`, postMe('{"client":"from the body"}'));
    expect(gateway.asked.map(({ context }) => context.clientId)).toEqual([null, 'from the body']);
  });

  it('counts an application that cannot be stored as none', async () => {
    const gateway = await startGateway(
      declare({ clientId: ({ query }) => query.get('client') ?? undefined }),
    );
    await fetch(`${gateway.origin}/made/v1/me?client=a%00b`, signedIn);
    expect(gateway.asked.map(({ context }) => context.clientId)).toEqual([null, null]);
  });

  it('answers with a known length, the type of its body and no name of the server', async () => {
    const gateway = await startGateway(declare());
    const response = await fetch(`${gateway.origin}/made/v1/me`, signedIn);
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength('{"id":1000,"name":"名"}')));
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.has('x-powered-by')).toBe(false);
    expect(response.headers.has('content-security-policy')).toBe(false);
    expect(response.headers.has('transfer-encoding')).toBe(false);
  });

  it('gives HEAD the headers of GET and no body', async () => {
    const { port } = await startGateway(declare());
    const received = await sendRaw(port, [
      `HEAD /made/v1/me HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\nConnection: close\r\n\r\n`,
    ]);
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
    expect(received).toMatch(/\r\nContent-Length: 24\r\n/);
    expect(received.endsWith('\r\n\r\n')).toBe(true);
  });

  it('gives parameters and the query to the dialect', async () => {
    let seen: WireRequest | undefined;
    const route: Route = {
      method: 'get',
      path: '/made/v1/users/:id',
      operation: 'getProfile',
      access: 'session',
      read: (request, caller) => {
        seen = request;
        return { caller };
      },
      write: () => ({ status: 204 }),
    };
    const { origin } = await startGateway(declare({ routes: [route] }));
    const response = await fetch(`${origin}/made/v1/users/a%20b?x=1&x=2&y=%E5%90%8D`, signedIn);
    expect(response.status).toBe(204);
    expect(response.headers.has('content-length')).toBe(false);
    expect(seen).toMatchObject({ method: 'GET', path: '/made/v1/users/a%20b', params: { id: 'a b' } });
    expect(seen?.query.getAll('x')).toEqual(['1', '2']);
    expect(seen?.query.get('y')).toBe('名');
  });

  it('understands the absolute form of a request target', async () => {
    const { port } = await startGateway(declare());
    const received = await sendRaw(port, [
      `GET http://a.example/made/v1/me?x=1 HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\nConnection: close\r\n\r\n`,
    ]);
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('takes GET and DELETE with a content-type and no body', async () => {
    const remove: Route = {
      method: 'delete',
      path: '/made/v1/me',
      operation: 'signOut',
      access: 'session',
      read: (request, caller) => {
        expect(request.body).toBeUndefined();
        return { caller };
      },
      write: () => ({ status: 200, body: {} }),
    };
    const decode = (raw: Buffer): unknown =>
      raw.length === 0 ? refuse({ code: 'malformed_body', detail: 'EOF' }) : raw;
    const { origin } = await startGateway(declare({ decode, routes: [...declare().routes, remove] }));
    const headers = { token: token(), 'content-type': 'application/json' };
    expect((await fetch(`${origin}/made/v1/me`, { headers })).status).toBe(200);
    expect((await fetch(`${origin}/made/v1/me`, { method: 'DELETE', headers })).status).toBe(200);
    expect((await fetch(`${origin}/made/v1/me`, { method: 'POST', headers })).status).toBe(400);
  });
});

describe('what has no route', () => {
  it.each([
    ['GET', '/made/v1/nothing'],
    ['PUT', '/made/v1/me'],
    ['GET', '/made/v1/me/'],
    ['GET', '/made/v1'],
    ['OPTIONS', '/made/v1/me'],
  ])('answers %s %s in the shape of the dialect', async (method, path) => {
    const { origin, asked } = await startGateway(declare());
    const response = await fetch(origin + path, { method });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: 'no_such_route' });
    expect(asked).toEqual([]);
  });

  it('tells its renderer that there was no operation', async () => {
    const { origin } = await startGateway(
      declare({
        errors: {
          ...errors,
          no_such_route: (_problem, { operation }) => ({ status: 404, body: { operation } }),
        },
      }),
    );
    expect(await (await fetch(`${origin}/made/v1/x`)).json()).toEqual({ operation: null });
  });
});

describe('an early answer', () => {
  it('comes before everything else, wherever it is asked for', async () => {
    const { origin, asked } = await startGateway(
      declare({
        early: ({ method, query }) => {
          if (method === 'OPTIONS') return { status: 204, headers: { 'Access-Control-Max-Age': '600' } };
          return query.has('lang')
            ? {
                status: 307,
                headers: { Location: '/x' },
                cookies: [{ name: 'lang', value: 'en', maxAge: 60 }],
              }
            : undefined;
        },
      }),
    );
    const options = await fetch(`${origin}/made/v1/any`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('access-control-max-age')]).toEqual([204, '600']);
    const redirect = await fetch(`${origin}/made/v1/me?lang=en`, { redirect: 'manual' });
    expect([redirect.status, redirect.headers.get('location')]).toEqual([307, '/x']);
    expect(redirect.headers.get('set-cookie')).toMatch(/^lang=en; /);
    expect(asked).toEqual([]);
  });
});

describe('several operations at one address', () => {
  const cases: Route = {
    method: 'post',
    path: '/made/v1/do',
    cases: [
      {
        when: ({ body }) => (body as { do: string }).do === 'read',
        operation: 'getProfile',
        access: 'session',
        read: (_request, by) => ({ caller: by }),
        write: (_result, { operation }) => ({ status: 200, body: { operation } }),
      },
      {
        when: ({ body }) => (body as { do: string }).do === 'list',
        operation: 'listPublicKeys',
        access: 'public',
        read: (_request, by) => {
          expect(by).toBeUndefined();
          return {};
        },
        write: (_result, { operation }) => ({ status: 200, body: { operation } }),
      },
    ],
  };

  it('asks for a token where the chosen one wants it', async () => {
    const { origin, asked } = await startGateway(declare({ routes: [cases] }));
    const send = async (what: string, headers: Record<string, string>): Promise<unknown> =>
      (await fetch(`${origin}/made/v1/do`, { method: 'POST', headers, body: `{"do":"${what}"}` })).json();
    expect(await send('list', {})).toEqual({ operation: 'listPublicKeys' });
    expect(await send('read', {})).toEqual({ code: 'access_token_rejected', reason: 'missing' });
    expect(await send('read', { token: token() })).toEqual({ operation: 'getProfile' });
    expect(asked.map(({ operation }) => operation)).toEqual(['listPublicKeys', 'authenticate', 'getProfile']);
  });

  it('says that a call is not served when none fits', async () => {
    const { origin } = await startGateway(declare({ routes: [cases] }));
    const response = await fetch(`${origin}/made/v1/do`, { method: 'POST', body: '{"do":"fly"}' });
    expect(await response.json()).toEqual({ code: 'not_served' });
  });

  it('authenticates before the body when all of them want a session', async () => {
    const first = 'cases' in cases ? cases.cases[0] : undefined;
    const { origin } = await startGateway(
      declare({
        routes: [{ method: 'post', path: '/made/v1/do', cases: first === undefined ? [] : [first] }],
      }),
    );
    const response = await fetch(`${origin}/made/v1/do`, { method: 'POST', body: 'no json' });
    expect(await response.json()).toEqual({ code: 'access_token_rejected', reason: 'missing' });
  });
});

describe('a body that is held back', () => {
  const head = (length: number) =>
    `POST /made/v1/me HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;
  const body = '{"nickname":"ada"}';

  it('is of no use to somebody who was signed out meanwhile', async () => {
    const gateway = await startGateway(declare());
    const socket = openRaw(gateway.port, head(body.length));
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    await until(() => gateway.asked.length === 1);
    gateway.override('authenticate', () => {
      throw new CoreError({ code: 'access_token_rejected', reason: 'ended' });
    });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    socket.write(body);
    await until(() => received.endsWith('}'));
    expect(received).toContain('{"code":"access_token_rejected","reason":"ended"}');
    expect(gateway.asked.map(({ operation }) => operation)).toEqual(['authenticate', 'authenticate']);
  });

  it('and comes from somebody who is still signed in is served', async () => {
    const gateway = await startGateway(declare());
    const socket = openRaw(gateway.port, head(body.length));
    await until(() => gateway.asked.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    socket.write(body);
    await until(() => gateway.lines().length === 1);
    expect(gateway.lines()[0]).toMatchObject({ status: 200, userId: 1000 });
  });
});

describe('whatever is thrown', () => {
  it('by the core on purpose is the problem that it says', async () => {
    const gateway = await startGateway(declare());
    gateway.override('getProfile', () => {
      throw new CoreError({ code: 'permission_denied' });
    });
    const response = await fetch(`${gateway.origin}/made/v1/me`, signedIn);
    expect(await response.json()).toEqual({ code: 'permission_denied' });
    expect(gateway.lines()).toHaveLength(1);
  });

  it('is said in the words of the route where it has some', async () => {
    const [route] = declare().routes;
    const gateway = await startGateway(
      declare({
        routes: [
          { ...route, errors: { user_not_found: () => ({ status: 200, body: { gone: true } }) } } as Route,
        ],
      }),
    );
    gateway.override('getProfile', () => {
      throw new CoreError({ code: 'user_not_found' });
    });
    expect(await (await fetch(`${gateway.origin}/made/v1/me`, signedIn)).json()).toEqual({ gone: true });
  });

  it('by nobody on purpose is unexpected, with its causes in the log and nothing of them on the wire', async () => {
    const gateway = await startGateway(declare());
    gateway.override('getProfile', () => {
      throw Object.assign(
        new Error('outer', { cause: Object.assign(new Error('inner'), { detail: 'Key (x)=(ada)' }) }),
        {
          code: '42P01',
        },
      );
    });
    const response = await fetch(`${gateway.origin}/made/v1/me`, signedIn);
    expect([response.status, await response.text()]).toEqual([500, '{"code":"unexpected"}']);
    const [failure, access] = gateway.lines();
    expect(failure).toMatchObject({
      level: 50,
      problem: 'unexpected',
      error: { message: 'outer', code: '42P01', cause: { message: 'inner' } },
    });
    expect(access).toMatchObject({ level: 40, status: 500, problem: 'unexpected' });
    expect(gateway.logText()).not.toContain('Key (x)');
  });

  it('is logged when the storage failed', async () => {
    const gateway = await startGateway(declare());
    gateway.override('authenticate', () => {
      throw new CoreError({ code: 'storage_failed' }, { cause: new Error('connection refused') });
    });
    expect(await (await fetch(`${gateway.origin}/made/v1/me`, signedIn)).json()).toEqual({
      code: 'storage_failed',
    });
    expect(gateway.lines()[0]).toMatchObject({
      level: 50,
      error: { cause: { message: 'connection refused' } },
    });
  });

  it('even a string, is unexpected', async () => {
    const gateway = await startGateway(declare());
    gateway.override('getProfile', () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- libraries do
      throw 'no error at all';
    });
    expect((await fetch(`${gateway.origin}/made/v1/me`, signedIn)).status).toBe(500);
  });

  it('by a renderer ends in the dialect’s word for the unexpected', async () => {
    const gateway = await startGateway(
      declare({
        errors: {
          ...errors,
          no_such_route: () => {
            throw new Error('no words');
          },
        },
      }),
    );
    const response = await fetch(`${gateway.origin}/made/v1/x`);
    expect([response.status, await response.json()]).toEqual([500, { code: 'unexpected' }]);
    expect(gateway.lines().map(({ problem }) => problem)).toEqual(['unexpected', 'unexpected']);
  });

  it.each([
    ['the word for the unexpected', { errors: { ...errors, no_such_route: broken, unexpected: broken } }],
    ['the headers', { headers: broken }],
    ['the headers’ form', { headers: () => ({ 'X-Bad': 'a\r\nb' }) }],
    ['the serializer', { serialize: broken }],
  ])('by %s ends in a bare 500', async (_what, parts) => {
    const { origin } = await startGateway(declare(parts));
    const response = await fetch(`${origin}/made/v1/x`);
    expect([response.status, await response.text()]).toEqual([500, '{}']);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('by the writer of a result is unexpected', async () => {
    const [route] = declare().routes;
    const { origin } = await startGateway(
      declare({ routes: [{ ...route, write: () => ({ status: 200, body: { big: 1n } }) } as Route] }),
    );
    const response = await fetch(`${origin}/made/v1/me`, signedIn);
    expect([response.status, await response.json()]).toEqual([500, { code: 'unexpected' }]);
  });
});

function broken(): never {
  throw new Error('broken');
}

describe('the log', () => {
  it('has one line for a request, without anything secret', async () => {
    const gateway = await startGateway(declare());
    await fetch(`${gateway.origin}/made/v1/me?code=hidden-query`, {
      method: 'POST',
      headers: { token: token(), cookie: 'a=hidden-cookie', 'x-request-id': 'abc.DEF-1_2' },
      body: '{"password":"hidden-body"}',
    });
    const lines = gateway.lines();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 30,
      requestId: 'abc.DEF-1_2',
      dialect: 'made',
      route: '/made/v1/me',
      method: 'POST',
      path: '/made/v1/me',
      status: 200,
      userId: 1000,
      address: '127.0.0.1',
    });
    expect(typeof lines[0]?.ms).toBe('number');
    expect(gateway.logText()).not.toMatch(/hidden|eyJ/);
  });

  it('holds no part of a body that is no JSON, and none of a token that is none', async () => {
    const gateway = await startGateway(declare());
    await fetch(`${gateway.origin}/made/v1/me`, postMe('{"password":hidden'));
    await fetch(`${gateway.origin}/made/v1/me`, { headers: { token: 'hidden' } });
    expect(gateway.lines().map(({ problem }) => problem)).toEqual([
      'malformed_body',
      'access_token_rejected',
    ]);
    expect(gateway.logText()).not.toContain('hidden');
  });

  it('knows a client that hung up in its body, and takes it for no failure', async () => {
    const gateway = await startGateway(declare());
    const head = `POST /made/v1/me HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\nContent-Length: 100\r\n\r\n`;
    const socket = openRaw(gateway.port, `${head}{"a"`);
    await until(() => gateway.asked.length === 1);
    socket.destroy();
    await until(() => gateway.lines().length === 1);
    expect(gateway.lines()[0]).toMatchObject({ level: 30, status: 499 });
    expect(gateway.asked.map(({ operation }) => operation)).toEqual(['authenticate']);
  });

  it('has its line too when the client hung up while the core was working', async () => {
    const gateway = await startGateway(declare());
    let finish = (): void => undefined;
    gateway.override(
      'getProfile',
      () =>
        new Promise(
          (resolve) =>
            (finish = () => {
              resolve({ user: { id: 1 } });
            }),
        ),
    );
    const aborted = new AbortController();
    const call = fetch(`${gateway.origin}/made/v1/me`, { ...signedIn, signal: aborted.signal });
    await until(() => gateway.asked.length === 2);
    aborted.abort();
    await expect(call).rejects.toThrow();
    finish();
    await until(() => gateway.lines().length === 1);
    expect(gateway.lines()[0]).toMatchObject({ level: 30, path: '/made/v1/me' });
  });
});

describe('the request id', () => {
  it.each([
    ['a'.repeat(64), true],
    ['a'.repeat(65), false],
    ['with space', false],
    ['', false],
  ])('%s', async (given, echoed) => {
    const { origin } = await startGateway(declare());
    const response = await fetch(`${origin}/made/v1/me`, { headers: { 'x-request-id': given } });
    const id = response.headers.get('x-request-id') ?? '';
    if (echoed) expect(id).toBe(given);
    else expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('and the time of the call reach the renderers', async () => {
    const { origin } = await startGateway(
      declare({
        errors: {
          ...errors,
          no_such_route: (p, { requestId, now }) => ({ ...word(p), body: { requestId, now } }),
        },
      }),
    );
    const response = await fetch(`${origin}/made/v1/x`, { headers: { 'x-request-id': 'mine' } });
    expect(await response.json()).toEqual({ requestId: 'mine', now: noon.toISOString() });
  });
});
