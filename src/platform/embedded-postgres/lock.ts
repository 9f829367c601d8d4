import { readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { EmbeddedPostgresError, systemCode } from './error';

/** What a running server says of itself in postmaster.pid; `socketFolder` and `status` come a moment after the rest. */
export interface ServerLock {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly status: string;
}

/** The lock file of the data in `cluster`, left by a live server or by one that was killed; undefined if there is none. */
export async function readServerLock(cluster: string): Promise<ServerLock | undefined> {
  let text: string;
  try {
    text = await readFile(lockFileOf(cluster), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    if (systemCode(error) === 'EACCES') {
      throw new EmbeddedPostgresError(
        `The database in ${cluster} belongs to another user; run as that user, or set DATABASE_URL.`,
        { cause: error },
      );
    }
    throw error;
  }
  const [pid = '', , , port = '', socketFolder = '', , , status = ''] = text.split('\n');
  if (!/^\d+$/.test(pid)) return undefined;
  return { pid: Number(pid), port: Number(port), socketFolder, status: status.trim() };
}

export function lockFileOf(cluster: string): string {
  return path.join(cluster, 'postmaster.pid');
}

/** Whether a server listens where the lock says. Also true for one in another container that shares the folder. */
export function answers(lock: ServerLock): Promise<boolean> {
  if (lock.socketFolder === '') return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect(path.join(lock.socketFolder, `.s.PGSQL.${String(lock.port)}`));
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => {
      settle(true);
    });
    socket.once('connect', () => {
      settle(true);
    });
    socket.once('error', (error) => {
      // A full backlog is a live server too.
      settle(systemCode(error) === 'EAGAIN');
    });
  });
}

/** Whether a process of that id exists, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/**
 * Whether the process that the lock names is a server of this data: process ids come back after a reboot or in a new
 * container. A server works in its data folder, which Linux shows; 'unsure' wherever that cannot be seen.
 */
export async function servesCluster(pid: number, cluster: string): Promise<'yes' | 'no' | 'unsure'> {
  if (!isAlive(pid)) return 'no';
  try {
    return (await readlink(`/proc/${String(pid)}/cwd`)) === cluster ? 'yes' : 'no';
  } catch {
    return 'unsure';
  }
}
