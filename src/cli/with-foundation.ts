import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import pino, { type Logger } from 'pino';
import { dialects } from '../../dialects';
import { openFoundation, type Foundation } from '../foundation';
import { systemClock } from '../platform/clock';
import { readConfig, type Config } from '../platform/config';
import { findDatabaseServer, type DatabaseServer } from '../platform/database-server';
import { attachEmbeddedPostgres, EmbeddedPostgresError } from '../platform/embedded-postgres';
import { createLogger } from '../platform/logger';
import { isConnectionFailure } from './failures';

interface Opened {
  server: DatabaseServer;
  foundation: Foundation;
}

/** How long a command waits for its turn among other commands on one embedded database. */
const patienceMs = 15_000;
const stepMs = 50;

/** The standard output belongs to the answer; of the log, a person at a prompt wants only what went wrong. */
function createQuietLogger({ logLevel }: Config): Logger {
  const level = ['fatal', 'error', 'silent'].includes(logLevel) ? logLevel : 'warn';
  return createLogger({ level, pretty: process.stderr.isTTY }, pino.destination({ fd: 2, sync: true }));
}

async function openOnce(config: Config, log: Logger): Promise<Opened> {
  const server = await findDatabaseServer(config, {
    share: true,
    log: (message) => {
      log.info(message);
    },
  });
  try {
    const { connection } = server;
    return {
      server,
      foundation: await openFoundation({ config, connection, dialects, clock: systemClock, log }),
    };
  } catch (error) {
    await server.close();
    // The server belonged to another command or a gateway, which has just ended. The next try starts one.
    if (config.databaseUrl === undefined && !server.embedded && isConnectionFailure(error))
      throw new ServerLeft(error);
    throw error;
  }
}

class ServerLeft extends Error {
  constructor(cause: unknown) {
    super('The embedded database was stopped by the process that ran it.', { cause });
  }
}

/** Whether another try may find a server: one has left us, or another process was faster in starting one. */
async function mayPass(error: unknown, { dataDir }: Config): Promise<boolean> {
  if (error instanceof ServerLeft) return true;
  if (!(error instanceof EmbeddedPostgresError)) return false;
  return (await attachEmbeddedPostgres({ dataDir })) !== undefined;
}

/** Commands may run side by side on an embedded database that no gateway serves: one starts the server, all use it. */
async function open(config: Config, log: Logger): Promise<Opened> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await openOnce(config, log);
    } catch (error) {
      if (Date.now() > deadline || !(await mayPass(error, config))) throw error;
      await delay(stepMs);
    }
  }
}

/** Resolves when nobody else uses the server that this process runs, or has used it for too long. */
async function waitForOthers({ connection }: DatabaseServer): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const { rowCount } = await client.query(
        "SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
      );
      if (rowCount === 0) return;
      await delay(stepMs);
    }
  } finally {
    await client.end();
  }
}

async function close({ server, foundation }: Opened): Promise<void> {
  try {
    await foundation.close();
    if (server.embedded) await waitForOthers(server);
  } finally {
    await server.close();
  }
}

/**
 * Runs `work` on the database that the environment names: an external one, the embedded one of a running gateway, or the
 * embedded one started for this command alone. Everything is closed again when it settles.
 */
export async function withFoundation<T>(work: (foundation: Foundation) => Promise<T>): Promise<T> {
  const config = readConfig(process.env, dialects);
  const opened = await open(config, createQuietLogger(config));
  try {
    return await work(opened.foundation);
  } finally {
    await close(opened);
  }
}
