import { chmod, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { dialects } from '../dialects';
import { openFoundation, type Foundation } from '../src/foundation';
import { systemClock } from '../src/platform/clock';
import { readConfig } from '../src/platform/config';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres';
import type { Options } from './options';
import { createProcesses, freePort, type Processes, type Subject } from './processes';
import { makeTokens, seedUsers, type SeededToken } from './seed';
import { wireOf, wires } from './wires';

/** What has to be undone, the last thing first, however the run ends. */
export type Undo = (() => Promise<unknown>)[];

async function makeFolder(undo: Undo): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'idiom-bench-'));
  undo.push(async () => {
    const elsewhere = await readFile(path.join(folder, 'pg-location'), 'utf8').catch(() => undefined);
    if (elsewhere !== undefined) {
      await rm(elsewhere.trim(), { recursive: true, force: true });
      // Kept, as it is not empty, where a real gateway has its data beside.
      await rmdir(path.dirname(elsewhere.trim())).catch(() => undefined);
    }
    await rm(folder, { recursive: true, force: true });
  });
  // Root runs the server as another user, who has to come in.
  await chmod(folder, 0o755);
  return folder;
}

async function keysForBare({ keys }: Foundation): Promise<{ secret: Uint8Array; publicKey: string }> {
  const [secret] = await keys.candidates('anqicms', undefined);
  const [publicKey] = await keys.candidates('cloudbase', undefined);
  if (secret === undefined || publicKey === undefined) throw new Error('a door has no key');
  return {
    secret: secret.export(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
}

export interface Stage {
  foundation: Foundation;
  processes: Processes;
  /** Door → the file of its tokens, one for each user. */
  files: ReadonlyMap<string, string>;
  startGateway(): Promise<Subject>;
  startBare(): Promise<Subject>;
  /** A few of a door's users. */
  sample(door: string): readonly SeededToken[];
}

/** A database with users in it, their tokens, and the two servers, not yet started. */
export async function prepareStage(
  options: Options,
  undo: Undo,
  say: (line: string) => void,
): Promise<Stage> {
  const doors =
    options.dialect === undefined ? wires.map(({ name }) => name) : [wireOf(options.dialect).name];
  const folder = await makeFolder(undo);
  const postgres = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  undo.push(() => postgres.stop());
  const { connection } = postgres;
  const gatewayPort = await freePort();
  const environment = {
    DATA_DIR: folder,
    DATABASE_URL: `postgres://${connection.user}@${encodeURIComponent(connection.host)}:${connection.port}/${connection.database}`,
    PUBLIC_URL: `http://127.0.0.1:${gatewayPort}`,
    LOG_LEVEL: 'info',
  };
  const config = readConfig(environment, dialects);
  const foundation = await openFoundation({
    config,
    connection,
    dialects,
    clock: systemClock,
    log: pino({ level: 'silent' }),
  });
  undo.push(() => foundation.close());

  say(`Making ${options.users.toLocaleString('en-US')} users, each with a session and a token at every door`);
  await seedUsers(foundation.database.hot, options.users, doors);
  const files = new Map<string, string>();
  const samples = new Map<string, readonly SeededToken[]>();
  for (const door of doors) {
    const tokens = await makeTokens(door, options.users, foundation);
    const file = path.join(folder, `tokens-${door}`);
    await writeFile(file, tokens.map(({ userId, token }) => `${userId} ${token}\n`).join(''));
    files.set(door, file);
    samples.set(door, tokens.slice(0, 4));
  }

  const processes = createProcesses(options.profile);
  undo.push(() => processes.stopAll());
  return {
    foundation,
    processes,
    files,
    startGateway: () => processes.startGateway(environment, gatewayPort, path.join(folder, 'gateway.log')),
    startBare: async () =>
      processes.startBare({
        connection,
        poolSize: config.databasePool,
        publicUrl: config.publicUrl,
        ...(await keysForBare(foundation)),
      }),
    sample: (door) => samples.get(door) ?? [],
  };
}
