import { spawn } from 'node:child_process';

/** The user the server runs as; undefined wherever it is simply the gateway's own user. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

export interface Outcome {
  /** Zero for success; undefined if the program was killed or could not be started at all. */
  readonly code: number | undefined;
  /** Standard error, or the reason why the program could not be started. */
  readonly errors: string;
  readonly output: string;
}

/**
 * The environment of every program the launcher starts. Deliberately not the gateway's own: PGDATA, PGPORT or PGOPTIONS
 * would change what the server does, a locale would change the messages we read, and the gateway's secrets are nobody
 * else's business.
 */
export function serverEnvironment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
    // After a container restart the stale postmaster.pid may name the pid that the gateway has now; PostgreSQL disregards
    // its own parent and this one when it asks whether the former server is still alive.
    PG_GRANDPARENT_PID: String(process.pid),
  };
}

/** Runs a short program to its end. Never rejects: a program that cannot be started is an outcome without a code. */
export function run(
  command: string,
  args: readonly string[],
  options: { identity?: Identity | undefined; input?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = '';
    let errors = '';
    const child = spawn(command, [...args], {
      // The gateway's own working folder may be closed to the server's user.
      cwd: '/',
      env: serverEnvironment(),
      // Its own session, so that Ctrl-C reaches the gateway only.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...options.identity,
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    // A program that ends without reading its input is judged by its exit code, not by the broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.once('error', (error) => {
      resolve({ code: undefined, errors: error.message, output });
    });
    child.once('close', (code) => {
      resolve({ code: code ?? undefined, errors, output });
    });
  });
}
