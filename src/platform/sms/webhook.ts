import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, CoreLog } from '../../core';
import type { SmsDelivery, SmsDocument } from './delivery';
import { post } from './post';
import { signBody } from './signature';
import type { WebhookTarget } from './webhook-url';

/** All in milliseconds. */
export interface WebhookTiming {
  /** For one message, its waits included. */
  total: number;
  /** For one try. */
  perTry: number;
  /** Before the second try; twice as long before the third. */
  backOff: number;
  /** How long messages that are under way may still take when the gateway stops. */
  closing: number;
}

export const usualTiming: WebhookTiming = { total: 10_000, perTry: 3_000, backOff: 250, closing: 2_000 };

const mostTries = 3;

/** A try that failed; `again` when the same message may succeed later, `waitMs` when the other side said how much later. */
interface Failure {
  error: Error;
  again: boolean;
  waitMs?: number;
}

/** Milliseconds from now, read from seconds or a date (RFC 9110, 10.2.3); undefined when it is neither. */
function readRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? undefined : Math.max(0, until - now.getTime());
}

/**
 * Posts each message as JSON until a try is answered with 2xx. Tries again, three times in all and never beyond the time
 * limit, after 5xx, 429, a broken connection and silence, not before the time that `Retry-After` names; gives up at once
 * after any other answer, redirects included. Errors and log lines name neither the address nor the message.
 */
export function createWebhookDelivery(
  { url, authorization }: WebhookTarget,
  settings: { secret?: string | undefined; clock: Clock; log: CoreLog; timing: WebhookTiming },
): SmsDelivery {
  const { secret, clock, log, timing } = settings;
  const stop = new AbortController();
  const underway = new Set<Promise<void>>();

  async function attempt(body: string, id: string, timeLeftMs: number): Promise<Failure | undefined> {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': id,
      'user-agent': 'idiom',
      ...(authorization === null ? {} : { authorization }),
      ...(secret === undefined ? {} : { 'x-idiom-signature': signBody(body, secret, clock()) }),
    };
    try {
      const timeLimitMilliseconds = Math.max(1, Math.min(timing.perTry, Math.floor(timeLeftMs)));
      const answer = await post(url, body, { headers, timeLimitMilliseconds, signal: stop.signal });
      if (answer.status >= 200 && answer.status < 300) return undefined;
      const waitMs = readRetryAfter(answer.retryAfter, clock());
      return {
        error: new Error(`the SMS webhook answered ${answer.status}`),
        again: answer.status >= 500 || answer.status === 429,
        ...(waitMs === undefined ? {} : { waitMs }),
      };
    } catch (cause) {
      const error = new Error('the SMS webhook could not be reached', { cause });
      return { error, again: !stop.signal.aborted };
    }
  }

  async function deliver(document: SmsDocument): Promise<void> {
    const body = JSON.stringify(document);
    const end = performance.now() + timing.total;
    for (let tries = 1; ; tries += 1) {
      const failure = await attempt(body, document.id, end - performance.now());
      if (failure === undefined) return;
      const backOffMs = timing.backOff * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
      const waitMs = Math.max(failure.waitMs ?? 0, backOffMs);
      if (!failure.again || tries === mostTries || performance.now() + waitMs >= end) throw failure.error;
      log.warn({ err: failure.error, id: document.id, tries }, 'an SMS was not accepted and is tried again');
      await sleep(waitMs, undefined, { signal: stop.signal }).catch(() => {
        throw failure.error;
      });
    }
  }

  return {
    async deliver(document) {
      const delivering = deliver(document);
      underway.add(delivering);
      try {
        await delivering;
      } finally {
        underway.delete(delivering);
      }
    },

    async close() {
      const enough = new AbortController();
      await Promise.race([
        Promise.allSettled(underway),
        // Ended early when everything has settled; there is nothing to hear of then.
        sleep(timing.closing, undefined, { signal: enough.signal }).catch(() => undefined),
      ]);
      enough.abort();
      stop.abort();
    },
  };
}
