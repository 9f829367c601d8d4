import { chromium, type Browser, type Page } from 'playwright-core';
import { startGateway, type TestGateway } from '../support/gateway';
import { newcomerAt } from '../support/people';
import { allSubjects, declarationOf } from '../support/subjects';
import { inBrowser } from './chromium';

const waitMs = 20_000;

inBrowser('/docs in a browser', (executablePath) => {
  let gateway: TestGateway;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    gateway = await startGateway({ environment: { DIALECTS: 'anqicms,lancens' } });
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    page = await browser.newPage();
    page.setDefaultTimeout(waitMs);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
  });
  afterAll(async () => {
    await browser.close();
    await gateway.stop();
  });

  const operations = () => page.locator('.opblock');

  /** Waits until the page shows all the operations of a dialect, and returns how it names the choice. */
  async function expectAllOf(name: string): Promise<void> {
    const subject = allSubjects.find((candidate) => candidate.name === name);
    if (subject === undefined) throw new Error(`${name} is no dialect`);
    const { routes } = declarationOf(gateway, subject);
    await page.locator(`#select option:checked[value="${name}/openapi.yaml"]`).waitFor({ state: 'attached' });
    await operations()
      .nth(routes.length - 1)
      .waitFor();
    expect(await operations().count()).toBe(routes.length);
    for (const { path } of routes) {
      const shown = path.replace(/:(\w+)/g, '{$1}');
      expect(await page.locator(`.opblock-summary-path[data-path="${shown}"]`).count()).toBeGreaterThan(0);
    }
  }

  it('shows the first of the served dialects, and lets one choose among them only', async () => {
    await page.goto(`${gateway.url}/docs`);
    await expectAllOf('anqicms');
    expect(await page.locator('#select option').allTextContents()).toEqual(['anqicms', 'lancens']);
  });

  it('shows the operations of the dialect that is chosen', async () => {
    await page.locator('#select').selectOption({ label: 'lancens' });
    await expectAllOf('lancens');
  });

  it('sends a request with a token, and shows its answer', async () => {
    const subject = allSubjects.find(({ name }) => name === 'lancens');
    if (subject === undefined) throw new Error('lancens is no dialect');
    const { token } = await newcomerAt(gateway, subject);
    await page.locator('.btn.authorize').first().click();
    await page.locator('.modal-ux input[type=text]').fill(token);
    await page.locator('.modal-ux .btn.authorize').click();
    await page.locator('.modal-ux .btn-done').click();
    const operation = operations().filter({
      has: page.locator('.opblock-summary-method', { hasText: 'GET' }),
      hasNot: page.locator('.opblock-summary-path:not([data-path="/v1/api/user"])'),
    });
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('.execute').click();
    const answer = operation.locator('.live-responses-table .response').first();
    expect(await answer.locator('.response-col_status').textContent()).toContain('200');
    expect(await answer.locator('.response-col_description').textContent()).toContain('"username"');
    expect(await operation.locator('.curl-command').textContent()).toContain(`${gateway.url}/v1/api/user`);
  });

  it('complains about nothing, and asks no other origin', () => {
    expect(complaints).toEqual([]);
    const origins = new Set(
      asked.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).origin),
    );
    expect([...origins]).toEqual([gateway.url]);
  });
});
