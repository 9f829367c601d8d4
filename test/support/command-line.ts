import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDatabase } from './database';
import { removeDataDir } from './postgres';
import { recorder } from './recorded-answers';
import { throwUndescribed } from './undescribed-answers';

export const repository = path.join(__dirname, '../..');

type Environment = Readonly<Record<string, string>>;

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A gateway in a process of its own, started as a person starts it. */
export interface ServeProcess {
  readonly pid: number;
  readonly url: string;
  stdout(): string;
  stderr(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves to the exit code; null when a signal ended the process. */
  readonly exited: Promise<number | null>;
}

/** A data folder, and a database where `external`; both are gone after `remove`. */
export interface Place {
  dataDir: string;
  environment: Environment;
  remove(): Promise<void>;
}

/** Starts the command line that is built in `folder`; whatever it serves is held to the descriptions. */
function start(
  args: readonly string[],
  environment: Environment,
  folder = repository,
): ChildProcessWithoutNullStreams {
  const program = path.join(folder, 'dist/src/cli/main.js');
  if (!existsSync(program))
    throw new Error('the command line is not built: run `npm run build` first, or `npm test`, which does');
  return spawn(process.execPath, ['--require', recorder(), program, ...args], {
    cwd: folder,
    // Nothing of the environment of the tests: a variable set there would be the test's and not the user's.
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
  });
}

/** Collects the output of a process. */
function collect(child: ChildProcessWithoutNullStreams): { stdout: () => string; stderr: () => string } {
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  return { stdout: () => texts.stdout, stderr: () => texts.stderr };
}

function ending(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code);
    });
  });
}

/** A call of the command line that goes on. */
export interface RunningCall {
  stderr(): string;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Outcome>;
}

/** Begins one call of the command line: of this one, or of a copy in another folder. */
export function begin(
  args: readonly string[],
  environment: Environment = {},
  input = '',
  folder?: string,
): RunningCall {
  const child = start(args, environment, folder);
  const { stdout, stderr } = collect(child);
  // A command that reads nothing may be gone before its input is.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return {
    stderr,
    signal: (name) => {
      child.kill(name);
    },
    ended: ending(child).then((code) => ({ code, stdout: stdout(), stderr: stderr() })),
  };
}

/** Runs one call of the command line to its end. */
export function idiom(...call: Parameters<typeof begin>): Promise<Outcome> {
  return begin(...call).ended;
}

/** Runs a call that must succeed with `--json`, and returns its document. */
export async function idiomJson<T>(
  args: readonly string[],
  environment: Environment,
  input = '',
): Promise<T> {
  const outcome = await idiom([...args, '--json'], environment, input);
  if (outcome.code !== 0) throw new Error(`idiom ${args.join(' ')} failed: ${outcome.stderr}`);
  return JSON.parse(outcome.stdout) as T;
}

/** Starts the gateway, and resolves once it listens. */
export async function serve(environment: Environment): Promise<ServeProcess> {
  const child = start(['serve'], environment);
  child.stdin.end();
  const { stdout, stderr } = collect(child);
  const exited = ending(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /"url":"([^"]+)".*"msg":"listening"/.exec(stdout())?.[1];
      if (found !== undefined) resolve(found);
    });
    void exited.then((code) => {
      reject(new Error(`the gateway ended with ${String(code)}: ${stdout()}${stderr()}`));
    });
  });
  return {
    pid: child.pid ?? 0,
    url,
    stdout,
    stderr,
    signal: (name) => {
      child.kill(name);
    },
    exited,
  };
}

/** Ends a gateway as an operator does. Throws when it gave answers that are not described. */
export async function stopServing(gateway: ServeProcess): Promise<number | null> {
  gateway.signal('SIGTERM');
  const code = await gateway.exited;
  throwUndescribed();
  return code;
}

/** A place with the embedded database, or with a database of its own on the test server. */
export async function makePlace(kind: 'embedded' | 'external' | 'external, empty'): Promise<Place> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
  if (kind === 'embedded')
    return { dataDir, environment: { DATA_DIR: dataDir }, remove: () => removeDataDir(dataDir) };
  const { connection, drop } = await createDatabase({ empty: kind === 'external, empty' });
  const { host, port, user, database } = connection;
  return {
    dataDir,
    environment: {
      DATA_DIR: dataDir,
      DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`,
    },
    remove: async () => {
      await drop();
      await removeDataDir(dataDir);
    },
  };
}
