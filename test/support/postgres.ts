import { chmod, mkdtemp, readFile, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EmbeddedConnection } from '../../src/platform/embedded-postgres';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres';

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

/** Removes a data folder, and what root may have had to keep elsewhere for it. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const elsewhere = await readFile(path.join(dataDir, 'pg-location'), 'utf8').catch(() => undefined);
  if (elsewhere !== undefined) {
    await rm(elsewhere.trim(), { recursive: true, force: true });
    // Kept, as it is not empty, where a real gateway has its data beside.
    await rmdir(path.dirname(elsewhere.trim())).catch(() => undefined);
  }
  await rm(dataDir, { recursive: true, force: true });
}
