import { findHeader, refuse, RequestError, type WireRequest } from '../../src/dialect';
import type { CaptchaDemand } from '../../src/core';

/** The members of a body; `null` counts as absent, and so does a body that is not there. */
export function membersOf({ body }: WireRequest): Record<string, unknown> {
  if (body instanceof RequestError) throw body;
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body))
    return refuse({ code: 'malformed_body', detail: 'not an object' });
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

/** Whether a body has a member, to tell the modes of a call apart before it is read. */
export function hasMember({ body }: WireRequest, name: string): boolean {
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return value !== undefined && value !== null;
}

/** SDKs send a captcha's pass in the query, the documentation in a header (reference 1, row 9). */
export function captchaOf(request: WireRequest): CaptchaDemand {
  const sent = [request.query.get('captcha_token'), findHeader(request, 'x-captcha-token')];
  const pass = sent.find((value) => typeof value === 'string' && value !== '');
  return { when: 'after_failures', ...(typeof pass === 'string' && { pass }) };
}

/** The client's side of `captchaOf`. */
export function sayCaptcha(captcha: CaptchaDemand | undefined): { query?: { captcha_token: string } } {
  return captcha?.pass === undefined ? {} : { query: { captcha_token: captcha.pass } };
}
