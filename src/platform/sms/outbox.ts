import type { Clock } from '../../core';
import { createOutboxFiles } from '../outbox-files';
import type { SmsDelivery } from './delivery';

/** Writes each message as a `sms-….json` file. */
export function createSmsOutbox(folder: string, clock: Clock): SmsDelivery {
  const write = createOutboxFiles(folder, clock, { prefix: 'sms-', extension: '.json' });
  return {
    deliver: (document) => write(Buffer.from(`${JSON.stringify(document, null, 2)}\n`)),
    close: () => Promise.resolve(),
  };
}
