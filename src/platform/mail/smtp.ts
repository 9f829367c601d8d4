import { createTransport, type SendMailOptions } from 'nodemailer';
import type { SmtpServer } from './smtp-url';

/** Hands finished mails over, or says why it cannot. */
export interface Delivery {
  deliver(mail: SendMailOptions): Promise<void>;
  close(): Promise<void>;
}

/** How long mails that are under way may still take when the gateway stops. */
const closingMilliseconds = 2_000;

/**
 * Delivers over pooled connections. `timeLimitMilliseconds` bounds connecting, the greeting and every silence of the
 * server; one mail, its wait for a free connection included, takes at most three times as long.
 */
export function createSmtpDelivery(server: SmtpServer, timeLimitMilliseconds: number): Delivery {
  const { auth, ...connection } = server;
  const transport = createTransport({
    ...connection,
    ...(auth === null ? {} : { auth }),
    pool: true,
    connectionTimeout: timeLimitMilliseconds,
    dnsTimeout: timeLimitMilliseconds,
    greetingTimeout: timeLimitMilliseconds,
    socketTimeout: timeLimitMilliseconds,
    // Below the limit on silence, so that an unused connection ends with a QUIT.
    idleTimeout: timeLimitMilliseconds / 2,
    socketCloseTimeout: 1_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const underway = new Set<Promise<unknown>>();

  return {
    async deliver(mail) {
      const sending = transport.sendMail({ ...mail, signal: AbortSignal.timeout(3 * timeLimitMilliseconds) });
      underway.add(sending);
      try {
        await sending;
      } finally {
        underway.delete(sending);
      }
    },

    async close() {
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise((resolve) => (timer = setTimeout(resolve, closingMilliseconds)));
      await Promise.race([Promise.allSettled(underway), enough]);
      clearTimeout(timer);
      transport.close({ force: true });
    },
  };
}
