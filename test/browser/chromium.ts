import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser of this machine: the one that `CHROMIUM` names, else the first on the path; undefined when there is none. */
function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [process.env.CHROMIUM ?? '', ...candidates].find((file) => file !== '' && isExecutable(file));
}

/** A group of tests that need a browser, which `tests` is given; skipped, and said aloud, where there is none. */
export function inBrowser(title: string, tests: (executable: string) => void): void {
  const executable = findChromium();
  if (executable === undefined)
    process.stderr.write(`No Chromium here: “${title}” is skipped. Install one, or name it in CHROMIUM.\n`);
  const group = executable === undefined ? describe.skip : describe;
  group(title, () => {
    tests(executable ?? '');
  });
}

/**
 * Opens an address in a headless browser with a profile of its own. `hosts` are looked up on 127.0.0.1, everything else
 * nowhere. Resolves with how to end it, which leaves neither process nor file behind.
 */
export async function openChromium(
  executable: string,
  url: string,
  hosts: readonly string[],
): Promise<{ output(): string; close(): Promise<void> }> {
  const profile = await mkdtemp(path.join(tmpdir(), 'idiom-browser-'));
  const rules = [...hosts.map((host) => `MAP ${host} 127.0.0.1`), 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'];
  const browser = spawn(
    executable,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--no-first-run',
      '--enable-logging=stderr',
      `--user-data-dir=${profile}`,
      `--host-resolver-rules=${rules.join(',')}`,
      url,
    ],
    // A group of its own: the browser is many processes, and all of them must end.
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let output = '';
  browser.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => {
    browser.once('close', () => {
      resolve();
    });
    browser.once('error', () => {
      resolve();
    });
  });
  return {
    output: () => output,
    close: async () => {
      if (browser.pid !== undefined && browser.exitCode === null) process.kill(-browser.pid, 'SIGKILL');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
