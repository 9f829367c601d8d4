import { createTransport } from 'nodemailer';
import type { Clock } from '../../core';
import { createOutboxFiles } from '../outbox-files';
import type { Delivery } from './smtp';

/** Writes each mail as an `.eml` file. */
export function createOutbox(folder: string, clock: Clock): Delivery {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    // Files are for the people and scripts of this machine, who search them line by line.
    newline: 'unix',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const write = createOutboxFiles(folder, clock, { prefix: '', extension: '.eml' });

  return {
    async deliver(mail) {
      const { message } = await transport.sendMail(mail);
      if (!Buffer.isBuffer(message)) throw new TypeError('the stream transport gave no buffer');
      await write(message);
    },

    close: () => Promise.resolve(),
  };
}
