import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { CannotArrange } from '../stage';
import type { Inbox } from './identity';

/** Reads the code that a target has sent to an address or a number since a moment. */
export type ReadInbox = (to: string, since: Date) => Promise<string>;

const pauseMs = 500;

/** A code by itself: digits that are no part of anything longer. */
function codeIn(text: string): string | undefined {
  return /(?<![\w.@+-])\d{4,8}(?![\w.@-])/.exec(text)?.[0];
}

function runOnce(command: readonly [string, ...string[]], to: string, since: Date): Promise<string> {
  const [program, ...rest] = command.map((word) => word.replaceAll('{to}', to)) as [string, ...string[]];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      env: { ...process.env, TO: to, SINCE: since.toISOString() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.once('error', (error) => {
      reject(new Error(`the inbox command cannot be run: ${error.message}`));
    });
    child.once('close', () => {
      resolve(text);
    });
  });
}

/** Runs the command until it prints a code, or until its time is over. */
function commandInbox({ command, timeoutSeconds }: Extract<Inbox, { command: unknown }>): ReadInbox {
  return async (to, since) => {
    const deadline = Date.now() + timeoutSeconds * 1000;
    for (;;) {
      const code = codeIn(await runOnce(command, to, since));
      if (code !== undefined) return code;
      if (Date.now() + pauseMs > deadline)
        throw new CannotArrange(`the inbox command gave no code within ${timeoutSeconds} seconds`);
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

/** What reads the inbox of an identity. */
export function createInbox(inbox: Inbox | undefined): ReadInbox {
  if (inbox === undefined)
    return () => Promise.reject(new CannotArrange('it needs a code, and the identity file names no inbox'));
  return 'prompt' in inbox ? promptInbox : commandInbox(inbox);
}
