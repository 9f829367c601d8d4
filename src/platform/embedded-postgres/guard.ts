import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Identity } from './run';
import { serverEnvironment } from './run';

/** A server running under the guard. */
export interface GuardedServer {
  /** The process id of the server itself, as PostgreSQL writes it into postmaster.pid; undefined if it never ran. */
  readonly pid: Promise<number | undefined>;
  /** Resolves, never rejects, once the server and its guard are gone. */
  readonly exited: Promise<void>;
  hasExited(): boolean;
  /** The last lines the server wrote. */
  lastLines(): readonly string[];
  /** Lets go of the pipe: the server ends its sessions and shuts down. Only to be followed by waiting for `exited`. */
  release(): void;
  /** Lets the gateway's process end without waiting for the server; the guard then takes the server down. */
  unref(): void;
}

/**
 * The guard holds the reading end of a pipe (descriptor 4) whose only writing end is the gateway's. When the gateway
 * ends, by whatever cause, kill -9 included, the pipe closes and the server gets SIGINT, its fast shutdown. The guard
 * itself disregards the polite signals, which are the gateway's to answer: the server must not die first. PostgreSQL
 * sets its own handlers, so it does not inherit that.
 */
const GUARD = `
trap '' HUP INT TERM
exec 4<&0
"$@" </dev/null 3>&- 4<&- &
server=$!
echo "$server" >&3
exec 3>&-
{ read -r _; kill -INT "$server"; } <&4 2>/dev/null &
watcher=$!
exec 4<&-
wait "$server"
kill -KILL "$watcher" 2>/dev/null
`;

const KEPT_LINES = 20;

/** Starts the server in a session of its own, where the terminal's Ctrl-C does not reach it. */
export function startGuarded(
  command: string,
  args: readonly string[],
  identity: Identity | undefined,
  onLine: (line: string) => void,
): GuardedServer {
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', command, ...args], {
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    ...identity,
  });
  const pipes = [child.stdio[0], child.stdio[2], child.stdio[3]] as Socket[];
  const [holder, messages, announcement] = pipes as [Socket, Socket, Socket];
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    onLine(line);
  };
  for (const pipe of pipes) pipe.on('error', () => undefined);
  eachLine(messages, keep);

  let gone = false;
  const exited = new Promise<void>((resolve) => {
    const end = (): void => {
      gone = true;
      for (const pipe of pipes) pipe.destroy();
      resolve();
    };
    child.once('error', (error) => {
      keep(error.message);
      end();
    });
    // Not "exit": the last words of a server that failed are still in the pipe then.
    child.once('close', end);
  });
  const pid = new Promise<number | undefined>((resolve) => {
    eachLine(announcement, (line) => {
      resolve(Number(line));
      child.once('exit', (_code, signal) => {
        // The guard was killed, not ended by its server's end: nobody else would take the server down now.
        if (signal !== null) sendSignal(Number(line), 'SIGINT');
      });
    });
    void exited.then(() => {
      resolve(undefined);
    });
  });

  return {
    pid,
    exited,
    hasExited: () => gone,
    lastLines: () => lines,
    release() {
      child.ref();
      for (const pipe of pipes) pipe.ref();
      holder.destroy();
    },
    unref() {
      child.unref();
      for (const pipe of pipes) pipe.unref();
    },
  };
}

function eachLine(stream: Socket, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
}

/** Sends a signal to a process that may be gone already, which is what was asked for then. */
export function sendSignal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone.
  }
}
