import type { SendMailOptions } from 'nodemailer';
import type { Clock, Mailer } from '../../core';
import { parseMailbox, type Mailbox } from './mailbox';
import { createOutbox } from './outbox';
import { createSmtpDelivery } from './smtp';
import { parseSmtpUrl } from './smtp-url';
import { composeMail } from './texts';

export interface MailSettings {
  /** Absent: mails are written to `outboxFolder`. The form is that of `parseSmtpUrl`. */
  smtpUrl?: string | undefined;
  /** `address` or `Name <address>`. */
  from: string;
  /** Made, for the gateway's user alone, with the first mail. */
  outboxFolder: string;
  clock: Clock;
  /** How long the server may stay silent at each step. */
  timeLimitMilliseconds?: number;
}

function addressed(from: Mailbox, to: string): Pick<SendMailOptions, 'from' | 'to' | 'envelope'> {
  const recipient = parseMailbox(to);
  // As text, a comma in it would make two recipients of one.
  if (recipient === undefined || recipient.name !== '')
    throw new Error('the recipient is not one mail address');
  return { from, to: recipient, envelope: { from: from.address, to: [recipient.address] } };
}

/**
 * Sends through the SMTP server, or writes `.eml` files when there is none. `send` rejects when the server does not
 * take the mail: unreachable, silent beyond the time limit, without the TLS that the URL demands or with a certificate
 * that does not hold, refusing the credentials or the recipient. `close` lets mails that are under way finish for a
 * moment, then ends every connection; `send` rejects from then on.
 */
export function createMailer(settings: MailSettings): Mailer & { close(): Promise<void> } {
  const from = parseMailbox(settings.from);
  if (from === undefined) throw new Error('the sender is not one mail address');
  const server = settings.smtpUrl === undefined ? undefined : parseSmtpUrl(settings.smtpUrl);
  if (settings.smtpUrl !== undefined && server === undefined)
    throw new Error('the SMTP URL has an unknown form');
  const delivery =
    server === undefined
      ? createOutbox(settings.outboxFolder, settings.clock)
      : createSmtpDelivery(server, settings.timeLimitMilliseconds ?? 10_000);

  let closed = false;

  return {
    async send(message) {
      if (closed) throw new Error('the mailer is closed');
      await delivery.deliver({
        ...addressed(from, message.to),
        ...composeMail(message),
        date: settings.clock(),
        // Keeps the code readable on its line in every language: digits stay digits.
        textEncoding: 'quoted-printable',
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },

    async close() {
      closed = true;
      await delivery.close();
    },
  };
}
