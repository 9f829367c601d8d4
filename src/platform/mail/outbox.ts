import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Clock } from '../../core';
import { writeFileAtomically } from '../atomic-file';
import type { Delivery } from './smtp';

/**
 * Writes each mail as an `.eml` file that only the gateway's user can read. The names sort in the order of sending:
 * UTC time, a running number for mails of one moment, and random characters against other processes.
 */
export function createOutbox(folder: string, clock: Clock): Delivery {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    // Files are for the people and scripts of this machine, who search them line by line.
    newline: 'unix',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let count = 0;

  return {
    async deliver(mail) {
      count += 1;
      const time = clock().toISOString().replace(/[-:.]/g, '');
      const name = `${time}-${String(count).padStart(6, '0')}-${randomBytes(4).toString('hex')}.eml`;
      const { message } = await transport.sendMail(mail);
      if (!Buffer.isBuffer(message)) throw new TypeError('the stream transport gave no buffer');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileAtomically(join(folder, name), message, 0o600);
    },

    close: () => Promise.resolve(),
  };
}
