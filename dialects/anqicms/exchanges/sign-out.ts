import type { Exchange } from '../../../src/contract';
import {
  done,
  failure,
  found,
  get,
  mustSignIn,
  signedIn,
  signedOut,
  withCookie,
  type Facts,
} from './answers';

const path = '/logout';
const own: Facts = { kind: 'success', given: signedIn, credential: 'own' };
const out = withCookie(failure(signedOut, 1001), '<cookie_removed>');
const page = withCookie({ status: 200, body: '<page_signed_out>' }, '<cookie_removed>');
const asJson = { return: 'json' };

/** Signing out (reference 4.3), captchas (4.4) and the page for a new password. */
export const signOuts: readonly Exchange[] = [
  get('signing out', path, { return: 'json', nonce: '1' }, out, { ...own, source: 'client' }),
  get('signing out without having signed in', path, asJson, out, { kind: 'no_credential' }),
  get('signing out with a token that opens nothing', path, asJson, out, {
    kind: 'bad_credential',
    headers: { Token: 'abc' },
  }),
  get('signing out a second time', path, asJson, out, {
    ...own,
    kind: 'bad_credential',
    arrange: { session: 'ended' },
  }),
  get('signing out with a token that has expired', path, asJson, out, {
    ...own,
    kind: 'bad_credential',
    arrange: { elapsed: 2_592_001 },
  }),
  get('signing out by the cookie', path, asJson, out, {
    kind: 'success',
    given: signedIn,
    headers: { Cookie: 'token=<token>', 'Sec-Fetch-Site': 'same-origin' },
  }),
  get('signing out by the cookie from a page elsewhere ends nothing', path, asJson, mustSignIn, {
    kind: 'error',
    source: 'ours',
    given: signedIn,
    headers: { Cookie: 'token=<token>', 'Sec-Fetch-Site': 'cross-site' },
  }),
  get('signing out shows a page', path, {}, page, own),
  get('signing out shows a page to nobody too', path, { return: 'html' }, page, { kind: 'success' }),
  get('signing out shows a page for what is no form of answer', path, { return: 'xml' }, page, {
    kind: 'boundary',
  }),
  get('signing out shows a page for an empty form of answer', path, { return: '' }, page, {
    kind: 'boundary',
  }),
  get('signing out speaks the language of the site', path, asJson, out, {
    kind: 'success',
    headers: { 'Accept-Language': 'en' },
  }),
  get('signing out where the code is that of the documented sample', path, asJson, done(signedOut), {
    ...own,
    source: 'documented',
    arrange: { settings: { ANQICMS_LOGOUT_CODE: '0' } },
  }),
  get('a site without captchas', '/api/captcha', {}, found({ captcha_off: true }), { kind: 'success' }),
  get(
    'a site with captchas draws one',
    '/api/captcha',
    {},
    found({ captcha: '<captcha_image>', captcha_id: '<captcha_id>', captcha_off: false }),
    { kind: 'success', arrange: { nobody: true, settings: { ANQICMS_CAPTCHA: '1' } } },
  ),
  get(
    'the page for a new password is there',
    '/account/password/reset',
    { token: 'x', code: '123456', email: 'li.si@example.com' },
    { status: 200, body: '<page_reset>' },
    { kind: 'success', source: 'ours' },
  ),
];
