import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { newUser, password, signIn } from '../dialects/cloudbase/people';
import { startGateway, type TestGateway } from '../support/gateway';
import { inBrowser, openChromium } from './chromium';

interface Seen {
  steps: Record<string, Record<string, unknown>>;
  stored: string[];
  storedAfterSignOut: string[];
  failure?: string;
}

/** The SDK's browser build in one file, which a page finds as `window.cloudbase`. */
async function bundleSdk(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import cloudbase from '@cloudbase/js-sdk'; window.cloudbase = cloudbase;`,
      resolveDir: __dirname,
    },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** The app's own web server, which is told what the page saw. */
async function servePage(sdk: string): Promise<{ server: Server; port: number; seen: Promise<Seen> }> {
  const page = readFileSync(path.join(__dirname, 'page.html'), 'utf8');
  let tell: (seen: Seen) => void;
  const seen = new Promise<Seen>((resolve) => {
    tell = resolve;
  });
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.end('{}');
        tell(JSON.parse(body) as Seen);
      });
      return;
    }
    const isSdk = request.url === '/js-sdk.js';
    response.setHeader('content-type', isSdk ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isSdk ? sdk : page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, seen };
}

inBrowser('@cloudbase/js-sdk in a browser, on a page of another origin', (chromium) => {
  let gateway: TestGateway;
  let site: Awaited<ReturnType<typeof servePage>>;
  let seen: Seen;
  let id: string;
  let username: string;
  beforeAll(async () => {
    site = await servePage(await bundleSdk());
    const origin = `http://app.example:${site.port}`;
    gateway = await startGateway({ environment: { CORS_ORIGINS: origin } });
    const user = await newUser(gateway);
    id = String(user.id);
    username = user.username ?? '';
    const given = JSON.stringify({ gatewayUrl: gateway.url, username, password });
    const address = `${origin}/?${new URLSearchParams({ given }).toString()}`;
    const browser = await openChromium(chromium, address, ['app.example']);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`the page told nothing:\n${browser.output()}`));
      }, 45_000);
    });
    try {
      seen = await Promise.race([site.seen, tooLate]);
    } finally {
      clearTimeout(timer);
      await browser.close();
    }
    if (seen.failure !== undefined) throw new Error(seen.failure);
  });
  afterAll(async () => {
    site.server.closeAllConnections();
    site.server.close();
    await gateway.stop();
  });

  test('meets a failure with its code', () => {
    expect(seen.steps.wrongPassword).toEqual({
      code: 'invalid_username_or_password',
      message: 'Invalid username or password',
    });
  });

  test('signs in and updates the user', () => {
    expect(seen.steps.signIn).toMatchObject({ user: { id }, session: { scope: 'user' } });
    expect(seen.steps.update).toMatchObject({
      user: { id, user_metadata: { username, name: '张三', gender: 'FEMALE' } },
    });
  });

  test('keeps the session in the storage of the page, over a reload', () => {
    expect(seen.stored).toContain('credentials_demo-env-1');
    expect(seen.steps.userAfterReload).toMatchObject({ user: { id, user_metadata: { name: '张三' } } });
    expect(seen.steps.refresh).toMatchObject({ user: { id } });
  });

  test('sends PATCH across origins', async () => {
    expect(seen.steps.changePassword).toMatchObject({ user: { id } });
    expect(await signIn(gateway, username, `${password}_2`)).toMatchObject({ sub: id });
  });

  test('signs out, and nothing is left', () => {
    expect(seen.steps.signOut).toEqual({});
    expect(seen.steps.userAfterSignOut).toMatchObject({ code: 'unauthenticated' });
    expect(seen.storedAfterSignOut).not.toContain('credentials_demo-env-1');
  });
});
