import type { IdentifierKind, TokenRejection } from '../../src/core';
import type { ErrorTable, WireResponse } from '../../src/dialect';
import { memberOfField } from './vocabulary';

/** The status of everything that a caller got wrong (reference 5.1). */
const refused = 400;

/** Members whose bad content reads as a failed verification; that of all others reads as a bad format (reference 6). */
const verifiedMembers: ReadonlySet<string> = new Set(['username', 'password']);

const answer = (status: number, message: string): WireResponse => ({ status, body: { message } });
const refusal = (message: string) => (): WireResponse => answer(refused, message);

/** What is wrong with a member, in the words of the per-field table of reference 6. */
function describeMember(member: string, rule: string): string {
  if (rule === 'missing') return `undefined ${member}`;
  if (rule === 'length') return `${member} length error`;
  if (rule === 'type') return `${member} format error`;
  return verifiedMembers.has(member) ? `${member} error` : `${member} format error`;
}

/** A token whose user is no longer behind it, against one that is not, or no longer, good (reference 6). */
function describeToken(reason: TokenRejection): string {
  switch (reason) {
    case 'missing':
      return 'no token';
    case 'superseded':
    case 'user_blocked':
    case 'user_gone':
      return 'no user';
    case 'malformed':
    case 'expired':
    case 'unknown':
    case 'ended':
      return 'invalid token';
  }
}

/** Every problem as `{"message": …}`. `authStatus` is the HTTP status of the three token errors: 400, or 401 if so set. */
export function errorTable(authStatus: number): ErrorTable {
  return {
    invalid_member: ({ member, rule }) => answer(refused, describeMember(member, rule)),
    // A field without a member here was never written through this wire.
    invalid_field: ({ field, rule }) => {
      if (field === 'identifier') return answer(refused, 'username error');
      const member = memberOfField[field];
      return answer(refused, member === undefined ? 'paramer error' : describeMember(member, rule));
    },
    identifier_taken: ({ identifier }) => answer(refused, `${identifier} exist`),
    contact_required: refusal('undefined email'),
    contact_unverified: ({ identifier }) => answer(refused, `${identifier} error`),

    invalid_credentials: refusal('username or password error'),
    user_blocked: refusal('username or password error'),
    user_pending: refusal('username or password error'),
    wrong_password: refusal('oldpassword error'),
    access_token_rejected: ({ reason }) => answer(authStatus, describeToken(reason)),
    // This wire asks neither for a captcha nor for a second proof; a captcha or a proof that it did ask for would be a code.
    sudo_rejected: refusal('oldpassword error'),
    proof_rejected: refusal('code error'),
    captcha_required: refusal('code error'),
    captcha_rejected: refusal('code error'),
    refresh_token_rejected: () => answer(authStatus, 'invalid token'),
    // This wire has no administrators: to its callers, somebody else's row is not there.
    permission_denied: refusal('no data error'),
    user_not_found: refusal('no data error'),
    record_not_found: refusal('no data error'),
    client_rejected: refusal('no data error'),
    contact_held: refusal('no data error'),
    api_key_rejected: refusal('apikey error'),
    device_required: refusal('paramer error'),
    link_not_allowed: refusal('paramer error'),

    verification_code_rejected: refusal('code error'),
    too_many_requests: ({ what }) =>
      answer(refused, what === 'sign_in' ? 'username or password error' : 'send error'),
    delivery_failed: refusal('send error'),

    avatar_rejected: refusal('paramer error'),
    malformed_body: refusal('paramer error'),
    malformed_upload: refusal('paramer error'),
    body_too_large: refusal('paramer error'),
    not_served: refusal('no data error'),
    no_such_route: () => answer(404, 'no data error'),
    storage_failed: () => answer(500, '10001'),
    unexpected: () => answer(500, 'paramer error'),
  };
}

/** At registration a taken user name has words of its own (reference 6). */
export const registrationErrors: Partial<ErrorTable> = {
  identifier_taken: ({ identifier }) => answer(refused, takenAtRegistration[identifier]),
};

const takenAtRegistration: Readonly<Record<IdentifierKind, string>> = {
  username: 'user exist',
  email: 'email exist',
  phone: 'phone exist',
};

/** Asking to register by mail (reference 8.4). */
export const emailRegistrationCodeErrors: Partial<ErrorTable> = { identifier_taken: refusal('being used') };

/** Registering by mail: the code is not the one of this mailbox (reference 8.4). */
export const emailRegistrationErrors: Partial<ErrorTable> = {
  verification_code_rejected: refusal('not applying'),
};

/** Nobody to recover a password for (reference 8.12 and 8.13). */
export const phoneRecoveryErrors: Partial<ErrorTable> = { user_not_found: refusal('phone error') };
export const emailRecoveryErrors: Partial<ErrorTable> = { user_not_found: refusal('email error') };

/** A look-up that found the caller, which is no problem of the core's (reference 8.15). */
export const foundOneself = refusal('use myself');
