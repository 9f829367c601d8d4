import type { Result, UserRecord } from '../../src/core';
import type { Cookie, Meta, WireResponse } from '../../src/dialect';
import type { Speak } from './messages';
import { asksToRemember } from './requests';
import type { AnqicmsSite } from './site';
import { fullAvatarUrl, wireUser } from './vocabulary';

const day = 86_400;

/** The envelope of a success; members in alphabetical order, `data` absent where the route has none (reference 2.1). */
export function success(msg: string, data?: object): WireResponse {
  return { status: 200, body: data === undefined ? { code: 0, msg } : { code: 0, data, msg } };
}

/** The envelope of a failure: HTTP 200 whatever went wrong in the application. */
export function failure(msg: string, code = -1, status = 200): WireResponse {
  return { status, body: { code, msg } };
}

function tokenCookie(value: string, maxAge: number): Cookie {
  return { name: 'token', value, maxAge };
}

/** The cookie lives for a day, or for 30 with `remember`; the token in it for 30 either way (reference 4.1, 6). */
export function writeLogin(result: Result<'signIn'>, meta: Meta, site: AnqicmsSite): WireResponse {
  const token = result.grant.accessToken;
  const lifetime = asksToRemember(meta.request) ? 30 * day : day;
  return {
    ...success('', wireUser(result, site, { token, withLinks: false })),
    cookies: [tokenCookie(token, lifetime)],
  };
}

export function writeRegistration(result: Result<'registerUser'>, site: AnqicmsSite): WireResponse {
  const token = result.grant?.accessToken ?? '';
  return {
    ...success('', wireUser(result, site, { token, withLinks: false })),
    ...(token === '' ? {} : { cookies: [tokenCookie(token, day)] }),
  };
}

export function writeUser(record: UserRecord, site: AnqicmsSite): WireResponse {
  return success('', wireUser(record, site, { token: '', withLinks: true }));
}

export function writeUpdated(meta: Meta, speak: Speak): WireResponse {
  return success(speak('SaveSuccessfully', meta.request));
}

export function writeAvatar(
  { avatar }: Result<'replaceAvatar'>,
  meta: Meta,
  site: AnqicmsSite,
  speak: Speak,
): WireResponse {
  return success(speak('UploadCompleted', meta.request), {
    avatar_url: fullAvatarUrl(avatar, site.publicUrl),
  });
}
