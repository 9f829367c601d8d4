import { randomUUID } from 'node:crypto';
import type { Clock, CoreLog, SmsSender } from '../../core';
import { createSmsOutbox } from './outbox';
import { composeSms } from './texts';
import { createWebhookDelivery, usualTiming, type WebhookTiming } from './webhook';
import { parseWebhookUrl } from './webhook-url';

export interface SmsSettings {
  /** Absent: messages are written to `outboxFolder`. The form is that of `parseWebhookUrl`. */
  webhookUrl?: string | undefined;
  /** Signs what is posted; absent: nothing is signed. */
  secret?: string | undefined;
  /** Made, for the gateway's user alone, with the first message. */
  outboxFolder: string;
  clock: Clock;
  log: CoreLog;
  timing?: Partial<WebhookTiming>;
}

/**
 * Posts each message to the webhook, as `docs/sms-webhook.md` describes, or writes `sms-….json` files with the same
 * content when there is none. `send` rejects when the webhook did not answer 2xx within ten seconds and three tries.
 * `close` lets messages that are under way finish for a moment, then ends them; `send` rejects from then on.
 */
export function createSmsSender(settings: SmsSettings): SmsSender & { close(): Promise<void> } {
  const { clock, log, secret } = settings;
  const target = settings.webhookUrl === undefined ? undefined : parseWebhookUrl(settings.webhookUrl);
  if (settings.webhookUrl !== undefined && target === undefined)
    throw new Error('the SMS webhook URL has an unknown form');
  const delivery =
    target === undefined
      ? createSmsOutbox(settings.outboxFolder, clock)
      : createWebhookDelivery(target, { secret, clock, log, timing: { ...usualTiming, ...settings.timing } });
  let closed = false;

  return {
    async send(message) {
      if (closed) throw new Error('the SMS sender is closed');
      await delivery.deliver({
        id: randomUUID(),
        to: message.to,
        text: composeSms(message),
        code: message.code,
        language: message.language,
        appName: message.appName,
        purpose: message.kind,
        validMinutes: message.validMinutes,
        sentAt: clock().toISOString(),
      });
    },

    async close() {
      closed = true;
      await delivery.close();
    },
  };
}
