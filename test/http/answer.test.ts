import { CoreError } from '../../src/core';
import type { Declaration, Route, WireResponse } from '../../src/dialect';
import { formatCookie } from '../../src/http/answer';
import { declare, getRaw, noon, sendRaw, startGateway, stopGateways, token } from './support';

afterEach(stopGateways);

function answering(response: WireResponse, parts: Partial<Declaration> = {}): Declaration {
  const [route] = declare().routes;
  return declare({
    routes: [{ ...route, access: 'public', read: () => ({}), write: () => response } as Route],
    ...parts,
  });
}

async function get(declaration: Declaration, headers: Record<string, string> = {}): Promise<Response> {
  const { origin } = await startGateway(declaration);
  return fetch(`${origin}/made/v1/me`, { headers });
}

describe('an answer', () => {
  it('is written as the dialect serializes it', async () => {
    const response = await get(
      answering({ status: 201, body: { a: '<' } }, { serialize: () => '{"a":"\\u003c"}' }),
    );
    expect([response.status, await response.text()]).toEqual([201, '{"a":"\\u003c"}']);
  });

  it('may be a page', async () => {
    const response = await get(answering({ status: 200, html: '<p>名</p>' }));
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toBe('<p>名</p>');
  });

  it('may be empty', async () => {
    const response = await get(answering({ status: 200 }));
    expect(response.headers.get('content-length')).toBe('0');
    expect(response.headers.has('content-type')).toBe(false);
  });

  it('may be null, which is JSON', async () => {
    expect(await (await get(answering({ status: 200, body: null }))).text()).toBe('null');
  });

  it('keeps every header that the dialect sets, once, in its own spelling', async () => {
    const declaration = answering(
      {
        status: 200,
        body: {},
        headers: {
          'content-type': 'text/plain',
          'x-FRAME-options': 'ALLOW',
          'X-Both': 'answer',
          'Content-Length': '999',
        },
      },
      {
        headers: ({ headers }) => ({
          'X-Both': 'always',
          'Access-Control-Allow-Origin': headers.origin ?? 'none',
        }),
      },
    );
    const { port } = await startGateway(declaration);
    const received = await sendRaw(port, [
      'GET /made/v1/me HTTP/1.1\r\nHost: a\r\nOrigin: https://a.example\r\nConnection: close\r\n\r\n',
    ]);
    const names = [...received.matchAll(/^([\w-]+): /gm)].map(([, name]) => name?.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(received).toContain('content-type: text/plain\r\n');
    expect(received).toContain('x-FRAME-options: ALLOW\r\n');
    expect(received).toContain('X-Both: answer\r\n');
    expect(received).toContain('Access-Control-Allow-Origin: https://a.example\r\n');
    expect(received).toContain('Content-Length: 2\r\n');
  });

  it('carries the dialect’s own headers when it is a failure too', async () => {
    const { origin } = await startGateway(declare({ headers: () => ({ 'X-Always': 'yes' }) }));
    expect((await fetch(`${origin}/made/v1/none`)).headers.get('x-always')).toBe('yes');
  });

  it('has no more than the chosen ones of helmet’s headers', async () => {
    const { headers } = await get(answering({ status: 200, body: {} }));
    expect(
      [...headers.keys()].filter((name) => !/^(date|connection|keep-alive|content-.*)$/.test(name)).sort(),
    ).toEqual([
      'referrer-policy',
      'x-content-type-options',
      'x-dns-prefetch-control',
      'x-download-options',
      'x-frame-options',
      'x-permitted-cross-domain-policies',
      'x-request-id',
      'x-xss-protection',
    ]);
  });
});

describe('a cookie', () => {
  it('is set for the whole site and no script', async () => {
    const cookies = [
      { name: 'token', value: 'a.b-c', maxAge: 60 },
      { name: 'old', value: '', maxAge: 0 },
    ];
    const response = await get(answering({ status: 200, body: {}, cookies }));
    expect(response.headers.getSetCookie()).toEqual([
      'token=a.b-c; Path=/; Expires=Tue, 01 Jan 2030 12:01:00 GMT; Max-Age=60; HttpOnly',
      'old=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly',
    ]);
  });

  it.each(["plain!#$&'()*+-./:<=>?@[]^_`{|}~", 'a b;c,d"e\\f', '100%', '名😀', '\ud800'])(
    'of %j reads back',
    (value) => {
      const written = formatCookie({ name: 'n', value, maxAge: 1 }, noon);
      const octets = /^n=([!#-+\--:<-[\]-~]*); Path/.exec(written)?.[1] ?? 'not cookie octets';
      expect(decodeURIComponent(octets)).toBe(value.toWellFormed());
    },
  );
});

describe('an ETag', () => {
  const declaration = answering({ status: 200, body: { a: 1 } }, { etag: true });

  it('is answered 304 when it is sent back', async () => {
    const { origin, port } = await startGateway(declaration);
    const tag = (await fetch(`${origin}/made/v1/me`)).headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"7-[A-Za-z0-9+/]{27}"$/);
    for (const condition of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
      const received = await getRaw(port, '/made/v1/me', { 'If-None-Match': condition });
      expect(received).toMatch(/^HTTP\/1\.1 304 /);
      expect(received).toContain(`ETag: ${tag}\r\n`);
      expect(received).not.toMatch(/^Content-(Length|Type):/im);
      expect(received.endsWith('\r\n\r\n')).toBe(true);
    }
    expect(await getRaw(port, '/made/v1/me', { 'If-None-Match': tag }, 'HEAD')).toMatch(/^HTTP\/1\.1 304 /);
    expect(await getRaw(port, '/made/v1/me', { 'If-None-Match': '"other"' })).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is no answer to a reload by force', async () => {
    const { origin, port } = await startGateway(declaration);
    const tag = (await fetch(`${origin}/made/v1/me`)).headers.get('etag') ?? '';
    const headers = { 'If-None-Match': tag, 'Cache-Control': 'no-cache' };
    expect(await getRaw(port, '/made/v1/me', headers)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is given to nothing but good answers of GET, by dialects that want it', async () => {
    const { origin } = await startGateway(declare({ etag: true }));
    expect((await fetch(`${origin}/made/v1/me`)).headers.has('etag')).toBe(false);
    const init = { method: 'POST', headers: { token: token() }, body: '{}' };
    expect((await fetch(`${origin}/made/v1/me`, init)).headers.has('etag')).toBe(false);
    expect((await get(answering({ status: 200, body: {} }))).headers.has('etag')).toBe(false);
  });
});

describe('a renewed token', () => {
  const signOut: Route = {
    method: 'delete',
    path: '/made/v1/me',
    operation: 'signOut',
    access: 'session',
    read: (_request, caller) => ({ caller }),
    write: () => ({ status: 200, body: {} }),
  };
  const declaration = declare({
    accessToken: {
      ...declare().accessToken,
      renewal: {
        withinSeconds: 3600,
        lifetimeSeconds: 86_400,
        announce: (fresh) => ({ 'Update-Token': fresh }),
      },
    },
    routes: [...declare().routes, signOut],
  });

  it('is announced when the presented one is near its end', async () => {
    const gateway = await startGateway(declaration);
    const near = await fetch(`${gateway.origin}/made/v1/me`, { headers: { token: token(3599) } });
    expect(near.headers.get('update-token')).toBe('fresh');
    expect(gateway.asked.at(-1)).toMatchObject({
      operation: 'renewSession',
      command: { caller: { kind: 'user' }, lifetimeSeconds: 86_400 },
      context: { door: 'made' },
    });
    const far = await fetch(`${gateway.origin}/made/v1/me`, { headers: { token: token(3600) } });
    expect(far.headers.has('update-token')).toBe(false);
  });

  it('is announced with a failure too', async () => {
    const gateway = await startGateway(declaration);
    gateway.override('getProfile', () => {
      throw new CoreError({ code: 'permission_denied' });
    });
    const response = await fetch(`${gateway.origin}/made/v1/me`, { headers: { token: token(10) } });
    expect([response.status, response.headers.get('update-token')]).toEqual([400, 'fresh']);
  });

  it('is not made for nobody, nor for a session that has just ended', async () => {
    const gateway = await startGateway(declaration);
    await fetch(`${gateway.origin}/made/v1/me`, { headers: { token: token(-1) } });
    await fetch(`${gateway.origin}/made/v1/me`, { method: 'DELETE', headers: { token: token(10) } });
    expect(gateway.asked.map(({ operation }) => operation)).toEqual(['authenticate', 'signOut']);
  });

  it('that cannot be made fails nothing, and is logged', async () => {
    const gateway = await startGateway(declaration);
    gateway.override('renewSession', () => {
      throw new Error('no storage');
    });
    const response = await fetch(`${gateway.origin}/made/v1/me`, { headers: { token: token(10) } });
    expect([response.status, response.headers.has('update-token')]).toEqual([200, false]);
    expect(gateway.lines()[0]).toMatchObject({ level: 40, error: { message: 'no storage' } });
  });

  it('takes the end of the session for that of a token that has none of its own', async () => {
    const format = { kind: 'opaque', alphabet: 'a', length: 3 } as const;
    const gateway = await startGateway({
      ...declaration,
      accessToken: { ...declaration.accessToken, format },
    });
    const ask = (): Promise<Response> => fetch(`${gateway.origin}/made/v1/me`, { headers: { token: 'aaa' } });
    expect((await ask()).headers.has('update-token')).toBe(false);
    gateway.setNow(new Date(noon.getTime() + (30 * 24 * 3600 - 60) * 1000));
    expect((await ask()).headers.get('update-token')).toBe('fresh');
  });
});
