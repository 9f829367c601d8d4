import { spawn, type ChildProcess } from 'node:child_process';
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

/** What stands around an inbox. */
export interface InboxRoom {
  /** What its command finds in its environment. */
  environment: NodeJS.ProcessEnv;
  /** Ends the waiting for a code. */
  signal?: AbortSignal | undefined;
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

/** Asks whoever sits at the terminal. */
function promptInbox({ signal }: InboxRoom): ReadInbox {
  return async (to) => {
    if (!process.stdin.isTTY) throw new CannotArrange('there is no terminal to ask for the code on');
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    // While a line is typed, the terminal hands Ctrl-C to its reader instead of sending the signal.
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    try {
      const question = `\nThe code that was sent to ${to}: `;
      const answer = await lines.question(question, signal === undefined ? {} : { signal });
      if (answer.trim() === '') throw new CannotArrange('no code was typed');
      return answer.trim();
    } catch (error) {
      if (signal?.aborted !== true) throw error;
      throw interruption();
    } finally {
      lines.close();
    }
  };
}

/** What reads the inbox of an identity. */
export function createInbox(inbox: Inbox | undefined, room: InboxRoom): ReadInbox {
  if (inbox === undefined)
    return () => Promise.reject(new CannotArrange('it needs a code, and the identity file names no inbox'));
  return 'prompt' in inbox ? promptInbox(room) : commandInbox(inbox, room);
}
