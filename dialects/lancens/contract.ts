import type { Contract } from '../../src/contract';
import { refused } from './exchanges/answers';
import { others } from './exchanges/others';
import { passwords } from './exchanges/passwords';
import { documentedUpdates } from './exchanges/profile';
import { pushTokens } from './exchanges/push-tokens';
import { refusedValues } from './exchanges/refused-values';
import { registrations } from './exchanges/registrations';
import { refusedTokens, sessions } from './exchanges/sessions';

/** What shipped clients of this wire are promised. */
export const contract: Contract = {
  exchanges: [
    ...documentedUpdates,
    ...sessions,
    ...registrations,
    ...passwords,
    ...pushTokens('/v1/api/user/token'),
    ...pushTokens('/v1/api/user/message/token'),
    ...others,
    ...refusedTokens,
    ...refusedValues,
  ],
  problems: {
    malformed_body: refused('paramer error'),
    body_too_large: refused('paramer error'),
    no_such_route: { status: 404, body: { message: 'no data error' } },
    invalid_credentials: refused('username or password error'),
    user_blocked: refused('username or password error'),
    user_not_found: refused('no data error'),
    record_not_found: refused('no data error'),
    wrong_password: refused('oldpassword error'),
    api_key_rejected: refused('apikey error'),
    delivery_failed: refused('send error'),
    storage_failed: { status: 500, body: { message: '10001' } },
    unexpected: { status: 500, body: { message: 'paramer error' } },
  },
  unsupported: {
    renewSession: 'A token lives for a month and is replaced by signing in again',
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
