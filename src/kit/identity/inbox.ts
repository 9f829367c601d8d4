import { spawn, type ChildProcess } from 'node:child_process';
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

/** What stands around an inbox. */
export interface InboxRoom {
  /** The target that sends the codes. */
  from: string;
  /** What its command finds in its environment. */
  environment: NodeJS.ProcessEnv;
  /** Ends the waiting for a code. */
  signal?: AbortSignal | undefined;
  terminal?: Terminal | undefined;
}

const interruption = (): CannotArrange => new CannotArrange('the run was ended before a code was there');

/** Ends a command with all that it has started, which would hold its output open. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** What the command prints, and how it ended. One that takes longer than `timeLeftMs`, or is not wanted any more, is ended. */
function runOnce(
  command: readonly [string, ...string[]],
  { to, since, timeLeftMs }: { to: string; since: Date; timeLeftMs: number },
  { environment, signal }: InboxRoom,
): Promise<{ text: string; status: number | null }> {
  const [program, ...rest] = command.map((word) => word.replaceAll('{to}', to)) as [string, ...string[]];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      env: { ...environment, TO: to, SINCE: since.toISOString() },
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own, which can be ended as a whole.
      detached: true,
    });
    const end = (): void => {
      endGroup(child);
    };
    const timer = setTimeout(end, Math.max(1, timeLeftMs));
    signal?.addEventListener('abort', end);
    const release = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    };
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.once('error', (error) => {
      release();
      reject(new Error(`the inbox command cannot be run: ${error.message}`));
    });
    child.once('close', (status) => {
      release();
      resolve({ text, status });
    });
  });
}

/** Waits, and not past an interruption. */
async function pause({ signal }: InboxRoom): Promise<void> {
  try {
    await delay(pauseMs, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    throw interruption();
  }
}

/** Runs the command until it prints a code, or until its time is over. */
function commandInbox(
  { command, timeoutSeconds }: Extract<Inbox, { command: unknown }>,
  room: InboxRoom,
): ReadInbox {
  return async (to, since) => {
    const deadline = Date.now() + timeoutSeconds * 1000;
    for (;;) {
      if (room.signal?.aborted === true) throw interruption();
      const { text, status } = await runOnce(command, { to, since, timeLeftMs: deadline - Date.now() }, room);
      const code = codeIn(text);
      if (code !== undefined) return code;
      if (Date.now() + pauseMs > deadline) {
        const end = status === null || status === 0 ? '' : `; it ended with ${status}`;
        throw new CannotArrange(`the inbox command gave no code within ${timeoutSeconds} seconds${end}`);
      }
      await pause(room);
    }
  };
}

/** The line that a person types; undefined when the input ends instead, or the waiting does. */
function askForLine(
  { input, output, interrupt }: Terminal,
  question: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const lines = createInterface({ input, output });
  const end = (): void => {
    lines.close();
  };
  signal?.addEventListener('abort', end);
  return new Promise((resolve) => {
    lines.once('SIGINT', interrupt);
    lines.once('close', () => {
      signal?.removeEventListener('abort', end);
      resolve(undefined);
    });
    lines.question(question, (line) => {
      resolve(line);
      lines.close();
    });
  });
}

/** Asks a person. In a comparison two servers send codes, so that the question names the one. */
function promptInbox({ from, signal, terminal = ownTerminal }: InboxRoom): ReadInbox {
  return async (to) => {
    if (terminal.input.isTTY !== true) throw new CannotArrange('there is no terminal to ask for the code on');
    const line = await askForLine(terminal, `\nThe code that ${from} sent to ${to}: `, signal);
    if (signal?.aborted === true) throw interruption();
    const code = line?.trim() ?? '';
    if (code === '') throw new CannotArrange('no code was typed');
    return code;
  };
}

/** What reads the inbox of an identity. */
export function createInbox(inbox: Inbox | undefined, room: InboxRoom): ReadInbox {
  if (inbox === undefined)
    return () => Promise.reject(new CannotArrange('it needs a code, and the identity file names no inbox'));
  return 'prompt' in inbox ? promptInbox(room) : commandInbox(inbox, room);
}
