import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { countStates, reportOf, type CaseResult, type CaseState } from '../../src/kit';
import { inBrowser } from '../browser/chromium';

const states: readonly CaseState[] = ['passed', 'passed', 'passed', 'failed', 'skipped', 'differs'];

/** A run of many cases, with texts that a careless page would take for its own. */
function manyCases(count: number): CaseResult[] {
  return Array.from({ length: count }, (_, index): CaseResult => {
    const state = states[index % states.length] ?? 'passed';
    const hostile = `</script><img src=x onerror=alert(1)> & "quoted" '${index}'`;
    const answer = { status: 200, body: { index, text: hostile } };
    return {
      id: `wire/case-${index}`,
      dialect: index % 2 === 0 ? 'wire' : 'other',
      title: `case ${index} 用户 ${hostile}`,
      endpoint: `GET /v1/thing/${index % 12}`,
      kind: index % 3 === 0 ? 'success' : 'boundary',
      source: state === 'differs' ? 'ours' : 'documented',
      destructive: false,
      state,
      ms: index % 40,
      ...(state === 'skipped'
        ? { reason: 'it needs the time to be moved on' }
        : { curl: `curl -sS -i 'http://127.0.0.1/v1/thing?n=${index}'`, expected: answer, received: answer }),
      ...((state === 'failed' || state === 'differs') && {
        received: { ...answer, body: { index: String(index), text: hostile } },
        differences: [{ at: 'body.index', kind: 'type' as const, expected: index, received: String(index) }],
      }),
    };
  });
}

function render(count: number): string {
  const cases = manyCases(count);
  return reportOf('html', {
    startedAt: '2026-01-02T03:04:05.678Z',
    ms: 12_345,
    target: 'http://127.0.0.1:3000',
    means: 'identity',
    strict: false,
    dialects: ['wire', 'other'],
    cases,
    counts: countStates(cases),
  });
}

inBrowser('the HTML report in a browser', (executablePath) => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
    await writeFile(path.join(folder, 'run.html'), render(1000));
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });
  const address = (): string => pathToFileURL(path.join(folder, 'run.html')).href;

  beforeEach(async () => {
    complaints.length = 0;
    requests.length = 0;
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address());
  });
  afterEach(() => page.close());

  const visible = (): Promise<number> => page.locator('.case:visible').count();
  const shown = (): Promise<string> => page.locator('.shown').innerText();

  it('opens with the failures, asks for nothing and complains of nothing', async () => {
    expect(await shown()).toBe('167 of 1000 cases');
    expect(await page.locator('.case:not([hidden])').count()).toBe(167);
    expect(await page.locator('h1').innerText()).toBe('167 of 834 cases failed');
    expect(requests).toEqual([address()]);
    expect(complaints).toEqual([]);
  });

  it('filters by state, kind, endpoint and text', async () => {
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await shown()).toBe('All 1000 cases');
    await page.getByRole('button', { name: /^Skipped/ }).click();
    expect(await shown()).toBe('166 of 1000 cases');
    await page.getByRole('button', { name: /^Passed/ }).click();
    expect(await shown()).toBe('667 of 1000 cases');
    await page.getByLabel('Kind').selectOption('success');
    expect(await shown()).toBe('167 of 1000 cases');
    await page.getByLabel('Endpoint').selectOption('GET /v1/thing/3');
    expect(await shown()).toBe('0 of 1000 cases');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Text').fill('CASE-99 thing/3');
    expect(await shown()).toBe('2 of 1000 cases');
    expect(await visible()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('shows what a case asked and in what its answer differs, by the keyboard alone', async () => {
    await page.locator('.case:not([hidden]) summary').first().focus();
    await page.keyboard.press('Enter');
    const opened = page.locator('details[open]');
    expect(await opened.locator('.curl').innerText()).toBe("curl -sS -i 'http://127.0.0.1/v1/thing?n=3'");
    expect(await opened.locator('.line.expected').innerText()).toBe('−   "index": 3,');
    expect(await opened.locator('.line.received').innerText()).toBe('+   "index": "3",');
    expect(await opened.locator('img').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('is readable in %s colours, and can be switched', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    // The page hears of the change a frame later.
    await page.locator(`html[data-scheme="${scheme}"]`).waitFor();
    const luminance = async (): Promise<number> => {
      const colour = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
      return (red + green + blue) / 3;
    };
    expect((await luminance()) > 128).toBe(scheme === 'light');
    await page.getByRole('button', { name: /^Show in/ }).click();
    expect((await luminance()) > 128).toBe(scheme === 'dark');
  });

  it('names every control, and fits a narrow screen', async () => {
    const nameless = await page.evaluate<string[]>(`
        [...document.querySelectorAll('button, select, input')]
          .filter((one) => one.labels.length === 0 && one.textContent.trim() === '' && !one.ariaLabel)
          .map((one) => one.outerHTML)`);
    expect(nameless).toEqual([]);
    await page.setViewportSize({ width: 360, height: 700 });
    const root = 'document.documentElement';
    const overflow = await page.evaluate<number>(`${root}.scrollWidth - ${root}.clientWidth`);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

it('holds all of a run in one document that names nothing outside', () => {
  const text = render(30);
  expect(text).not.toMatch(/<(script|link|img)[^>]+(src|href)=(?!"data:)/);
  expect(text).not.toContain('<img src=x');
  expect(text).toContain("default-src 'none'");
});
