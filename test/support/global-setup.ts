import { Client } from 'pg';
import { openDatabase } from '../../src/platform/database';
import { runMigrations } from '../../src/platform/migrate';
import { serverVariable, templateDatabase } from './database';
import { startTestServer, type TestServer } from './postgres';

declare global {
  var idiomTestServer: TestServer | undefined;
}

/** One PostgreSQL server for the whole run; each gateway of a test gets a database of its own on it. */
export default async function setUp(): Promise<void> {
  const server = await startTestServer();
  globalThis.idiomTestServer = server;
  process.env[serverVariable] = JSON.stringify(server.connection);
  const client = new Client(server.connection);
  await client.connect();
  await client.query(`CREATE DATABASE ${templateDatabase}`);
  await client.end();
  const database = openDatabase(
    { ...server.connection, database: templateDatabase },
    { poolSize: 2, onIdleError: () => undefined },
  );
  await runMigrations(database.knex);
  await database.close();
}
