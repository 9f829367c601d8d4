import { Client } from 'pg';
import { openDatabase } from '../../src/platform/database';
import { runMigrations } from '../../src/platform/migrate';
import { serverVariable, templateDatabase } from './database';
import { installRecorder, recorderVariable } from './install-recorder';
import { startTestServer, type TestServer } from './postgres';

declare global {
  var idiomTestServer: TestServer | undefined;
}

/**
 * What the whole run shares: the recorder of processes, and one PostgreSQL server, on which each gateway of a test gets a
 * database of its own.
 */
export default async function setUp(): Promise<void> {
  process.env[recorderVariable] = await installRecorder();
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
