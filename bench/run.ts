import { deepStrictEqual } from 'node:assert';
import { chmod, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { dialects } from '../dialects';
import { openFoundation, type Foundation } from '../src/foundation';
import { systemClock } from '../src/platform/clock';
import { readConfig } from '../src/platform/config';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres';
import { measure, type Subjects } from './measure';
import { help, readOptions, type Options } from './options';
import { createProcesses, freePort } from './processes';
import { makeTokens, seedUsers, type SeededToken } from './seed';
import { formatTable } from './table';
import { wireOf, wires } from './wires';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** What has to be undone, the last thing first, however the run ends. */
type Undo = (() => Promise<unknown>)[];

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

/** Both must answer the same person with the same body, or they did not do the same work. */
async function compareAnswers(subjects: Subjects, dialect: string, { token }: SeededToken): Promise<void> {
  const wire = wireOf(dialect);
  const [name = '', value = ''] = wire.credential(token).split(': ');
  const bodies = await Promise.all(
    [subjects.bare, subjects.idiom].map(async ({ port }) => {
      const response = await fetch(`http://127.0.0.1:${port}${wire.read.path}`, {
        headers: { [name]: value },
      });
      return response.json();
    }),
  );
  deepStrictEqual(bodies[1], bodies[0], `${dialect}: the two servers answer differently`);
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

async function countUpdates({ database }: Foundation): Promise<number> {
  const { rows } = await database.hot.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM history WHERE action = 'profile_updated'`,
  );
  return rows[0]?.count ?? NaN;
}

async function bench(options: Options, undo: Undo): Promise<void> {
  const doors =
    options.dialect === undefined ? wires.map(({ name }) => name) : [wireOf(options.dialect).name];
  const folder = await makeFolder(undo);
  const postgres = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  undo.push(() => postgres.stop());
  const { host, port: socketPort, user, database } = postgres.connection;
  const gatewayPort = await freePort();
  const environment = {
    DATA_DIR: folder,
    DATABASE_URL: `postgres://${user}@${encodeURIComponent(host)}:${socketPort}/${database}`,
    PUBLIC_URL: `http://127.0.0.1:${gatewayPort}`,
    LOG_LEVEL: 'info',
  };
  const config = readConfig(environment, dialects);
  const foundation = await openFoundation({
    config,
    connection: postgres.connection,
    dialects,
    clock: systemClock,
    log: pino({ level: 'silent' }),
  });
  undo.push(() => foundation.close());

  say(`Making ${options.users.toLocaleString('en-US')} users, each with a session at every door`);
  await seedUsers(foundation.database.hot, options.users, doors);
  const files = new Map<string, string>();
  const first = new Map<string, SeededToken[]>();
  for (const door of doors) {
    const tokens = await makeTokens(door, options.users, foundation);
    say(
      `${door}: a random one of ${tokens.length.toLocaleString('en-US')} users each time${tokens.length < options.users ? ', spread evenly over all of them' : ''}`,
    );
    const file = path.join(folder, `tokens-${door}`);
    await writeFile(file, tokens.map(({ userId, token }) => `${userId} ${token}\n`).join(''));
    files.set(door, file);
    first.set(door, tokens.slice(0, 4));
  }

  const processes = createProcesses(options.profile);
  undo.push(() => processes.stopAll());
  const subjects = {
    bare: await processes.startBare({
      connection: postgres.connection,
      poolSize: config.databasePool,
      publicUrl: config.publicUrl,
      ...(await keysForBare(foundation)),
    }),
    idiom: await processes.startGateway(environment, gatewayPort, path.join(folder, 'gateway.log')),
  };
  for (const [door, people] of first)
    for (const person of people) await compareAnswers(subjects, door, person);

  say(
    `${options.connections} connections, ${options.rounds} rounds of ${options.seconds} s for each server in turn, medians; Node ${process.versions.node}, ${cpus().length} cores shared by both sides and PostgreSQL (fsync on)\n`,
  );
  const before = await countUpdates(foundation);
  const { rows, peakMegabytes, updates } = await measure(options, subjects, files, processes.startLoad());
  const written = (await countUpdates(foundation)) - before;
  if (written !== updates) throw new Error(`${updates} updates were answered and ${written} written`);

  say(formatTable(rows));
  const busiest = Math.max(...rows.flatMap(({ bare, idiom }) => [bare.loadShare, idiom.loadShare]));
  say(`\nNo failed answer; ${updates.toLocaleString('en-US')} updates answered, and as many written.`);
  say(`The gateway's process held ${Math.round(peakMegabytes)} MB at most.`);
  say(`The load generator took ${Math.round(busiest * 100)} % of a core at most.`);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    say(help);
    return;
  }
  const undo: Undo = [];
  const undoAll = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void undoAll().then(() => process.exit(1)));
  try {
    await bench(options, undo);
  } finally {
    await undoAll();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
