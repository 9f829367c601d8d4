import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createTranslator, planHtml, planMigration, type CapturedRequest } from '../../src/translation';
import { captureExchange } from '../../src/translation/examples';
import { inBrowser } from '../browser/chromium';
import { sideOf, subjectNamed } from './sides';

/** Documented requests of a dialect, as often as it takes for 400: more than a person records. */
function manyRequests(): CapturedRequest[] {
  const side = sideOf(subjectNamed('anqicms'));
  const once = side.contract.exchanges.map((exchange) => captureExchange(exchange, side, { field: 'file' }));
  return Array.from({ length: 400 }, (_, index) => {
    const request = once[index % once.length];
    if (request === undefined) throw new Error('the contract has no exchanges');
    return { ...request, label: `${index}: ${request.label}`, url: `${request.url}#${index}` };
  });
}

inBrowser('the page of a plan', (executablePath) => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  const said: string[] = [];
  const requests = manyRequests();

  beforeAll(async () => {
    const [from, to] = [sideOf(subjectNamed('anqicms')), sideOf(subjectNamed('cloudbase'))];
    const translator = createTranslator(from, to, { baseUrl: 'https://new.example.com', region: 'CN' });
    const input = { kind: 'requests', requests, junk: ['<script>alert(1)</script>'] } as const;
    const source = '<img src=x onerror=alert(1)>';
    folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
    await writeFile(
      path.join(folder, 'plan.html'),
      planHtml(planMigration(input, { from, to, translator, source, hosts: [] })),
    );
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    const context = await browser.newContext({ offline: true, colorScheme: 'dark' });
    page = await context.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('dialog', (dialog) => said.push(dialog.message()));
    await page.goto(`file://${folder}/plan.html`);
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  /** What the entries that are shown say under one of their attributes. */
  const told = async (name: string) => {
    const shown = await page.locator('.entry:visible').all();
    return Promise.all(shown.map((entry) => entry.getAttribute(`data-${name}`)));
  };
  const visible = () => page.locator('.entry:visible').count();

  it('shows hundreds of requests without a word in the console', async () => {
    expect(requests.length).toBeGreaterThan(300);
    expect(await visible()).toBeGreaterThan(300);
    expect(await page.locator('.shown').textContent()).toBe(
      `All ${await page.locator('.entry').count()} requests`,
    );
    expect(said).toEqual([]);
  });

  it('filters by endpoint, by operation, by what is unsaid and by words', async () => {
    const all = await visible();
    await page.selectOption('#endpoint', 'POST /api/user/detail');
    const ofEndpoint = await visible();
    expect(ofEndpoint).toBeGreaterThan(0);
    expect(ofEndpoint).toBeLessThan(all);
    await page.check('#unsaid');
    const unsaid = await told('unsaid');
    expect(unsaid.length).toBeGreaterThan(0);
    expect(unsaid.length).toBeLessThan(ofEndpoint);
    expect(new Set(unsaid)).toEqual(new Set(['yes']));
    await page.click('.clear');
    await page.fill('#words', 'replaceAvatar');
    expect(await visible()).toBeGreaterThan(0);
    await page.click('.clear');
    await page.selectOption('#operation', 'signIn');
    expect(new Set(await told('operation'))).toEqual(new Set(['signIn']));
    await page.click('.clear');
    expect(await visible()).toBe(all);
  });

  it('leads from an endpoint to its requests, which open', async () => {
    await page.click('.jump[value="POST /api/register"]');
    const first = page.locator('.entry:visible').first();
    await first.locator('summary').first().click();
    expect(await first.locator('pre.curl').first().isVisible()).toBe(true);
    await page.click('.clear');
  });

  it('is in the colours of the system, and has a switch', async () => {
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const dark = await ground();
    await page.click('.scheme');
    expect(await ground()).not.toBe(dark);
    expect(said).toEqual([]);
  });

  it('opens everything for paper', async () => {
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details:not([open])').count()).toBe(0);
  });
});
