import type { HistoryRow, Result } from '../../../src/core';
import type { HeardResponse, Meta, WireResponse } from '../../../src/dialect';
import { pageSizeOf } from '../requests/history';
import { redirectOf } from '../requests/security';
import { nothing } from '../responses';

/** `/user/sudo` of reference 9.1. */
export function writeSudo({ sudoToken, expiresInSeconds }: Result<'confirmCaller'>): WireResponse {
  return { status: 200, body: { sudo_token: sudoToken, expires_in: expiresInSeconds } };
}

export function hearSudo({ body }: HeardResponse): Result<'confirmCaller'> {
  const heard = body as { sudo_token: string; expires_in: number };
  return { sudoToken: heard.sudo_token, expiresInSeconds: heard.expires_in };
}

/** `/verification` of reference 10.1. `is_user` tells SDKs whether to sign in or up. */
export function writeCodeRequest(result: Result<'requestCode'>): WireResponse {
  const { verificationId, expiresInSeconds, registered } = result;
  return {
    status: 200,
    body: { verification_id: verificationId, expires_in: expiresInSeconds, is_user: registered },
  };
}

export function hearCodeRequest({ body }: HeardResponse): Result<'requestCode'> {
  const heard = body as { verification_id: string; expires_in: number; is_user: boolean };
  return {
    verificationId: heard.verification_id,
    expiresInSeconds: heard.expires_in,
    registered: heard.is_user,
  };
}

/** `/verification/verify` of reference 10.2. */
export function writeRedemption({ proofToken, expiresInSeconds }: Result<'redeemCode'>): WireResponse {
  return { status: 200, body: { verification_token: proofToken, expires_in: expiresInSeconds } };
}

export function hearRedemption({ body }: HeardResponse): Result<'redeemCode'> {
  const heard = body as { verification_token: string; expires_in: number };
  return { proofToken: heard.verification_token, expiresInSeconds: heard.expires_in };
}

/** `/captcha/data` of reference 11. SDKs add the `state` that they sent to the picture themselves. */
export function writeCaptcha({ captchaId, image, expiresInSeconds }: Result<'createCaptcha'>): WireResponse {
  return {
    status: 200,
    body: {
      data: `data:image/gif;base64,${image.toString('base64')}`,
      type: 'image',
      token: captchaId,
      expires_in: expiresInSeconds,
    },
  };
}

export function hearCaptcha({ body }: HeardResponse): Result<'createCaptcha'> {
  const heard = body as { data: string; token: string; expires_in: number };
  const image = Buffer.from(heard.data.slice(heard.data.indexOf(',') + 1), 'base64');
  return { captchaId: heard.token, image, expiresInSeconds: heard.expires_in };
}

/** `/captcha/data/verify` of reference 11. */
export function writeCaptchaPass({ captchaPass, expiresInSeconds }: Result<'checkCaptcha'>): WireResponse {
  return { status: 200, body: { captcha_token: captchaPass, expires_in: expiresInSeconds } };
}

export function hearCaptchaPass({ body }: HeardResponse): Result<'checkCaptcha'> {
  const heard = body as { captcha_token: string; expires_in: number };
  return { captchaPass: heard.captcha_token, expiresInSeconds: heard.expires_in };
}

/** `/user/signout` of reference 12: where the client asked to be led, with its `state`. */
export function writeSignOut(meta: Meta): WireResponse {
  const redirect = redirectOf(meta.request);
  return redirect === undefined ? nothing : { status: 200, body: { redirect_uri: redirect } };
}

function writeEntry({ id, address, userAgent, clientId, deviceId, at, door }: HistoryRow) {
  return {
    id,
    ip: address ?? '',
    user_agent: userAgent ?? '',
    client_id: clientId ?? '',
    device_id: deviceId ?? '',
    created_at: at.toISOString(),
    meta: { from: door },
  };
}

/** `/user/security/history` of reference 12; the wrapper is ours. `page_token` is there while there is more. */
export function writeHistory({ entries }: Result<'listHistory'>, meta: Meta): WireResponse {
  const page = entries.slice(0, pageSizeOf(meta.request));
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      data: page.map(writeEntry),
      ...(page.length < entries.length && last !== undefined && { page_token: last.id }),
    },
  };
}

export function hearHistory({ body }: HeardResponse): { entries: readonly { id: string; at: Date }[] } {
  const { data } = body as { data: readonly { id: string; created_at: string }[] };
  return { entries: data.map(({ id, created_at }) => ({ id, at: new Date(created_at) })) };
}
