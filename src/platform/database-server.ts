import type { Config } from './config';
import type { Connection } from './database';
import { attachEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';

/** A PostgreSQL server to use, and how to leave it. */
export interface DatabaseServer {
  connection: Connection;
  /** Whether this process runs the server itself. */
  embedded: boolean;
  close(): Promise<void>;
  /** Calls `handler` if a server that this process runs ends by itself. */
  onUnexpectedExit(handler: (error: Error) => void): void;
}

/**
 * The one place that decides which database serves. `share`: a command beside a running gateway uses the gateway's
 * embedded server, and starts one for itself when none runs; the gateway itself never shares.
 */
export async function findDatabaseServer(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  options: { share: boolean; log: (message: string) => void },
): Promise<DatabaseServer> {
  const nothing = { close: () => Promise.resolve(), onUnexpectedExit: () => undefined };
  if (config.databaseUrl !== undefined) {
    return { connection: { connectionString: config.databaseUrl }, embedded: false, ...nothing };
  }
  const running = options.share ? await attachEmbeddedPostgres({ dataDir: config.dataDir }) : undefined;
  if (running !== undefined) return { connection: { ...running.connection }, embedded: false, ...nothing };
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, log: options.log });
  return {
    connection: { ...server.connection },
    embedded: true,
    close: () => server.stop(),
    onUnexpectedExit: (handler) => {
      server.onUnexpectedExit(handler);
    },
  };
}
