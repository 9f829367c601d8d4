import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Clock } from './core';
import type { Dialect } from './dialect';
import { openFoundation, uploadsFolder, type Foundation } from './foundation';
import { closeGracefully, createGatewayServer } from './http';
import { defaultPublicUrl, type Config } from './platform/config';
import { findDatabaseServer, type DatabaseServer } from './platform/database-server';

/** Of the five seconds that a stop may take, what running requests get; the database needs the rest. */
const drainMs = 3_000;

export interface Gateway {
  url: string;
  publicUrl: string;
  embeddedDatabase: boolean;
  foundation: Foundation;
  /** Resolves when the last request is answered and everything is closed; never takes more than five seconds. */
  stop(): Promise<void>;
  /** Calls `handler` when the gateway cannot go on, because its embedded database ended. */
  onFailure(handler: (error: Error) => void): void;
}

export interface GatewayStart {
  config: Config;
  dialects: readonly Dialect[];
  clock: Clock;
  log: Logger;
  /** Where the OpenAPI description of a dialect is. */
  descriptionFile: (dialect: string) => string;
  /** In the place of the server that the configuration names. */
  server?: DatabaseServer;
}

/** Port 0 asks for a free one, which absolute URLs must know before the dialects are declared. */
async function settlePort(config: Config): Promise<Config> {
  if (config.port !== 0) return config;
  const probe = createServer();
  probe.listen(0, config.host);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const publicUrl = config.publicUrlGiven ? config.publicUrl : defaultPublicUrl(config.host, port);
  return { ...config, port, publicUrl };
}

/** Starts everything, in an order that can be undone, and listens. Fails with nothing left running. */
export async function startGateway(start: GatewayStart): Promise<Gateway> {
  const { dialects, clock, log, descriptionFile } = start;
  const config = await settlePort(start.config);
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const server =
      start.server ??
      (await findDatabaseServer(config, {
        share: false,
        log: (message) => {
          log.info(message);
        },
      }));
    undo.push(() => server.close());
    const foundation = await openFoundation({
      config,
      connection: server.connection,
      dialects,
      clock,
      log,
    });
    undo.push(() => foundation.close());
    const { core, keys, served, database } = foundation;
    const http = createGatewayServer({
      core,
      dialects: served,
      keys,
      clock,
      log,
      uploadsFolder: uploadsFolder(config),
      ...(config.docs && { docs: served.map(({ name }) => ({ name, file: descriptionFile(name) })) }),
      trustProxy: config.trustProxy === false ? 0 : config.trustProxy,
      ready: async () => {
        try {
          await database.hot.query('SELECT 1');
          return true;
        } catch {
          return false;
        }
      },
    });
    http.listen(config.port, config.host);
    await once(http, 'listening');
    undo.push(() => closeGracefully(http, drainMs));
    return {
      url: defaultPublicUrl(config.host, config.port),
      publicUrl: config.publicUrl,
      embeddedDatabase: server.embedded,
      foundation,
      stop,
      onFailure: (handler) => {
        server.onUnexpectedExit(handler);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
