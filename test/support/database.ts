import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Connection } from '../../src/platform/database';

/** Where the global set-up leaves the socket of the test server, and the database that new ones are copied from. */
export const serverVariable = 'IDIOM_TEST_SERVER';
export const templateDatabase = 'idiom_template';

type SocketConnection = Extract<Connection, { host: string }>;

function testServer(): SocketConnection {
  const text = process.env[serverVariable];
  if (text === undefined) throw new Error('the test server is not running: see test/support/global-setup.ts');
  return JSON.parse(text) as SocketConnection;
}

async function onServer(statement: string): Promise<void> {
  const client = new Client(testServer());
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A new database with the schema in it. `drop` ends whatever is still connected to it. */
export async function createDatabase(
  options: { empty?: boolean } = {},
): Promise<{ connection: SocketConnection; drop: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(
    `CREATE DATABASE ${name} TEMPLATE ${options.empty === true ? 'template0' : templateDatabase}`,
  );
  return {
    connection: { ...testServer(), database: name },
    drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}
