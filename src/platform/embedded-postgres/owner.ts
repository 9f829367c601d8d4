import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError } from './error';
import type { Home } from './folders';
import type { ServerLock } from './lock';
import { answers, isAlive, readServerLock } from './lock';

/**
 * Who has the data now. PostgreSQL's own lock knows the server only; the record beside it says which gateway the server
 * belongs to, because a server that outlives its gateway by a moment is no reason to refuse the next one.
 */
export type Owner =
  | { readonly kind: 'none' }
  /** A live gateway and its server. */
  | { readonly kind: 'gateway'; readonly gateway: number; readonly lock: ServerLock }
  /** A server on its way out, or about to be sent there by its guard, because its gateway is gone. */
  | { readonly kind: 'orphan'; readonly lock: ServerLock }
  /** A server that no record explains: one that is starting this very moment, or a stranger's. */
  | { readonly kind: 'stranger'; readonly lock: ServerLock };

/** The homes whose server belongs to this very process. */
const held = new Set<string>();

export async function recordOwner(home: Home, server: number): Promise<void> {
  held.add(home.folder);
  // Renamed into place, so that nobody ever reads half a record.
  const unfinished = `${recordOf(home)}.new-${String(process.pid)}`;
  await writeFile(unfinished, `${String(process.pid)} ${String(server)}\n`);
  await rename(unfinished, recordOf(home));
}

export function forgetOwner(home: Home): void {
  // The record stays: without the server that it names it means nothing, and removing it could hit a successor's.
  held.delete(home.folder);
}

export async function findOwner(home: Home): Promise<Owner> {
  const lock = await readServerLock(home.cluster);
  if (lock === undefined || !(await answers(lock))) return { kind: 'none' };
  const [gateway, server] = (await readFile(recordOf(home), 'utf8').catch(() => ''))
    .trim()
    .split(' ')
    .map(Number);
  if (gateway === undefined || server !== lock.pid) return { kind: 'stranger', lock };
  if (lock.status === 'stopping') return { kind: 'orphan', lock };
  // In a container every gateway tends to have the same process id: a record that names us, though we hold nothing, is
  // our predecessor's.
  const lives = gateway === process.pid ? held.has(home.folder) : isAlive(gateway);
  return lives ? { kind: 'gateway', gateway, lock } : { kind: 'orphan', lock };
}

export function refusal(home: Home, process: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The data folder ${home.dataDir} is in use by another gateway (process ${String(process)}); stop that one, or choose another DATA_DIR.`,
  );
}

function recordOf(home: Home): string {
  return path.join(home.folder, 'pg-owner');
}
