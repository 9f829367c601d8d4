import type { CheckedField, FieldRule, IdentifierKind, Problem, ProblemCode, ProblemOf } from '../core';

const fieldNames: Readonly<Record<CheckedField, string>> = {
  username: 'user name',
  nickname: 'nickname',
  realName: 'real name',
  firstName: 'first name',
  lastName: 'last name',
  bio: 'description',
  gender: 'gender',
  birthday: 'birthday',
  email: 'e-mail address',
  phone: 'phone number',
  avatar: 'avatar',
  locale: 'locale',
  password: 'password',
  code: 'verification code',
  identifier: 'identifier',
  record: 'record',
};

/** What the core wants of the fields that an operator types most. */
const wishes: Partial<Record<CheckedField, Partial<Record<FieldRule, string>>>> = {
  username: {
    length: 'has at most 64 characters',
    format: 'has no white space at either end and no control characters',
    reserved: 'must not read as an e-mail address or a phone number',
  },
  email: { length: 'has at most 254 characters', format: 'looks like name@example.com' },
  phone: {
    format: 'is written as people of PHONE_REGION dial it, or with a plus sign and the country code',
  },
  password: {
    length: 'has 6 to 72 bytes in UTF-8',
    format: 'has no white space at either end',
  },
  nickname: { length: 'has at most 64 characters' },
};

const generalWishes: Readonly<Record<FieldRule, string>> = {
  missing: 'must not be empty',
  length: 'is too long or too short',
  format: 'has characters that are not allowed',
  reserved: 'is reserved',
};

const identifierNames: Readonly<Record<IdentifierKind, string>> = {
  username: 'user name',
  email: 'e-mail address',
  phone: 'phone number',
};

function describeField({ field, rule }: ProblemOf<'invalid_field'>): string {
  const wish = wishes[field]?.[rule];
  return wish === undefined
    ? `The ${fieldNames[field]} ${generalWishes[rule]}.`
    : `This ${fieldNames[field]} cannot be used: a ${fieldNames[field]} ${wish}.`.replace(' a e-', ' an e-');
}

const sentences: { readonly [C in ProblemCode]: (problem: ProblemOf<C>) => string } = {
  invalid_field: describeField,
  contact_required: () => 'An e-mail address or a phone number is required.',
  identifier_taken: ({ identifier }) => `Another user has this ${identifierNames[identifier]}.`,
  invalid_credentials: () => 'The identifier or the password is wrong.',
  wrong_password: () => 'The password is wrong.',
  user_blocked: () => 'The user is blocked.',
  user_pending: () => 'The user is not active yet.',
  access_token_rejected: () => 'The access token is not accepted.',
  refresh_token_rejected: () => 'The refresh token is not accepted.',
  permission_denied: () => 'That is not permitted.',
  user_not_found: () => 'No user has this id, user name, e-mail address or phone number.',
  verification_code_rejected: () => 'The verification code is wrong or no longer good.',
  contact_unverified: ({ identifier }) => `The ${identifierNames[identifier]} was not verified.`,
  proof_rejected: () => 'The proof of the contact is wrong or no longer good.',
  sudo_rejected: () => 'The confirmation is wrong or no longer good.',
  captcha_required: () => 'A captcha has to be solved first.',
  captcha_rejected: () => 'The captcha was not solved.',
  client_rejected: () => 'No client has this id, or it was revoked.',
  api_key_rejected: () => 'The API key is not accepted.',
  device_required: () => 'The call has to name its device.',
  record_not_found: () => 'There is no such record.',
  link_not_allowed: () => 'A link may not lead there: see LINK_ORIGINS.',
  contact_held: () => 'Another user has proven this contact.',
  too_many_requests: ({ retryAfterSeconds }) => `Too many tries; wait ${retryAfterSeconds} seconds.`,
  delivery_failed: ({ channel }) => `The ${channel === 'email' ? 'mail' : 'text message'} could not be sent.`,
  avatar_rejected: () => 'The avatar is empty, too large or no image.',
  storage_failed: () => 'The file could not be stored.',
};

/** Any problem of the core, as a plain sentence. */
export function describeProblem(problem: Problem): string {
  // The table has a sentence for each code, which the compiler cannot follow through a look-up.
  return (sentences[problem.code] as (problem: Problem) => string)(problem);
}
