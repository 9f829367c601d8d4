import type { Contract, PlaceholderKind, Verdict } from '../../src/contract';
import { failure, mustSignIn, signedOut } from './exchanges/answers';
import { avatars } from './exchanges/avatar';
import { credentials } from './exchanges/credentials';
import { details } from './exchanges/detail';
import { elsewhere } from './exchanges/elsewhere';
import { groups } from './exchanges/groups';
import { languages } from './exchanges/languages';
import { mails } from './exchanges/mails';
import { passwords } from './exchanges/passwords';
import { published } from './exchanges/published';
import { registrations } from './exchanges/registration';
import { registrationLimits } from './exchanges/registration-limits';
import { signIns } from './exchanges/sign-in';
import { signOuts } from './exchanges/sign-out';
import { syntax } from './exchanges/syntax';
import { updates } from './exchanges/update';
import { wrongTypes } from './exchanges/wrong-types';

/**
 * What stands here for values that the vendor's pages obfuscate, or that belong to the vendor's own site. Written by
 * hand; left the published value, right what is sent or expected instead.
 */
export const substitutions: Readonly<Record<string, string>> = {
  // The page hides every address from robots.
  '[email protected]': 'li.si@example.com',
  // Absolute URLs start with the public URL of the gateway.
  'http://127.0.0.1:8001/uploads/202211/21/14f56760596b5328.webp': '<full_avatar_url>',
  'https://en.anqicms.com/uploads/user/1.webp': '<avatar_url>',
  '<二进制图片数据>': '<image>',
  // Documented as the address of the personal page, and empty in the example (reference section 3, row 9).
  'link: ""': '<link>',
};

const isWhole = (value: unknown, least: number): boolean => Number.isInteger(value) && Number(value) >= least;

/** An address of ours whose path, behind the public URL, is of this form. */
const below =
  (path: RegExp): PlaceholderKind =>
  (value, { publicUrl }) =>
    typeof value === 'string' && value.startsWith(publicUrl) && path.test(value.slice(publicUrl.length));

/** A cookie out of scripts' reach, and of this life in seconds; `Secure` and others are not among the server's (reference 2.3). */
const cookie =
  (begins: RegExp, seconds: number): PlaceholderKind =>
  (value) =>
    typeof value === 'string' &&
    begins.test(value) &&
    value.endsWith(
      `; Path=/; Expires=${/Expires=([^;]+)/.exec(value)?.[1] ?? ''}; Max-Age=${String(seconds)}; HttpOnly`,
    );

/** A page that shows this. */
const page =
  (shown: string): PlaceholderKind =>
  (value) =>
    typeof value === 'string' && value.startsWith('<!doctype html>') && value.includes(shown);

/** The text of a page, or in an exchange what stands for one. */
const isPage = (text: string): boolean => /^(?:<!doctype html>|<page_[a-z_]+>$)/.test(text);

/** Whatever the status: `code` is 0 for success alone, and only a success has `data`. Three answers of the wire are empty. */
function judge(status: number, body: unknown): Verdict {
  if (body === undefined || body === '') return [204, 302, 307].includes(status) ? 'success' : 'foreign';
  // The pages are those of signing out and of links that were opened.
  if (typeof body === 'string') return status === 200 && isPage(body) ? 'success' : 'foreign';
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'foreign';
  const { code, msg, ...rest } = body as Record<string, unknown>;
  if (!Number.isInteger(code) || typeof msg !== 'string') return 'foreign';
  const others = Object.keys(rest);
  // What its clients take for "signed out", where 1001 of every other call is "not signed in" (reference 4.3).
  if (code === 1001 && msg === signedOut) return others.length === 0 ? 'success' : 'foreign';
  if (code !== 0) return others.length === 0 ? 'failure' : 'foreign';
  return status === 200 && others.every((name) => name === 'data') ? 'success' : 'foreign';
}

export const contract: Contract = {
  exchanges: [
    ...published,
    ...registrations,
    ...registrationLimits,
    ...signIns,
    ...signOuts,
    ...details,
    ...updates,
    ...avatars,
    ...passwords,
    ...mails,
    ...groups,
    ...credentials,
    ...syntax,
    ...wrongTypes,
    ...languages,
    ...elsewhere,
  ],
  placeholders: {
    '<id>': (value, { userId }) => (userId === undefined ? isWhole(value, 1) : value === userId),
    '<other_id>': (value, { userId }) => isWhole(value, 1) && value !== userId,
    '<time>': (value) => isWhole(value, 1) && Math.abs(Number(value) - Date.now() / 1000) < 300,
    '<group_time>': (value) => isWhole(value, 0),
    '<token>': (value) => typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value),
    '<invite_code>': (value) => typeof value === 'string' && /^[0-9a-z]{1,7}$/.test(value),
    '<full_avatar_url>': below(/^\/uploads\/202211\/21\/14f56760596b5328\.webp$/),
    '<avatar_url>': below(/^\/uploads\/.+$/),
    '<link>': below(/^\/people\/\d+\.html$/),
    '<captcha_image>': (value) =>
      typeof value === 'string' && /^data:image\/png;base64,iVBOR[\w+/]+=*$/.test(value),
    '<captcha_id>': (value) => typeof value === 'string' && /^[\w]{20}$/.test(value),
    '<reset_page>': below(/^\/account\/password\/reset\?token=[\w-]+&code=\d{6}&email=[^&]+$/),
    '<cookie_for_a_day>': cookie(/^token=[\w-]+\.[\w-]+\.[\w-]+;/, 86_400),
    '<cookie_for_a_month>': cookie(/^token=[\w-]+\.[\w-]+\.[\w-]+;/, 2_592_000),
    '<cookie_removed>': cookie(/^token=;/, 0),
    '<language_cookie>': cookie(/^lang=en;/, 604_800),
    '<page_signed_out>': page(`<p>${signedOut}</p>`),
    '<page_reset>': page('<form method="post"'),
  },
  judge,
  // Go's decoder puts U+FFFD in the place of half a character (reference 2.5).
  reads: (text) => text.toWellFormed(),
  problems: {
    invalid_credentials: failure('登录失败'),
    user_blocked: failure('登录失败'),
    user_pending: failure('登录失败'),
    'too_many_requests sign_in': failure('登录失败'),
    access_token_rejected: mustSignIn,
    permission_denied: failure('未授权', 1002),
    user_not_found: failure('用户不存在'),
    'registerUser: contact_required': failure('邮箱和手机号至少填写一个'),
    'identifier_taken username': failure('用户名已存在'),
    'registerUser: identifier_taken username': failure('该用户名已被注册'),
    'registerUser: identifier_taken email': failure('该邮箱已被注册'),
    'registerUser: identifier_taken phone': failure('该手机号已被注册'),
    'identifier_taken email': failure('该邮箱已被注册'),
    'identifier_taken phone': failure('该手机号已被注册'),
    'invalid_field email': failure('邮箱不正确'),
    'invalid_field phone': failure('手机号不正确'),
    'invalid_field username': failure('参数错误'),
    'changePassword: wrong_password': failure('旧密码错误'),
    proof_rejected: failure('无效的令牌'),
    avatar_rejected: failure('文件保存失败'),
    'malformed_upload no_file': failure('http: no such file'),
    malformed_body: failure('unexpected EOF'),
    body_too_large: failure('http: request body too large'),
    no_such_route: failure('Not Found', -1, 404),
    storage_failed: failure('Internal Server Error', -1, 500),
    unexpected: failure('Internal Server Error', -1, 500),
  },
  switches: [
    { environment: { ANQICMS_CAPTCHA: '1' }, brings: ['createCaptcha'] },
    { environment: { ANQICMS_SIGNUP_VERIFY: '1' }, brings: ['requestCode'] },
  ],
  unsupported: {
    refreshSession: 'there is no refresh token; a token near its end is renewed by the header Update-Token',
    requestEmailChange: 'an address is changed by the update, without a code',
    changeEmail: 'an address is changed by the update, without a code',
    listPublicKeys: 'tokens are signed with a shared secret',
    createCaptcha: 'a site asks for captchas only with ANQICMS_CAPTCHA=1',
    requestCode: 'a site sends mails only with ANQICMS_SIGNUP_VERIFY=1',
    redeemCode: 'a code travels with the token of its link and is never redeemed alone',
    signInByProof: 'only a link signs in without a password, by verifyEmailByLink',
    signInAnonymously: 'there are no anonymous users',
    signInClient: 'there are no programs among the callers',
    changeContact: 'a contact is changed by the update, without a proof',
    confirmCaller: 'nothing asks to confirm who calls',
    deleteUser: 'users cannot close their account',
    signOutEverywhere: 'a sign-out ends its own session',
    signOutDevice: 'sessions have no devices',
    listHistory: 'there is no history for users',
    checkCaptcha: 'the answer to a captcha travels with the login',
    queryUsers: 'users cannot look one another up',
    putRecord: 'groups are read only',
    updateRecord: 'groups are read only',
    removeRecords: 'groups are read only',
  },
};
