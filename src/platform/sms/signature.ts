import { createHmac } from 'node:crypto';

/**
 * What shows that a body is ours and fresh: `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body" under the secret, in hex>`.
 * The promise is in `docs/sms-webhook.md`.
 */
export function signBody(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}
