import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { CannotArrange } from '../stage';
import type { Inbox } from './identity';

/** Reads the code that a target has sent to an address or a number since a moment. */
export type ReadInbox = (to: string, since: Date) => Promise<string>;

const pauseMs = 500;

/** A code by itself: six digits where there are six, else digits that are no part of anything longer, a year for one. */
function codeIn(text: string): string | undefined {
  const alone = (digits: string) => new RegExp(`(?<![\\w.@+:-])\\d{${digits}}(?![\\w.@:-])`).exec(text)?.[0];
  return alone('6') ?? alone('4,8');
}

/** What the command prints, and how it ended; one that takes longer than `timeLeftMs` is ended. */
function runOnce(
  command: readonly [string, ...string[]],
  { to, since, timeLeftMs }: { to: string; since: Date; timeLeftMs: number },
  environment: NodeJS.ProcessEnv,
): Promise<{ text: string; status: number | null }> {
  const [program, ...rest] = command.map((word) => word.replaceAll('{to}', to)) as [string, ...string[]];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      env: { ...environment, TO: to, SINCE: since.toISOString() },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: Math.max(1, timeLeftMs),
      killSignal: 'SIGKILL',
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.once('error', (error) => {
      reject(new Error(`the inbox command cannot be run: ${error.message}`));
    });
    child.once('close', (status) => {
      resolve({ text, status });
    });
  });
}

/** Runs the command until it prints a code, or until its time is over. */
function commandInbox(
  { command, timeoutSeconds }: Extract<Inbox, { command: unknown }>,
  environment: NodeJS.ProcessEnv,
): ReadInbox {
  return async (to, since) => {
    const deadline = Date.now() + timeoutSeconds * 1000;
    for (;;) {
      const { text, status } = await runOnce(
        command,
        { to, since, timeLeftMs: deadline - Date.now() },
        environment,
      );
      const code = codeIn(text);
      if (code !== undefined) return code;
      if (Date.now() + pauseMs > deadline) {
        const end = status === null || status === 0 ? '' : `; it ended with ${status}`;
        throw new CannotArrange(`the inbox command gave no code within ${timeoutSeconds} seconds${end}`);
      }
      await delay(pauseMs);
    }
  };
}

const promptInbox: ReadInbox = async (to) => {
  if (!process.stdin.isTTY) throw new CannotArrange('there is no terminal to ask for the code on');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = (await lines.question(`\nThe code that was sent to ${to}: `)).trim();
    if (answer === '') throw new CannotArrange('no code was typed');
    return answer;
  } finally {
    lines.close();
  }
};

/** What reads the inbox of an identity. `environment`: that of its command. */
export function createInbox(inbox: Inbox | undefined, environment: NodeJS.ProcessEnv): ReadInbox {
  if (inbox === undefined)
    return () => Promise.reject(new CannotArrange('it needs a code, and the identity file names no inbox'));
  return 'prompt' in inbox ? promptInbox : commandInbox(inbox, environment);
}
