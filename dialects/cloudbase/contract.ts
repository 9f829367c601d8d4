import type { Contract, Verdict } from '../../src/contract';
import {
  badProof,
  badSudo,
  invalid,
  refused,
  staleRefreshToken,
  unauthenticated,
  unserved,
  usernameForm,
  usernameTaken,
  wrongCredentials,
} from './exchanges/answers';
import { documentedEdits, readings, refusedEdits } from './exchanges/profile';
import { lookUps, proofs, security } from './exchanges/security';
import { successes } from './exchanges/successes';
import { refusedCalls, sessions } from './exchanges/sessions';

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
    ...documentedEdits,
    ...sessions,
    ...readings,
    ...proofs,
    ...security,
    ...lookUps,
    ...successes,
    ...refusedCalls,
    ...refusedEdits,
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
  },
  judge,
  problems: {
    'identifier_taken username': usernameTaken,
    'identifier_taken email': refused(409, 'already_exists', 6, 'Email already exists'),
    'identifier_taken phone': refused(409, 'already_exists', 6, 'Phone number already exists'),
    'invalid_field username': invalid(usernameForm),
    'invalid_field email': invalid('email must be an email address of at most 254 characters'),
    'invalid_field phone': invalid('phone must be a phone number such as +86 13000000000'),
    invalid_credentials: wrongCredentials,
    user_blocked: refused(403, 'user_blocked', 7, 'User is blocked'),
    user_pending: refused(403, 'user_pending', 7, 'User is pending'),
    access_token_rejected: unauthenticated,
    refresh_token_rejected: staleRefreshToken,
    permission_denied: refused(403, 'permission_denied', 7, 'Administrator rights are required'),
    user_not_found: refused(404, 'not_found', 5, 'User not found'),
    wrong_password: refused(400, 'invalid_password', 4001, 'Invalid password'),
    'changePassword: wrong_password': refused(400, 'invalid_password', 4003, 'Old password is not correct'),
    verification_code_rejected: refused(
      400,
      'invalid_verification_code',
      4001,
      'Verification code is not correct or expired',
    ),
    proof_rejected: badProof,
    sudo_rejected: badSudo,
    captcha_rejected: refused(400, 'captcha_invalid', 4002, 'The captcha is not correct or expired'),
    client_rejected: refused(400, 'unauthorized_client', 4022, 'Client credentials are not correct'),
    delivery_failed: refused(503, 'unavailable', 14, 'The message could not be sent'),
    storage_failed: refused(500, 'internal', 13, 'Internal error'),
    malformed_body: invalid('The request body must be a JSON object'),
    body_too_large: invalid('The request body is too large'),
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
