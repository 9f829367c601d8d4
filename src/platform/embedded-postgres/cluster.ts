import { access, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { programOf } from './binaries';
import { EmbeddedPostgresError } from './error';
import type { Home } from './folders';
import { makePrivateFolder } from './folders';
import { isAlive } from './lock';
import type { Placement } from './placement';
import type { Outcome } from './run';
import { run } from './run';

/** The database, and the superuser that it belongs to. */
export const DATABASE = 'idiom';
export const USER = 'idiom';

/**
 * Makes the database unless it exists. It is made aside and renamed into place when complete: neither a crash nor a
 * second gateway starting at the same time ever leaves half a database behind.
 */
export async function ensureCluster(
  placement: Placement,
  options: { sync: boolean },
): Promise<'made' | 'found'> {
  const { home, identity, tree } = placement;
  if (await hasCluster(home)) return 'found';
  await dropUnfinished(home);
  const unfinished = `${home.cluster}.new-${String(process.pid)}`;
  try {
    await makePrivateFolder(unfinished, identity);
    const made = await run(programOf(tree, 'initdb'), initdbArguments(unfinished, options.sync), {
      identity,
    });
    if (made.code !== 0) throw failure('initdb', made);
    const created = await run(
      programOf(tree, 'postgres'),
      [...singleUserArguments(unfinished, options.sync), 'postgres'],
      {
        identity,
        input: `CREATE DATABASE ${DATABASE} OWNER ${USER};\n`,
      },
    );
    if (created.code !== 0) throw failure('CREATE DATABASE', created);
    await rename(unfinished, home.cluster);
    return 'made';
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another gateway was faster; its database is as good as ours.
    if (await hasCluster(home)) return 'found';
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      `The database could not be put in ${home.cluster}; make sure that folder is empty or absent, and its parent writable.`,
      { cause: error },
    );
  }
}

function initdbArguments(folder: string, sync: boolean): string[] {
  return [
    ['-D', folder],
    ['-U', USER],
    // Who may connect is decided by the folder around the socket; TCP is off, and stays refused should anyone turn it on.
    ['--auth-local=trust', '--auth-host=reject'],
    // Unicode rules that come with the server: text sorts and folds the same on every host, and no update of the
    // host's locales can ever break an index.
    ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ['--no-instructions'],
    sync ? [] : ['--no-sync'],
  ].flat();
}

function singleUserArguments(folder: string, sync: boolean): string[] {
  // Without exit_on_error a failed statement would still end in success.
  return ['--single', '-D', folder, '-c', 'exit_on_error=on', '-c', `fsync=${sync ? 'on' : 'off'}`];
}

async function hasCluster(home: Home): Promise<boolean> {
  return access(path.join(home.cluster, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/** Removes what gateways that were killed in the middle of this left behind. */
async function dropUnfinished(home: Home): Promise<void> {
  const prefix = `${path.basename(home.cluster)}.new-`;
  for (const name of await readdir(home.folder)) {
    if (!name.startsWith(prefix)) continue;
    const maker = Number(name.slice(prefix.length));
    if (maker !== process.pid && isAlive(maker)) continue;
    await rm(path.join(home.folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function failure(step: string, outcome: Outcome): EmbeddedPostgresError {
  const lines = outcome.errors.trim().split('\n');
  const telling = lines.find((line) => /error:|FATAL:|PANIC:/.test(line)) ?? lines.at(-1) ?? '';
  return new EmbeddedPostgresError(
    `The embedded database could not be made (${step}): ${telling === '' ? `exit code ${String(outcome.code)}` : telling}`,
  );
}
