import knex, { type Knex } from 'knex';
import { Pool, TypeOverrides, types, type ClientConfig } from 'pg';
import type { Database } from '../core';
import { readTimestamp } from '../core/store/timestamps';
import { endWhenSilent } from './silence';

/** What the `pg` driver connects with: a URL, or the socket of the embedded server. Nothing later asks which it was. */
export type Connection =
  { connectionString: string } | { host: string; port: number; user: string; database: string };

const connectTimeoutMs = 10_000;
/** Longer than any statement of ours takes; a stuck one must not hold a connection for ever. */
const statementTimeoutMs = 30_000;
/** No transaction of ours waits for anything but the database; a copy that hangs in one must not keep its locks from the others. */
const idleInTransactionMs = 60_000;

const ownTypes = new TypeOverrides();
ownTypes.setTypeParser(types.builtins.TIMESTAMPTZ, readTimestamp);

function clientConfig(connection: Connection): ClientConfig {
  return {
    ...connection,
    application_name: 'idiom',
    connectionTimeoutMillis: connectTimeoutMs,
    options: [
      `-c statement_timeout=${statementTimeoutMs}`,
      `-c idle_in_transaction_session_timeout=${idleInTransactionMs}`,
      '-c TimeZone=UTC -c DateStyle=ISO',
    ].join(' '),
    keepAlive: true,
    types: ownTypes,
  };
}

/** Longer than the server lets any statement take. */
const silenceMs = statementTimeoutMs + 10_000;

export interface OpenDatabase extends Database {
  /** Resolves when both pools are empty. */
  close(): Promise<void>;
}

/** Whatever fails rejects the query that asked; knex would print it beside the log as well. */
const silent = {
  warn: () => undefined,
  error: () => undefined,
  deprecate: () => undefined,
  debug: () => undefined,
};

/** Opens the two pools, each of at most `poolSize` connections (the rare one of two at least); connects only when asked something. */
export function openDatabase(
  connection: Connection,
  options: {
    poolSize: number;
    onIdleError: (error: Error) => void;
    /** How long the server may owe an answer, in milliseconds; 0: for ever. */
    silenceMs?: number;
  },
): OpenDatabase {
  const watch = (client: unknown): void => {
    endWhenSilent(client, options.silenceMs ?? silenceMs);
  };
  const hot = new Pool({ ...clientConfig(connection), max: options.poolSize });
  // Without a listener, a server that ends an idle connection would end the process.
  hot.on('error', options.onIdleError);
  hot.on('connect', watch);
  const rare: Knex = knex({
    client: 'pg',
    connection: clientConfig(connection) as Knex.PgConnectionConfig,
    // Two at least: whoever holds the start lock does its work on another connection.
    pool: {
      min: 0,
      max: Math.max(2, options.poolSize),
      afterCreate: (client: unknown, done: (error: Error | null, client: unknown) => void) => {
        watch(client);
        done(null, client);
      },
    },
    acquireConnectionTimeout: connectTimeoutMs,
    log: silent,
  });
  return {
    hot,
    knex: rare,
    close: async () => {
      await Promise.all([hot.end(), rare.destroy()]);
    },
  };
}
