import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../core';
import { writeFileAtomically } from './atomic-file';

/** How the files of one kind are called, around what they sort by. */
export interface OutboxNames {
  prefix: string;
  /** With its dot. */
  extension: string;
}

/**
 * Writes each message as a file that only the gateway's user can read, in a folder that is made with the first. The
 * names sort in the order of writing: UTC time, a running number for messages of one moment, and random characters
 * against other processes.
 */
export function createOutboxFiles(
  folder: string,
  clock: Clock,
  names: OutboxNames,
): (content: Uint8Array) => Promise<void> {
  let count = 0;

  return async (content) => {
    count += 1;
    const time = clock().toISOString().replace(/[-:.]/g, '');
    const order = `${time}-${String(count).padStart(6, '0')}-${randomBytes(4).toString('hex')}`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomically(join(folder, `${names.prefix}${order}${names.extension}`), content, 0o600);
  };
}
