import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedPostgresError, reasonOf, systemCode } from './error';
import type { Identity } from './run';

/** Where the database of one DATA_DIR lies. */
export interface Home {
  /** DATA_DIR itself, absolute and free of links. */
  readonly dataDir: string;
  /** DATA_DIR, or a folder of the system's that DATA_DIR points to. */
  readonly folder: string;
  /** PostgreSQL's own data folder. */
  readonly cluster: string;
}

/** Where root keeps what the server's user could not reach otherwise. */
const SYSTEM_FOLDER = '/var/lib/idiom';
const POINTER = 'pg-location';

/** Only a file name here, as nothing listens on TCP. */
export const PORT = 5432;

/** How long a socket's path may be, in bytes: what `sun_path` holds, without its final zero. */
const LONGEST_SOCKET_PATH = process.platform === 'darwin' ? 103 : 107;

/** Makes DATA_DIR if it is missing, and resolves it. */
export async function makeDataDir(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    return await realpath(dataDir);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The data folder ${path.resolve(dataDir)} cannot be used: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

/** The home that DATA_DIR has already, or would have if nothing stood in the way. `dataDir` is resolved. */
export async function findHome(dataDir: string): Promise<Home> {
  // postmaster.pid is read by lines, and one of them is the path.
  if (/\p{Cc}/u.test(dataDir))
    throw new EmbeddedPostgresError(
      `The data folder ${JSON.stringify(dataDir)} has control characters in its name; choose another.`,
    );
  const pointer = await readFile(path.join(dataDir, POINTER), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new EmbeddedPostgresError(`The data folder ${dataDir} cannot be read: ${reasonOf(error)}`, {
      cause: error,
    });
  });
  if (pointer === undefined) return homeAt(dataDir, dataDir);
  const folder = pointer.trim();
  // Root follows the pointer and gives folders away there: whoever may write DATA_DIR must not choose the place.
  if (path.dirname(folder) !== SYSTEM_FOLDER || !/^[0-9a-f]{16}$/.test(path.basename(folder))) {
    throw new EmbeddedPostgresError(
      `${path.join(dataDir, POINTER)} does not name a folder of ${SYSTEM_FOLDER}; remove that file to start with an empty database.`,
    );
  }
  return homeAt(dataDir, folder);
}

export function homeAt(dataDir: string, folder: string): Home {
  return { dataDir, folder, cluster: path.join(folder, 'pg') };
}

/** The folder of the system's that is kept for this DATA_DIR. Made for root only, and open for entering only. */
export async function makeSystemFolder(dataDir: string): Promise<string> {
  const folder = path.join(SYSTEM_FOLDER, shortHash(dataDir));
  await mkdir(folder, { recursive: true });
  // Whatever the umask was: the server's user must pass through.
  await chmod(SYSTEM_FOLDER, 0o755);
  await chmod(folder, 0o755);
  return folder;
}

export async function writePointer(home: Home): Promise<void> {
  await writeFile(path.join(home.dataDir, POINTER), `${home.folder}\n`);
}

/** The folder for the socket: beside the data, or a short one in `temporary` when that path would be too long for a socket. */
export function socketFolderOf(home: Home, identity: Identity | undefined, temporary: string): string {
  const beside = path.join(home.folder, 'pg-socket');
  if (fitsSocket(beside)) return beside;
  const uid = identity?.uid ?? process.getuid?.() ?? 0;
  const short = `idiom-${String(uid)}-${shortHash(home.folder)}`;
  return (
    [temporary, tmpdir()].map((parent) => path.join(parent, short)).find(fitsSocket) ??
    path.join('/tmp', short)
  );
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, `.s.PGSQL.${String(PORT)}`)) <= LONGEST_SOCKET_PATH;
}

/**
 * Makes a folder that only `identity` (and root) can enter, or accepts one that is so already. The server trusts whoever
 * reaches its socket, and the temporary folder is everybody's, so a folder made by someone else is refused.
 */
export async function makePrivateFolder(folder: string, identity: Identity | undefined): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST')
      throw new EmbeddedPostgresError(`The folder ${folder} cannot be made: ${reasonOf(error)}`, {
        cause: error,
      });
  }
  const found = await lstat(folder);
  const self = process.getuid?.() ?? 0;
  const owner = identity?.uid ?? self;
  if (!found.isDirectory() || (found.uid !== self && found.uid !== owner)) {
    throw new EmbeddedPostgresError(
      `${folder} belongs to someone else; remove it, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
  if (identity !== undefined && found.uid !== owner) await chown(folder, identity.uid, identity.gid);
  if ((found.mode & 0o777) !== 0o700) await chmod(folder, 0o700);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
