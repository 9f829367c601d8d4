import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { CannotArrange } from '../stage';
import type { Inbox } from './identity';

/** Reads the code that a target has sent to an address or a number since a moment. */
export type ReadInbox = (to: string, since: Date) => Promise<string>;

/** Where a person is asked. */
export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
  /** What Ctrl-C does. A line that is being typed keeps the terminal from doing it. */
  interrupt: () => void;
}

const ownTerminal: Terminal = {
  input: process.stdin,
  output: process.stderr,
  interrupt: () => {
    process.kill(process.pid, 'SIGINT');
  },
};

const pauseMs = 500;

/** A code by itself: six digits where there are six, else digits that are no part of anything longer, a year for one. */
function codeIn(text: string): string | undefined {
  const alone = (digits: string) => new RegExp(`(?<![\\w.@+:-])\\d{${digits}}(?![\\w.@:-])`).exec(text)?.[0];
  return alone('6') ?? alone('4,8');
}

/** What the command prints, and how it ended; one that takes longer than `timeLeftMs` is ended. */
function runOnce(
  command: readonly [string, ...string[]],
  to: string,
  since: Date,
  timeLeftMs: number,
): Promise<{ text: string; status: number | null }> {
  const [program, ...rest] = command.map((word) => word.replaceAll('{to}', to)) as [string, ...string[]];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      env: { ...process.env, TO: to, SINCE: since.toISOString() },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: Math.max(1, timeLeftMs),
      killSignal: 'SIGKILL',
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.once('error', (error) => {
      reject(new Error(`the inbox command cannot be run: ${error.message}`));
    });
    child.once('exit', (status) => {
      // What the command itself has started may live on, and would keep its output open.
      if (status === null) child.stdout.destroy();
    });
    child.once('close', (status) => {
      resolve({ text, status });
    });
  });
}

/** Runs the command until it prints a code, or until its time is over. */
function commandInbox({ command, timeoutSeconds }: Extract<Inbox, { command: unknown }>): ReadInbox {
  return async (to, since) => {
    const deadline = Date.now() + timeoutSeconds * 1000;
    for (;;) {
      const { text, status } = await runOnce(command, to, since, deadline - Date.now());
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

/** The line that a person types; undefined when the input ends instead. */
function askForLine({ input, output, interrupt }: Terminal, question: string): Promise<string | undefined> {
  const lines = createInterface({ input, output });
  return new Promise((resolve) => {
    lines.once('SIGINT', interrupt);
    lines.once('close', () => {
      resolve(undefined);
    });
    lines.question(question, (line) => {
      resolve(line);
      lines.close();
    });
  });
}

/** Asks a person. In a comparison two servers send codes, so that the question names the one. */
function promptInbox(from: string, terminal: Terminal): ReadInbox {
  return async (to) => {
    if (terminal.input.isTTY !== true) throw new CannotArrange('there is no terminal to ask for the code on');
    const line = await askForLine(terminal, `\nThe code that ${from} sent to ${to}: `);
    const code = line?.trim() ?? '';
    if (code === '') throw new CannotArrange('no code was typed');
    return code;
  };
}

/** What reads the inbox of an identity at the target `from`. */
export function createInbox(inbox: Inbox | undefined, from: string, terminal = ownTerminal): ReadInbox {
  if (inbox === undefined)
    return () => Promise.reject(new CannotArrange('it needs a code, and the identity file names no inbox'));
  return 'prompt' in inbox ? promptInbox(from, terminal) : commandInbox(inbox);
}
