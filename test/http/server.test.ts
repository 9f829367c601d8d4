import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeGracefully } from '../../src/http';
import {
  declare,
  getRaw,
  openRaw,
  sendRaw,
  startGateway,
  stopGateways,
  token,
  type Gateway,
} from './support';
import { until } from '../support/until';

afterEach(stopGateways);

describe('health', () => {
  it('is good while the process lives', async () => {
    const { origin } = await startGateway(declare());
    const response = await fetch(`${origin}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
    expect((await fetch(`${origin}/healthz`, { method: 'HEAD' })).status).toBe(200);
  });

  it.each<[string, () => Promise<boolean>, number]>([
    ['can work', () => Promise.resolve(true), 200],
    ['cannot', () => Promise.resolve(false), 503],
    ['does not know', () => Promise.reject(new Error('no storage')), 503],
    ['does not say in time', () => new Promise(() => undefined), 503],
  ])('tells whether the gateway is ready: it %s', async (_what, ready, status) => {
    const { origin } = await startGateway(declare(), { ready });
    const response = await fetch(`${origin}/readyz`);
    expect([response.status, await response.json()]).toEqual([
      status,
      { status: status === 200 ? 'ok' : 'unavailable' },
    ]);
  });
});

describe('a path that no dialect owns', () => {
  it.each([
    '/',
    '/made',
    '/made/v10/me',
    '/healthz/x',
    '/index.html',
    '/%E0%A4%A',
    '//made/v1/me',
    '*',
    'http://',
    'http://[::1',
    'http://a?x',
    'foo://[/',
  ])('%s is a plain 404', async (path) => {
    const { port } = await startGateway(declare());
    const received = await sendRaw(port, [`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`]);
    expect(received).toMatch(/^HTTP\/1\.1 404 /);
    expect(received).toMatch(/\r\nContent-Type: text\/plain; charset=utf-8\r\n/);
    expect(received.endsWith('\r\n\r\nNot Found')).toBe(true);
  });

  it('has helmet’s headers, its request id and one line in the log', async () => {
    const gateway = await startGateway(declare());
    const response = await fetch(`${gateway.origin}/nothing?code=hidden`, {
      headers: { 'x-request-id': 'mine' },
    });
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(response.headers.has('x-powered-by')).toBe(false);
    expect(response.headers.get('x-request-id')).toBe('mine');
    await until(() => gateway.lines().length === 1);
    expect(gateway.lines()[0]).toMatchObject({
      level: 30,
      requestId: 'mine',
      dialect: null,
      route: null,
      method: 'GET',
      path: '/nothing',
      status: 404,
      address: '127.0.0.1',
    });
    expect(gateway.logText()).not.toContain('hidden');
  });

  it('fails as node says when it is no request at all', async () => {
    const { port } = await startGateway(declare());
    expect(await sendRaw(port, ['nonsense\r\n\r\n'])).toMatch(/^HTTP\/1\.1 400 Bad Request/);
  });
});

describe('an uploaded file', () => {
  async function startWithFile(): Promise<Gateway> {
    const gateway = await startGateway(declare());
    mkdirSync(join(gateway.uploadsFolder, 'user'));
    mkdirSync(join(gateway.uploadsFolder, '.hidden'));
    writeFileSync(join(gateway.uploadsFolder, 'user', '1.webp'), 'image');
    writeFileSync(join(gateway.uploadsFolder, '.hidden', 'secret'), 'secret');
    writeFileSync(join(gateway.uploadsFolder, '.env'), 'secret');
    return gateway;
  }

  it('is served for pages of any site, and asked for again each time', async () => {
    const { origin, port } = await startWithFile();
    const response = await fetch(`${origin}/uploads/user/1.webp`);
    expect([response.status, await response.text()]).toEqual([200, 'image']);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const tag = response.headers.get('etag') ?? '';
    expect(await getRaw(port, '/uploads/user/1.webp', { 'If-None-Match': tag })).toMatch(/^HTTP\/1\.1 304 /);
  });

  it.each([
    '/uploads',
    '/uploads/',
    '/uploads/user',
    '/uploads/user/',
    '/uploads/user/2.webp',
    '/uploads/user/1.webp/',
    '/uploads/.env',
    '/uploads/.hidden/secret',
    '/uploads/../package.json',
    '/uploads/user/../../package.json',
    '/uploads/..%2f..%2fetc/passwd',
    '/uploads/%2e%2e/%2e%2e/etc/passwd',
    '/uploads/..%5c..%5cetc/passwd',
    '/uploads//etc/passwd',
    '/uploads/user/1.webp%00.png',
    '/uploads/%',
  ])('is nowhere else: %s', async (path) => {
    const { port } = await startWithFile();
    const received = await sendRaw(port, [`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`]);
    expect(received).toMatch(/^HTTP\/1\.1 404 /);
    expect(received.endsWith('Not Found')).toBe(true);
  });

  it('is not written over HTTP', async () => {
    const { origin } = await startWithFile();
    const response = await fetch(`${origin}/uploads/user/1.webp`, { method: 'PUT', body: 'x' });
    expect([response.status, await response.text()]).toEqual([404, 'Not Found']);
  });

  it('that cannot be read is a plain failure', async () => {
    const gateway = await startWithFile();
    symlinkSync('loop', join(gateway.uploadsFolder, 'loop'));
    const response = await fetch(`${gateway.origin}/uploads/loop`);
    expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error']);
    expect(gateway.lines()[0]).toMatchObject({ level: 50 });
  });
});

describe('two dialects', () => {
  it('share a port and nothing else', async () => {
    const named = (name: string, mount: string) => {
      const [route] = declare().routes;
      return {
        name,
        declaration: declare({ mounts: [mount], routes: [{ ...route, path: `${mount}/me` } as never] }),
      };
    };
    const gateway = await startGateway([named('one', '/one'), named('two', '/two')]);
    for (const name of ['one', 'two']) {
      await fetch(`${gateway.origin}/${name}/me`, { headers: { token: token() } });
      expect(gateway.asked.at(-1)?.context.door).toBe(name);
    }
    expect(gateway.lines().map(({ dialect }) => dialect)).toEqual(['one', 'two']);
  });
});

describe('a graceful stop', () => {
  it('lets a running request finish, and then ends its connection', async () => {
    const gateway = await startGateway(declare());
    let finish = (): void => undefined;
    gateway.override(
      'getProfile',
      () =>
        new Promise(
          (resolve) =>
            (finish = () => {
              resolve({ user: { id: 7 } });
            }),
        ),
    );
    const call = sendRaw(gateway.port, [`GET /made/v1/me HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\n\r\n`]);
    await until(() => gateway.asked.length === 2);
    const stopped = closeGracefully(gateway.server, 5_000);
    await expect(fetch(`${gateway.origin}/healthz`)).rejects.toThrow();
    finish();
    const received = await call;
    expect(received).toContain('{"id":7,');
    expect(received).toMatch(/\r\nConnection: close\r\n/i);
    await stopped;
  });

  it('does not wait for connections that nobody uses', async () => {
    const gateway = await startGateway(declare());
    await (await fetch(`${gateway.origin}/healthz`)).text();
    const startedAt = performance.now();
    await closeGracefully(gateway.server, 10_000);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('cuts what is left after its time', async () => {
    const gateway = await startGateway(declare());
    gateway.override('getProfile', () => new Promise(() => undefined));
    const socket = openRaw(gateway.port, `GET /made/v1/me HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\n\r\n`);
    await until(() => gateway.asked.length === 2);
    await closeGracefully(gateway.server, 50);
    await until(() => socket.destroyed);
  });

  it('of a server that does not listen is over at once', async () => {
    const gateway = await startGateway(declare());
    await closeGracefully(gateway.server, 100);
    await expect(closeGracefully(gateway.server, 100)).resolves.toBeUndefined();
  });
});
