import { lstat, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerTree } from './binaries';
import { copyServerTree, programOf } from './binaries';
import { EmbeddedPostgresError, reasonOf } from './error';
import type { Home } from './folders';
import { findHome, homeAt, makeDataDir, makeSystemFolder, writePointer } from './folders';
import { findOwner, refusal } from './owner';
import type { Identity } from './run';
import { run } from './run';

/** Everything about a server that is settled before it starts: where, as whom, and with which programs. */
export interface Placement {
  readonly home: Home;
  readonly tree: ServerTree;
  readonly identity: Identity | undefined;
  /** Where the copy of the server tree lies, if there is one. */
  readonly copies: string | undefined;
  /** A temporary folder that the server's user can enter. */
  readonly temporary: string;
}

type Log = (message: string) => void;

const TWO_WAYS = 'run the gateway as an ordinary user, or set DATABASE_URL to a PostgreSQL server';

export async function settlePlacement(dataDir: string, packaged: ServerTree, log: Log): Promise<Placement> {
  const home = await findHome(await makeDataDir(dataDir));
  return process.getuid?.() === 0 ? settleAsRoot(home, packaged, log) : settleAsUser(home, packaged, log);
}

async function settleAsUser(home: Home, packaged: ServerTree, log: Log): Promise<Placement> {
  const owner = (await databaseIn(home))?.uid;
  if (home.folder !== home.dataDir || (owner !== undefined && owner !== process.getuid?.())) {
    throw new EmbeddedPostgresError(
      `The database of ${home.dataDir} was made by another user (root, or uid ${String(owner ?? 0)}); run as that user, choose another DATA_DIR, or set DATABASE_URL.`,
    );
  }
  const copies = packaged.complete ? undefined : home.folder;
  if (copies !== undefined)
    log(
      `${packaged.folder} lacks library links and cannot be written; using a copy of the server in ${copies}`,
    );
  const tree = copies === undefined ? packaged : await copyServerTree(packaged, copies);
  return { home, tree, identity: undefined, copies, temporary: tmpdir() };
}

/**
 * PostgreSQL refuses to run as root, so root needs a user for it; and what that user cannot reach (a project below a
 * private home folder) is kept in a folder of the system's. Nothing but the data and the socket folder changes hands.
 */
async function settleAsRoot(found: Home, packaged: ServerTree, log: Log): Promise<Placement> {
  const database = await databaseIn(found);
  // Data made by an ordinary user stays that user's, so that both can go on using it.
  const identity =
    database === undefined || database.uid === 0
      ? await chooseIdentity()
      : { uid: database.uid, gid: database.gid };
  try {
    const runs = packaged.complete && (await canRun(identity, packaged));
    const isNew = database === undefined && found.folder === found.dataDir;
    // A new database goes where the copy of the server has to go, so that all of it is in one place.
    const stays = (runs || !isNew) && (await canEnter(identity, found.folder));
    const home = stays ? found : await moveHome(found, isNew, log);
    const copies = runs ? undefined : await makeSystemFolder(home.dataDir);
    if (copies !== undefined)
      log(
        `Uid ${String(identity.uid)} cannot run ${programOf(packaged, 'postgres')}; using a copy of the server in ${copies}`,
      );
    const tree = copies === undefined ? packaged : await copyServerTree(packaged, copies);
    if (copies !== undefined && !(await canRun(identity, tree)))
      throw new Error(`uid ${String(identity.uid)} cannot run ${programOf(tree, 'postgres')}`);
    const temporary = (await canEnter(identity, tmpdir())) ? tmpdir() : '/tmp';
    return { home, tree, identity, copies, temporary };
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      `PostgreSQL does not run as root, and no other user can run it here (${reasonOf(error)}); ${TWO_WAYS}.`,
      { cause: error },
    );
  }
}

/** Chooses the system's folder for data that does not exist yet; data that does exist is never moved. */
async function moveHome(found: Home, isNew: boolean, log: Log): Promise<Home> {
  if (!isNew) throw new Error(`the owner of the database cannot enter ${found.folder}`);
  const home = homeAt(found.dataDir, await makeSystemFolder(found.dataDir));
  if ((await databaseIn(home)) !== undefined) {
    // DATA_DIR was removed to start afresh, and with it the pointer: the old database must not come back, nor be lost.
    const owner = await findOwner(home);
    if (owner.kind !== 'none') throw refusal(home, owner.kind === 'gateway' ? owner.gateway : owner.lock.pid);
    const aside = `${home.cluster}.until-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    await rename(home.cluster, aside);
    log(`${found.dataDir} is new; its former database was put aside as ${aside}`);
  }
  await writePointer(home);
  log(
    `PostgreSQL does not run as root, and its own user cannot reach the data folder or the programs; the database of ${home.dataDir} is kept in ${home.folder}`,
  );
  return home;
}

async function databaseIn(home: Home): Promise<Identity | undefined> {
  const versionFile = path.join(home.cluster, 'PG_VERSION');
  // The folder tells the owner even to those who may not look inside.
  const folder = await lstat(home.cluster).catch(() => undefined);
  if (folder === undefined) return undefined;
  const made = process.getuid?.() !== 0 || (await lstat(versionFile).catch(() => undefined)) !== undefined;
  return made ? { uid: folder.uid, gid: folder.gid } : undefined;
}

async function chooseIdentity(): Promise<Identity> {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((option) => run('id', [option, name])));
    if (uid?.code === 0 && gid?.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  return { uid: 65_534, gid: 65_534 };
}

// Both are tried out rather than computed from permissions, which know nothing of access lists and mount options.

async function canEnter(identity: Identity, folder: string): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { identity })).code === 0;
}

async function canRun(identity: Identity, tree: ServerTree): Promise<boolean> {
  return (await run(programOf(tree, 'postgres'), ['--version'], { identity })).code === 0;
}
