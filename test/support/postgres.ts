import { chmod, mkdtemp, readFile, realpath, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EmbeddedConnection } from '../../src/platform/embedded-postgres';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { readServerLock, servesCluster } from '../../src/platform/embedded-postgres/lock';

export interface TestServer {
  readonly connection: EmbeddedConnection;
  /** Takes the server down and removes everything it kept. */
  stop(): Promise<void>;
}

/** An empty database of its own in a temporary folder, fast because nothing in it needs to outlive a power cut. */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
  // Root runs the server as another user, who has to come in.
  await chmod(dataDir, 0o755);
  try {
    const server = await startEmbeddedPostgres({
      dataDir,
      log: () => undefined,
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    });
    return {
      connection: server.connection,
      async stop() {
        await server.stop();
        await removeDataDir(dataDir);
      },
    };
  } catch (error) {
    await removeDataDir(dataDir);
    throw error;
  }
}

/** A server whose gateway was killed goes down a moment after it, and writes its last files until then. */
async function serverIsGone(cluster: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const lock = await readServerLock(cluster);
    if (lock === undefined || (await servesCluster(lock.pid, cluster)) === 'no') return;
    if (Date.now() > deadline) throw new Error(`the server ${lock.pid} in ${cluster} does not end`);
    await delay(20);
  }
}

/** Removes a data folder, and what root may have had to keep elsewhere for it, once no server works in it any more. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const pointer = await readFile(path.join(dataDir, 'pg-location'), 'utf8').catch(() => undefined);
  const elsewhere = pointer?.trim();
  await serverIsGone(path.join(elsewhere ?? (await realpath(dataDir).catch(() => dataDir)), 'pg'));
  if (elsewhere !== undefined) {
    await rm(elsewhere, { recursive: true, force: true });
    // Kept, as it is not empty, where a real gateway has its data beside.
    await rmdir(path.dirname(elsewhere)).catch(() => undefined);
  }
  await rm(dataDir, { recursive: true, force: true });
}
