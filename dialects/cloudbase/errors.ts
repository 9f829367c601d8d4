import type { CheckedField, FieldRule } from '../../src/core';
import type { ErrorTable, MemberRule, WireResponse } from '../../src/dialect';
import { members } from './vocabulary';

/** What a value must be, to finish the sentence "… must be". */
const phoneForm = 'a phone number such as +86 13000000000';
const pictureForm = 'an http or https URL of at most 2048 characters';
const passwordForm = '6 to 72 bytes without white space at either end';
const forms: Readonly<Record<string, string>> = {
  user_id: 'the decimal ID of a user',
  nickname: '2 to 48 characters',
  name: '2 to 48 characters',
  username: '2 to 48 letters, digits, spaces and - _ . : +, the first a letter or digit, the last no space',
  phone: phoneForm,
  phone_number: phoneForm,
  description: 'at most 1000 characters',
  user_desc: 'at most 1000 characters',
  avatar_url: pictureForm,
  picture: pictureForm,
  locale: 'at most 35 characters',
  gender: 'MALE or FEMALE',
  email: 'an email address of at most 254 characters',
  password: passwordForm,
  new_password: passwordForm,
  confirm_password: 'the same as new_password',
  grant_type: 'refresh_token, password or client_credentials',
  target: 'ANY, USER, NOT_USER or CUR_USER',
  verify_opt: 'phone_code or email_code',
  conflict_resolution: 'DEFAULT, TRANSFER or DELETE_ACCOUNT_TRANSFER',
  email_redirect_to: 'an http or https URL',
  redirect_uri: 'an http or https URL',
  anonymous_token: 'the access token of an anonymous user',
  limit: 'a number from 1 on',
  page_token: 'one that an earlier page named',
  'phone_number or email': 'one of the two',
};

/** An answer that says no: reference 4.2. SDKs know it by a truthy `error`, never by the status. */
export function failure(status: number, error: string, code: number, description: string): WireResponse {
  return { status, body: { error, error_code: code, error_description: description } };
}

function describe(member: string, rule: MemberRule | FieldRule): string {
  if (rule === 'missing') return `${member} is required`;
  if (rule === 'type') return `${member} must be a string`;
  if (rule === 'reserved') return `${member} must not read as an email address or a phone number`;
  const form = forms[member];
  return form === undefined ? `${member} is not valid` : `${member} must be ${form}`;
}

/** Text of any form is text, so a rule of form can only mean characters that a database or UTF-8 cannot hold. */
const freeText: readonly CheckedField[] = ['nickname', 'bio', 'locale'];

export function describeField(field: CheckedField, rule: FieldRule, names: typeof members): string {
  const member = names[field] ?? field;
  const isUnstorable = rule === 'format' && freeText.includes(field);
  return isUnstorable ? `${member} must not contain U+0000 or half a character` : describe(member, rule);
}

export function invalidArgument(description: string): WireResponse {
  return failure(400, 'invalid_argument', 3, description);
}

/** SDKs read `retry_after`, in seconds; everything else the standard header. */
export function tooMany(error: string, code: number, description: string, seconds: number): WireResponse {
  return {
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: { error, error_code: code, error_description: description, retry_after: seconds },
  };
}

/** "Not in this gateway" in the words of the sign-in page (reference 5.2); SDKs would take a bare 404 for success. */
export function unimplemented(description: string): WireResponse {
  return failure(501, 'unimplemented', 12, description);
}

/** The documented failure of `basic/edit`; reference 8. */
export const usernameTaken = failure(409, 'username_already_exists', 409, 'Username already exists');

/**
 * Strings and numbers of reference 14.1 and 14.2, statuses of 14.4. Always English, as in the documented samples. SDKs sort what
 * neither string nor number sorts by words of the description ("verification", "password", "not enabled", "locked").
 */
export const errors: ErrorTable = {
  invalid_field: ({ field, rule }) => invalidArgument(describeField(field, rule, members)),
  contact_required: () => invalidArgument('phone_number or email is required'),
  identifier_taken: ({ identifier }) =>
    identifier === 'username'
      ? usernameTaken
      : failure(
          409,
          'already_exists',
          6,
          identifier === 'email' ? 'Email already exists' : 'Phone number already exists',
        ),
  invalid_credentials: () =>
    failure(400, 'invalid_username_or_password', 4043, 'Invalid username or password'),
  wrong_password: () => failure(400, 'invalid_password', 4001, 'Invalid password'),
  user_blocked: () => failure(403, 'user_blocked', 7, 'User is blocked'),
  user_pending: () => failure(403, 'user_pending', 7, 'User is pending'),
  access_token_rejected: ({ reason }) =>
    failure(
      401,
      'unauthenticated',
      16,
      reason === 'missing' ? 'Access token is required' : 'Access token is not correct or expired',
    ),
  refresh_token_rejected: () => failure(400, 'invalid_grant', 3, 'Refresh token is not correct or expired'),
  permission_denied: () => failure(403, 'permission_denied', 7, 'Administrator rights are required'),
  user_not_found: () => failure(404, 'not_found', 5, 'User not found'),
  verification_code_rejected: () =>
    failure(400, 'invalid_verification_code', 4001, 'Verification code is not correct or expired'),
  proof_rejected: () => invalidArgument('verification_token is not correct or expired'),
  sudo_rejected: () => failure(403, 'permission_denied', 7, 'bad sudo token'),
  captcha_required: () => failure(400, 'captcha_required', 4001, 'A captcha is required'),
  captcha_rejected: () => failure(400, 'captcha_invalid', 4002, 'The captcha is not correct or expired'),
  client_rejected: () => failure(400, 'unauthorized_client', 4022, 'Client credentials are not correct'),
  api_key_rejected: () => failure(403, 'permission_denied', 7, 'The key is not valid'),
  device_required: () => invalidArgument('x-device-id of 16 to 48 characters is required'),
  record_not_found: () => failure(404, 'not_found', 5, 'Not found'),
  link_not_allowed: () => invalidArgument('email_redirect_to must lead to an allowed origin'),
  contact_held: () => failure(400, 'failed_precondition', 9, 'The contact belongs to another user'),
  contact_unverified: ({ identifier }) =>
    failure(400, 'failed_precondition', 9, `${identifier} must be verified first`),
  too_many_requests: ({ what, retryAfterSeconds }) =>
    what === 'sign_in'
      ? tooMany('invalid_status', 8, 'Too many failed attempts, try again later', retryAfterSeconds)
      : tooMany('rate_limit_exceeded', 4029, 'Codes are requested too often', retryAfterSeconds),
  delivery_failed: () => failure(503, 'unavailable', 14, 'The message could not be sent'),
  avatar_rejected: () => invalidArgument('The image is not valid'),
  storage_failed: () => failure(500, 'internal', 13, 'Internal error'),
  invalid_member: ({ member, rule }) => invalidArgument(describe(member, rule)),
  malformed_body: () => invalidArgument('The request body must be a JSON object'),
  malformed_upload: () => invalidArgument('The request body must be a JSON object'),
  body_too_large: () => invalidArgument('The request body is too large'),
  no_such_route: () => unimplemented('This call is not implemented'),
  not_served: () => unimplemented('This call is not enabled'),
  unexpected: () => failure(500, 'internal', 13, 'Internal error'),
};
