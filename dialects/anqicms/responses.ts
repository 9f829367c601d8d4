import type { Result, UserRecord } from '../../src/core';
import type { Cookie, Meta, WireRequest, WireResponse } from '../../src/dialect';
import type { Speak } from './messages';
import { messagePage } from './pages';
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

export function noSuchCall(): WireResponse {
  return failure('Not Found', -1, 404);
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

/** Without a session, because the address is to be verified first, there is no token, no cookie and a text. */
export function writeRegistration(
  result: Result<'registerUser'>,
  { request }: Meta,
  site: AnqicmsSite,
  speak: Speak,
): WireResponse {
  if (result.grant === null) {
    const user = wireUser(result, site, { token: '', withLinks: false });
    return success(speak('PleaseVerifyEmail', request), user);
  }
  const token = result.grant.accessToken;
  return {
    ...success('', wireUser(result, site, { token, withLinks: false })),
    cookies: [tokenCookie(token, day)],
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

/** As JSON when the query asks for it, else as a page with the same text (reference 4.3, 4.6). */
export function showMessage(response: WireResponse, request: WireRequest, site: AnqicmsSite): WireResponse {
  if (request.query.get('return') === 'json') return response;
  const { code, msg } = response.body as { code: number; msg: string };
  const { body: _, headers, ...rest } = response;
  const page = messagePage(msg, site, { goesHome: code === 0 || response.cookies !== undefined });
  return { ...page, ...rest, headers: { ...page.headers, ...headers } };
}

/** The code 1001 is the server's: its clients take it for "now signed out" (reference 4.3). */
export function writeSignedOut({ request }: Meta, site: AnqicmsSite, speak: Speak): WireResponse {
  const answer = { ...failure(speak('LoggedOut', request), site.logoutCode), cookies: [tokenCookie('', 0)] };
  return showMessage(answer, request, site);
}

export function writeVerified(
  { grant }: Result<'verifyEmailByLink'>,
  { request }: Meta,
  site: AnqicmsSite,
  speak: Speak,
): WireResponse {
  const answer = {
    ...success(speak('verificationSuccessful', request)),
    cookies: [tokenCookie(grant.accessToken, day)],
  };
  return showMessage(answer, request, site);
}

/** `state=exist` is answered with JSON whatever the query asks for (reference 4.6). */
export function writeExistence(
  { userId }: Result<'identifierExists'>,
  { request }: Meta,
  speak: Speak,
): WireResponse {
  return userId === null
    ? failure(speak('UserDoesNotExist', request))
    : success('', { email: request.query.get('email') ?? '', id: userId });
}

export function writeMailSent({ request }: Meta, speak: Speak): WireResponse {
  return success(speak('PleaseVerifyEmailSent', request));
}

/** A site without sign-up verification sends no mail, and says that it did (reference 4.5). */
export function writeMailTarget(
  { userId }: Result<'identifierExists'>,
  meta: Meta,
  speak: Speak,
): WireResponse {
  return userId === null ? failure(speak('UserDoesNotExist', meta.request)) : writeMailSent(meta, speak);
}

export function writePasswordSet({ request }: Meta, speak: Speak): WireResponse {
  return success(speak('PasswordChangedSuccessfully', request));
}

export function writeCaptcha({ captchaId, image }: Result<'createCaptcha'>): WireResponse {
  return success('', {
    captcha: `data:image/png;base64,${image.toString('base64')}`,
    captcha_id: captchaId,
    captcha_off: false,
  });
}
