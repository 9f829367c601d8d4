import type { Contract, Verdict } from '../../src/contract';
import {
  badClient,
  badCode,
  badEmail,
  badNumber,
  badProof,
  badSudo,
  badUsername,
  captchaInvalid,
  denied,
  emailTaken,
  noObject,
  notFound,
  phoneTaken,
  refused,
  staleRefreshToken,
  tooLarge,
  unauthenticated,
  unserved,
  userBlocked,
  userPending,
  usernameTaken,
  wrongCredentials,
  wrongPassword,
} from './exchanges/answers';
import { callers } from './exchanges/callers';
import { captchas } from './exchanges/captchas';
import { codes } from './exchanges/codes';
import { contacts } from './exchanges/contacts';
import { edits } from './exchanges/edits';
import { lookUps } from './exchanges/look-ups';
import { profiles } from './exchanges/profile';
import { providers } from './exchanges/providers';
import { security } from './exchanges/security';
import { signIns } from './exchanges/sign-in';
import { ends } from './exchanges/sign-outs';
import { registrations } from './exchanges/sign-up';
import { tokens } from './exchanges/tokens';

const isText = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);

/** SDKs tell a failure by `error`, whatever its status, and take a member `code` for one of another kind. */
function judge(status: number, body: unknown): Verdict {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'foreign';
  const { error, error_code, error_description } = body as Record<string, unknown>;
  if (error === undefined) return status === 200 && !('code' in body) ? 'success' : 'foreign';
  const isWhole =
    isText(/./)(error) && Number.isInteger(error_code) && isText(/./)(error_description) && status >= 400;
  return isWhole ? 'failure' : 'foreign';
}

/** What the SDKs of this wire, and programs without one, are promised. */
export const contract: Contract = {
  exchanges: [
    ...edits,
    ...profiles,
    ...registrations,
    ...signIns,
    ...tokens,
    ...codes,
    ...contacts,
    ...security,
    ...ends,
    ...lookUps,
    ...captchas,
    ...providers,
    ...callers,
  ],
  placeholders: {
    '<id>': (value, { userId }) => value === String(userId),
    '<access token>': isText(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    '<refresh token>': isText(/^m\.[\w-]{1,126}$/),
    '<time>': isText(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    '<own upload>': (value, { publicUrl }) => value === `${publicUrl}/uploads/1.webp`,
    '<modulus>': isText(/^[\w-]{342,}$/),
    '<new id>': isText(/^[1-9]\d*$/),
    '<verification id>': isText(/^[\da-f-]{36}$/),
    '<verification token>': isText(/^[\w-]{43}$/),
    '<sudo token>': isText(/^[\w-]{43}$/),
    '<captcha>': isText(/^\w{20}$/),
    '<captcha pass>': isText(/^[\w-]{43}$/),
    '<picture>': isText(/^data:image\/gif;base64,R0lGOD[\w+/=]+$/),
    '<environment>': isText(/^[\x21-\x7e]{1,128}$/),
    '<key id>': isText(/^[\w-]+$/),
    '<seconds>': (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 3600,
    '<entry id>': isText(/^[1-9]\d*$/),
    '<address>': isText(/^[\da-f.:]+$/),
    '<user agent>': isText(/./),
    '<door>': isText(/^[a-z-]+$/),
  },
  judge,
  problems: {
    'identifier_taken username': usernameTaken,
    'identifier_taken email': emailTaken,
    'identifier_taken phone': phoneTaken,
    'invalid_field username': badUsername,
    'invalid_field email': badEmail,
    'invalid_field phone': badNumber('phone'),
    invalid_credentials: wrongCredentials,
    user_blocked: userBlocked,
    user_pending: userPending,
    access_token_rejected: unauthenticated,
    refresh_token_rejected: staleRefreshToken,
    permission_denied: denied,
    user_not_found: notFound,
    wrong_password: wrongPassword,
    'changePassword: wrong_password': refused(400, 'invalid_password', 4003, 'Old password is not correct'),
    verification_code_rejected: badCode,
    proof_rejected: badProof,
    sudo_rejected: badSudo,
    captcha_rejected: captchaInvalid,
    client_rejected: badClient,
    delivery_failed: refused(503, 'unavailable', 14, 'The message could not be sent'),
    storage_failed: refused(500, 'internal', 13, 'Internal error'),
    malformed_body: noObject,
    body_too_large: tooLarge,
    no_such_route: unserved('This call is not implemented'),
    unexpected: refused(500, 'internal', 13, 'Internal error'),
  },
  notServed: Object.fromEntries(
    [
      'POST /auth/v2/signin/username',
      'POST /auth/v2/signin/verificationcode',
      'POST /auth/v2/signin/with/provider',
      'POST /auth/v2/signin/password/update',
      'POST /auth/v2/signin/publichkey',
      'POST /auth/v2/token',
      'GET /auth/v2/user/me',
    ].map((address) => [address, 'version 2 is not published, and SDKs call it only when told to']),
  ),
  unsupported: {
    renewSession: 'a new access token is had for a refresh token only',
    replaceAvatar: 'pictures are given as URLs, never uploaded',
    requestEmailChange: 'a code proves a contact for any later call; it is not bound to a change',
    verifyEmailByLink: 'a link of this wire hands a page a proof, which any later call may use',
    checkLink: 'a proof is tried by using it',
    putRecord: 'this wire keeps nothing of its own about users',
    updateRecord: 'this wire keeps nothing of its own about users',
    removeRecords: 'this wire keeps nothing of its own about users',
    listRecords: 'this wire keeps nothing of its own about users',
    changeEmail: 'an edit names the address alone; the proof was shown in an earlier call',
  },
};
