import { realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { findServerTree } from './binaries';
import { ensureCluster } from './cluster';
import { EmbeddedPostgresError } from './error';
import { findHome } from './folders';
import { readServerLock, servesCluster } from './lock';
import { findOwner } from './owner';
import { settlePlacement } from './placement';
import { connectionTo, settleEnd, startServer, stopServer, telling } from './start';

export { EmbeddedPostgresError };

/** What the `pg` driver needs to connect: always a unix socket, never TCP. */
export interface EmbeddedConnection {
  /** The folder of the socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  readonly connection: EmbeddedConnection;
  /**
   * Takes the server down and resolves when no process of it is left. Sessions still open are ended, so drain first.
   * May be called more than once.
   */
  stop(): Promise<void>;
  /** Calls `handler`, once, if the server ends without having been stopped, even if it already has. */
  onUnexpectedExit(handler: (error: EmbeddedPostgresError) => void): void;
}

export interface EmbeddedPostgresOptions {
  /** Made if it does not exist. The database is kept in it, except where only root can enter it. */
  readonly dataDir: string;
  /** Takes the few lines that an operator should see. */
  readonly log: (message: string) => void;
  /** PostgreSQL settings beyond the launcher's own, by name. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A gateway has five seconds to stop, and its requests need some of them. */
const STOP_PATIENCE_MS = 3_500;
/** Longer than any start but one that recovers from a crash. */
const ATTACH_PATIENCE_MS = 10_000;

/**
 * Starts the server for `dataDir`, and first makes the database if there is none. The server ends with this process,
 * however that ends. Fails with an {@link EmbeddedPostgresError} if another gateway has the folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, settings = {} } = options;
  const placement = await settlePlacement(dataDir, await findServerTree(), log);
  await ensureCluster(placement, { sync: settings['fsync'] !== 'off' });
  const server = await startServer(placement, settings, log);
  server.guarded.unref();

  let stopping: Promise<void> | undefined;
  const unexpectedExit = server.guarded.exited.then(async () => {
    if (stopping !== undefined) return undefined;
    await settleEnd(server, placement);
    return new EmbeddedPostgresError(
      `The embedded PostgreSQL ended unexpectedly: ${telling(server.guarded.lastLines())}`,
    );
  });

  return {
    connection: connectionTo(server.socketFolder, server.port),
    stop: () => (stopping ??= stopServer(server, placement, STOP_PATIENCE_MS)),
    onUnexpectedExit(handler) {
      void unexpectedExit.then((error) => {
        if (error !== undefined) handler(error);
      });
    },
  };
}

/**
 * Finds the live server of another gateway on `dataDir`, waiting for one that is just starting. Resolves to undefined if
 * there is none; never starts or makes anything.
 */
export async function attachEmbeddedPostgres(options: {
  readonly dataDir: string;
}): Promise<{ readonly connection: EmbeddedConnection } | undefined> {
  const dataDir = await realpath(options.dataDir).catch(() => undefined);
  if (dataDir === undefined) return undefined;
  const home = await findHome(dataDir);
  const deadline = Date.now() + ATTACH_PATIENCE_MS;
  while (Date.now() < deadline) {
    const owner = await findOwner(home);
    if (owner.kind === 'orphan') return undefined;
    if (owner.kind === 'gateway' && owner.lock.status === 'ready') {
      return { connection: connectionTo(owner.lock.socketFolder, owner.lock.port) };
    }
    if (owner.kind === 'none') {
      // A server writes its lock before it listens.
      const lock = await readServerLock(home.cluster);
      if (lock === undefined || (await servesCluster(lock.pid, home.cluster)) !== 'yes') return undefined;
    }
    await delay(20);
  }
  return undefined;
}
