import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Clock } from './core';
import type { Dialect } from './dialect';
import { openFoundation, uploadsFolder, type Foundation } from './foundation';
import { closeGracefully, createGatewayServer } from './http';
import { defaultPublicUrl, type Config } from './platform/config';
import { findDatabaseServer, type DatabaseServer } from './platform/database-server';
import { readVersion } from './platform/version';
import { createTestDoor, type OpenDoor, type TestDoor } from './test-door';

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

/** What the dialects were told, as the environment has it. */
function spellSettings(settings: Config['settings']): Record<string, string> {
  const variables = Object.values(settings).flatMap((ofDialect) => Object.entries(ofDialect));
  return Object.fromEntries(
    variables.map(([name, value]) => [
      name,
      typeof value === 'boolean' ? String(Number(value)) : String(value),
    ]),
  );
}

/** Opens the test door, and says so where it cannot be overlooked. */
async function openTestDoor(
  door: TestDoor,
  { core, served }: Foundation,
  config: Config,
  log: Logger,
): Promise<OpenDoor> {
  const { publicUrl, phoneRegion, requireVerifiedContact, contactHoldHours, environment } = config;
  log.warn(
    { environment },
    'THE TEST DOOR IS OPEN: whoever has TEST_DOOR_TOKEN makes users and administrators, reads the codes that are sent and moves the clock',
  );
  return door.open(core, {
    version: readVersion(),
    dialects: served.map(({ name }) => name),
    publicUrl,
    phoneRegion,
    settings: { requireVerifiedContact, contactHoldHours },
    variables: spellSettings(config.settings),
  });
}

/** Starts everything, in an order that can be undone, and listens. Fails with nothing left running. */
export async function startGateway(start: GatewayStart): Promise<Gateway> {
  const { dialects, log, descriptionFile } = start;
  const config = await settlePort(start.config);
  const { testDoorToken: token } = config;
  const door = token === undefined ? undefined : createTestDoor({ token, clock: start.clock });
  const clock = door?.clock ?? start.clock;
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
      ...(door !== undefined && { tap: door.tap }),
    });
    undo.push(() => foundation.close());
    const { core, keys, served, database } = foundation;
    const testDoor = door === undefined ? undefined : await openTestDoor(door, foundation, config, log);
    const http = createGatewayServer({
      core,
      dialects: served,
      keys,
      clock,
      log,
      uploadsFolder: uploadsFolder(config),
      ...(config.docs && { docs: served.map(({ name }) => ({ name, file: descriptionFile(name) })) }),
      ...(testDoor !== undefined && { testDoor }),
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
