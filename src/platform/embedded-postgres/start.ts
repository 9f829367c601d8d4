import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dropOtherCopies, programOf } from './binaries';
import { DATABASE, USER } from './cluster';
import { EmbeddedPostgresError } from './error';
import { makePrivateFolder, PORT, socketFolderOf } from './folders';
import type { GuardedServer } from './guard';
import { sendSignal, startGuarded } from './guard';
import { isAlive, lockFileOf, readServerLock, servesCluster } from './lock';
import { findOwner, forgetOwner, recordOwner, refusal } from './owner';
import type { Placement } from './placement';

type Log = (message: string) => void;

export interface StartedServer {
  readonly guarded: GuardedServer;
  readonly pid: number;
  readonly socketFolder: string;
  readonly port: number;
}

/** How long a server that is going down may take before we give up on the folder. */
const PATIENCE_MS = 15_000;
/** How long a server of unknown origin may stay so: a gateway records itself within some 50 ms of its server's start. */
const STRANGER_MS = 2_000;
/** A guard takes its server down at once; one that has not done so by then was killed together with its gateway. */
const ORPHAN_MS = 3_000;

/** What PostgreSQL says while the processes of a former server are still ending. */
const STILL_TAKEN = /lock file ".*" already exists|pre-existing shared memory block/;

/**
 * Starts the server and waits until it takes connections, however long recovery after a crash takes. Waits for a server
 * that is on its way out; refuses, with one line, a folder that a live gateway has.
 */
export async function startServer(
  placement: Placement,
  settings: Readonly<Record<string, string>>,
  log: Log,
): Promise<StartedServer> {
  const { home, identity } = placement;
  const began = Date.now();
  for (;;) {
    await waitForFormerServer(placement, began, log);
    const socketFolder = socketFolderOf(home, identity, placement.temporary);
    await makePrivateFolder(socketFolder, identity);
    const guarded = startGuarded(
      programOf(placement.tree, 'postgres'),
      serverArguments(placement, socketFolder, settings),
      identity,
      (line) => {
        // The rest is of no use to an operator, or personal data; what fails in a session is told to that session.
        if (/PANIC:|terminated by signal/.test(line)) log(`PostgreSQL: ${line}`);
      },
    );
    const pid = await becomesReady(guarded, placement, log);
    if (pid !== undefined) {
      if (placement.copies !== undefined) await dropOtherCopies(placement.tree, placement.copies);
      return { guarded, pid, socketFolder, port: PORT };
    }
    forgetOwner(home);
    const words = guarded.lastLines();
    if (!words.some((line) => STILL_TAKEN.test(line))) {
      throw new EmbeddedPostgresError(
        `The embedded PostgreSQL in ${home.cluster} did not start: ${telling(words)}`,
      );
    }
    if (Date.now() - began > PATIENCE_MS) {
      const lock = await readServerLock(home.cluster);
      throw new EmbeddedPostgresError(
        `The database in ${home.cluster} is still taken by process ${String(lock?.pid ?? 'unknown')}, which does not answer; end it, or, if it is no PostgreSQL server, remove ${lockFileOf(home.cluster)}.`,
      );
    }
    await delay(50);
  }
}

/** Takes the server down and waits until its last process is gone. A server that lingers is ended hard, losing nothing but time at the next start. */
export async function stopServer(
  server: StartedServer,
  placement: Placement,
  patienceMs: number,
): Promise<void> {
  server.guarded.release();
  const lingering = setTimeout(() => {
    if (!server.guarded.hasExited()) sendSignal(server.pid, 'SIGQUIT');
  }, patienceMs);
  await server.guarded.exited;
  clearTimeout(lingering);
  await settleEnd(server, placement);
}

/** What is left to do once the guard is gone, expected or not. */
export async function settleEnd(server: StartedServer, placement: Placement): Promise<void> {
  forgetOwner(placement.home);
  // Not empty, and so kept, if a successor is there already.
  await rmdir(server.socketFolder).catch(() => undefined);
}

/** The line that tells most among a server's last ones. */
export function telling(lines: readonly string[]): string {
  return lines.findLast((line) => /FATAL:|PANIC:/.test(line)) ?? lines.at(-1) ?? 'it ended without a word';
}

async function waitForFormerServer(placement: Placement, began: number, log: Log): Promise<void> {
  const { home } = placement;
  let told = false;
  for (;;) {
    const owner = await findOwner(home);
    const waited = Date.now() - began;
    if (owner.kind === 'none') break;
    if (owner.kind === 'gateway') throw refusal(home, owner.gateway);
    const { pid } = owner.lock;
    if (waited > (owner.kind === 'stranger' ? STRANGER_MS : PATIENCE_MS)) throw refusal(home, pid);
    if (
      owner.kind === 'orphan' &&
      waited > ORPHAN_MS &&
      !told &&
      (await servesCluster(pid, home.cluster)) !== 'no'
    ) {
      told = true;
      log(`Taking down the server that a killed gateway left behind (process ${String(pid)})`);
      sendSignal(pid, 'SIGINT');
    }
    await delay(20);
  }
  await dropForeignLock(placement, log);
}

/**
 * Removes a lock whose process is some other program by now. PostgreSQL only looks whether the process exists, and after
 * a reboot or in a new container it often does.
 */
async function dropForeignLock(placement: Placement, log: Log): Promise<void> {
  const { cluster } = placement.home;
  const lock = await readServerLock(cluster);
  if (lock === undefined || !isAlive(lock.pid) || (await servesCluster(lock.pid, cluster)) !== 'no') return;
  log(`Removing the lock of a server that is gone; process ${String(lock.pid)} is another program now`);
  await rm(lockFileOf(cluster), { force: true });
  // The socket has a lock of its own, which names the same process.
  await rm(
    path.join(
      socketFolderOf(placement.home, placement.identity, placement.temporary),
      `.s.PGSQL.${String(PORT)}.lock`,
    ),
    { force: true },
  );
}

/** The server's process id once it takes connections; undefined if it ended instead. */
async function becomesReady(
  guarded: GuardedServer,
  placement: Placement,
  log: Log,
): Promise<number | undefined> {
  const pid = await guarded.pid;
  let recorded = false;
  let nextWord = Date.now() + 5_000;
  while (pid !== undefined && !guarded.hasExited()) {
    const lock = await readServerLock(placement.home.cluster);
    // Only ever our own server: joining another gateway's would mean to end with it.
    if (lock?.pid === pid) {
      if (!recorded) await recordOwner(placement.home, pid);
      recorded = true;
      if (lock.status === 'ready') return pid;
    }
    if (Date.now() > nextWord) {
      log('The embedded PostgreSQL is still starting, probably recovering from a crash');
      nextWord += 10_000;
    }
    await Promise.race([delay(10), guarded.exited]);
  }
  await guarded.exited;
  return undefined;
}

function serverArguments(
  placement: Placement,
  socketFolder: string,
  settings: Readonly<Record<string, string>>,
): string[] {
  const all: Record<string, string> = {
    listen_addresses: '',
    port: String(PORT),
    // Quoted, since the setting is a list and a path may hold a comma.
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_checkpoints: 'off',
    // Failed statements are reported to the session that sent them; a log would only collect personal data.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    ...settings,
  };
  return [
    '-D',
    placement.home.cluster,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

export function connectionTo(
  socketFolder: string,
  port: number,
): { host: string; port: number; user: string; database: string } {
  return { host: socketFolder, port, user: USER, database: DATABASE };
}
