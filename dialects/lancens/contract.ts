import type { Contract, Verdict } from '../../src/contract';
import { addresses } from './exchanges/addresses';
import { refused } from './exchanges/answers';
import { areaCodes } from './exchanges/areas';
import { bodies } from './exchanges/bodies';
import { codeRegistrations } from './exchanges/code-registrations';
import { others } from './exchanges/others';
import { passwords, recoveries } from './exchanges/passwords';
import { profile } from './exchanges/profile';
import { pushTokens } from './exchanges/push-tokens';
import { refusedTokens } from './exchanges/refused-tokens';
import { registrations } from './exchanges/registrations';
import { sessions } from './exchanges/sessions';

const exist = (what: string) => refused(`${what} exist`);

const isKey = (value: unknown): boolean => typeof value === 'string' && /^[a-z0-9]{32}$/.test(value);

const isPositive = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0;

const isPlain = (body: unknown): body is Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null;

const isArea = (row: unknown): boolean =>
  isPlain(row) && Object.keys(row).sort().join(' ') === 'area_code area_name global_id';

/** Members that a shipped client takes for the envelope of another surface, or for a failure (reference 5.2). */
const envelope = ['code', 'data', 'resultStatus', 'resultData'];

/**
 * A failure is told by the status; its body has one member. No success holds a member that a client takes for a failure.
 * Only area codes come as a list.
 */
function judge(status: number, body: unknown): Verdict {
  if (status === 304 && body === undefined) return 'success';
  if (Array.isArray(body))
    return status === 200 && body.length > 0 && body.every(isArea) ? 'success' : 'foreign';
  if (!isPlain(body)) return 'foreign';
  if (status === 200 || status === 201)
    return envelope.some((member) => member in body) ? 'foreign' : 'success';
  const isRefusal = [400, 401, 404, 500].includes(status) && typeof body.message === 'string';
  return isRefusal && Object.keys(body).length === 1 ? 'failure' : 'foreign';
}

/** What shipped clients of this wire are promised. */
export const contract: Contract = {
  exchanges: [
    ...registrations,
    ...codeRegistrations,
    ...sessions,
    ...profile,
    ...addresses,
    ...passwords,
    ...recoveries,
    ...pushTokens('/v1/api/user/token', 'push_token'),
    ...pushTokens('/v1/api/user/message/token', 'message_push_token'),
    ...others,
    ...areaCodes,
    ...refusedTokens,
    ...bodies,
  ],
  placeholders: {
    '<id>': (value, { userId }) => value === userId,
    '<other id>': isPositive,
    '<area id>': isPositive,
    '<area name>': (value) => typeof value === 'string' && value !== '',
    '<area code>': isPositive,
    '<token>': isKey,
    '<reflash key>': isKey,
    '<time>': (value) => Number.isInteger(value) && Number(value) > Date.now() / 1000,
  },
  judge,
  problems: {
    'invalid_field username': refused('username error'),
    'identifier_taken username': exist('username'),
    'requestEmailChange: identifier_taken email': exist('email'),
    'registerUser: identifier_taken username': exist('user'),
    'registerUser: identifier_taken email': exist('email'),
    'registerUser: identifier_taken phone': exist('phone'),
    'too_many_requests verification_code': refused('send error'),
    'too_many_requests sign_in': refused('username or password error'),
    malformed_body: refused('paramer error'),
    body_too_large: refused('paramer error'),
    no_such_route: { status: 404, body: { message: 'no data error' } },
    invalid_credentials: refused('username or password error'),
    user_blocked: refused('username or password error'),
    user_pending: refused('username or password error'),
    access_token_rejected: refused('invalid token'),
    'requestCode: identifier_taken phone': exist('phone'),
    'requestCode: identifier_taken email': refused('being used'),
    'changePassword: wrong_password': refused('oldpassword error'),
    verification_code_rejected: refused('code error'),
    'recoverPassword: verification_code_rejected': refused('code error'),
    delivery_failed: refused('send error'),
    storage_failed: { status: 500, body: { message: '10001' } },
    unexpected: { status: 500, body: { message: 'paramer error' } },
  },
  notServed: {
    'POST /v2/api/user/login/new': 'it signs with the password itself, of which only a hash is kept',
    'POST /v1/api/user/friend/username': 'friends and devices are no user data',
    'POST /v1/api/user/app/safe': 'a second password is not part of the published wire',
    'GET /v1/api/user/device': 'friends and devices are no user data',
    'GET /v1/api/user/all/device/list': 'friends and devices are no user data',
  },
  unsupported: {
    refreshSession: 'The wire hands out a refresh string and has no call that takes it',
    replaceAvatar: 'Users of this wire have no picture',
    listPublicKeys: 'Tokens are opaque',
    redeemCode: 'A code is redeemed in the call that it is for',
    signInByProof: 'Signing in takes a password',
    signInAnonymously: 'Users of this wire register',
    verifyEmailByLink: 'Codes are typed, links are not sent',
    checkLink: 'Codes are typed, links are not sent',
    changeContact: 'An address is changed by a code to the new one, and a phone number not at all',
    identifierExists: 'Who is registered is told only to those who ask for a code',
    confirmCaller: 'The old password comes with the call that needs it',
    deleteUser: 'Users of this wire cannot close their account',
    signOutEverywhere: 'A user has one session',
    signOutDevice: 'A user has one session',
    createCaptcha: 'The wire has no captcha',
    checkCaptcha: 'The wire has no captcha',
    listHistory: 'The wire does not show it',
    signInClient: 'Programs are told by the key that registrations name, and sign in as nobody',
  },
};
