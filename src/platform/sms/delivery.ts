import type { SmsMessage } from '../../core';

/** One SMS as it leaves the gateway; `docs/sms-webhook.md` promises its members to whoever receives it. */
export interface SmsDocument {
  /** Of this message, however often it is tried. */
  id: string;
  /** E.164. */
  to: string;
  /** The whole message in words, ready to send. */
  text: string;
  code: string;
  language: string;
  appName: string | null;
  purpose: SmsMessage['kind'];
  validMinutes: number;
  /** ISO 8601, UTC. */
  sentAt: string;
}

/** Hands finished messages over, or says why it cannot. */
export interface SmsDelivery {
  deliver(document: SmsDocument): Promise<void>;
  close(): Promise<void>;
}
