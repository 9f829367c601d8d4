import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { declare, startGateway, stopGateways } from './support';

const folder = mkdtempSync(join(tmpdir(), 'idiom-docs-'));
const file = join(folder, 'openapi.yaml');
writeFileSync(file, 'openapi: 3.1.0\n');
const docs = [{ name: 'made', file }];

afterEach(stopGateways);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('/docs', () => {
  it('is a page that loads nothing but files of its own, as its policy demands', async () => {
    const { origin } = await startGateway(declare(), { docs });
    const response = await fetch(`${origin}/docs`);
    expect([response.status, response.url]).toEqual([200, `${origin}/docs/`]);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
        "base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    const page = await response.text();
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = '']) => name);
    expect(loaded.length).toBeGreaterThan(3);
    for (const name of loaded) {
      const asset = await fetch(new URL(name, response.url));
      expect([name, asset.status, asset.url.startsWith(`${origin}/docs/`)]).toEqual([name, 200, true]);
      expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
  });

  it('keeps its query when it is asked without its last slash', async () => {
    const { origin } = await startGateway(declare(), { docs });
    const response = await fetch(`${origin}/docs?urls.primaryName=made`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'docs/?urls.primaryName=made']);
  });

  it('gives the descriptions, which programs and caches may ask for again', async () => {
    const { origin } = await startGateway(declare(), { docs });
    const response = await fetch(`${origin}/docs/made/openapi.yaml`);
    expect(response.headers.get('content-type')).toMatch(/^application\/yaml\b/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=0');
    expect(await response.text()).toBe('openapi: 3.1.0\n');
    expect(
      (await fetch(`${origin}/docs/start.js`).then((script) => script.text())).includes('made/openapi.yaml'),
    ).toBe(true);
  });

  it.each([
    '/docs/other/openapi.yaml',
    '/docs/made',
    '/docs/made/contract.ts',
    '/docs/package.json',
    '/docs/swagger-ui.js',
    '/docs/../package.json',
    '/docs/%2e%2e/package.json',
    '/docs/made/..%2fpackage.json',
  ])('has nothing at %s', async (path) => {
    const { origin } = await startGateway(declare(), { docs });
    const response = await fetch(`${origin}${path}`);
    expect([response.status, await response.text()]).toEqual([404, 'Not Found']);
  });

  it('is nothing where there are no descriptions to show', async () => {
    const { origin } = await startGateway(declare());
    for (const path of [
      '/docs',
      '/docs/',
      '/docs/start.js',
      '/docs/swagger-ui.css',
      '/docs/made/openapi.yaml',
    ]) {
      const response = await fetch(`${origin}${path}`);
      expect([path, response.status, await response.text()]).toEqual([path, 404, 'Not Found']);
    }
  });

  it('belongs to no dialect', async () => {
    await expect(startGateway(declare({ mounts: ['/docs/v1'], routes: [] }))).rejects.toThrow('meets /docs');
  });
});
