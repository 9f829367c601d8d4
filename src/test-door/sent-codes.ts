import { foldKey, type Clock, type Mailer, type SmsSender } from '../core';

/** A code as it went out. */
export interface SentCode {
  code: string;
  sentAt: Date;
  /** The address beside it that does the same. */
  link?: string;
}

export interface SentCodes {
  /** The last code that was accepted for delivery to this address or number. */
  find(to: string): SentCode | undefined;
  forget(to: string): void;
  /** The same mailer, whose codes are kept. */
  tapMailer(mailer: Mailer): Mailer;
  /** The same sender, whose codes are kept. */
  tapSms(sms: SmsSender): SmsSender;
}

/** Keeps the last code of each of the latest `capacity` addresses and numbers, in memory and nowhere else. */
export function createSentCodes(clock: Clock, capacity = 1_000): SentCodes {
  const byTarget = new Map<string, SentCode>();

  function keep(to: string, { code, link }: { code: string; link?: string }): void {
    const key = foldKey(to);
    // A Map iterates in the order of insertion: the latest stands last.
    byTarget.delete(key);
    byTarget.set(key, { code, sentAt: clock(), ...(link !== undefined && { link }) });
    const [oldest] = byTarget.keys();
    if (byTarget.size > capacity && oldest !== undefined) byTarget.delete(oldest);
  }

  return {
    find: (to) => byTarget.get(foldKey(to)),
    forget: (to) => {
      byTarget.delete(foldKey(to));
    },
    tapMailer: (mailer) => ({
      async send(message) {
        await mailer.send(message);
        if (message.kind === 'verification_code') keep(message.to, message);
      },
    }),
    tapSms: (sms) => ({
      async send(message) {
        await sms.send(message);
        keep(message.to, message);
      },
    }),
  };
}
