import type { ErrorTable } from '../../src/dialect';
import { describeField, errors, failure, invalidArgument, tooMany, unimplemented } from './errors';
import { profileMembers } from './vocabulary';

/** Words of single calls, where their pages differ from the rest of the wire. */
type CallErrors = Partial<ErrorTable>;

/** What a call that the wire has in several modes says to the mode that is not served. */
export function onlyServed(description: string): CallErrors {
  return { not_served: () => unimplemented(description) };
}

/** The answer to everything that needs an outside identity provider; reference 14.1 and 14.3. */
export const providerNotEnabled = failure(
  400,
  'provider_not_enabled',
  4045,
  'No identity provider is enabled',
);

/** Signing in without a name: too many are the new users of one address, not somebody's failures; reference 14.1. */
export const anonymousErrors: CallErrors = {
  not_served: () => providerNotEnabled,
  too_many_requests: ({ retryAfterSeconds }) =>
    tooMany('resource_exhausted', 8, 'Too many new users, try again later', retryAfterSeconds),
};

/** For calls that speak in the names of `/user/me`. */
export const inProfileNames = {
  invalid_field: ({ field, rule }) => invalidArgument(describeField(field, rule, profileMembers)),
} satisfies CallErrors;

/** `/reset` and others that choose a password under the name `new_password`. */
export const inNewPasswordNames = {
  invalid_field: ({ field, rule }) =>
    invalidArgument(describeField(field, rule, { ...profileMembers, password: 'new_password' })),
} satisfies CallErrors;

const invalidPhoneNumber = failure(
  400,
  'invalid_phone_number',
  4001,
  'phone_number must be a phone number such as +86 13000000000',
);

/** The page of verification codes; reference 10.1. */
export const verificationErrors: CallErrors = {
  captcha_required: () => failure(400, 'captcha_required', 4028, 'A captcha is required'),
  user_not_found: () => failure(400, 'user_not_found', 4004, 'User not found'),
  invalid_field: (problem) =>
    problem.field === 'phone' ? invalidPhoneNumber : inProfileNames.invalid_field(problem),
  invalid_member: (problem, meta) =>
    problem.member === 'phone_number' && problem.rule === 'format'
      ? invalidPhoneNumber
      : errors.invalid_member(problem, meta),
};

/** The page of re-authentication; reference 9.6. A user without such a contact cannot be sent a code. */
export const reauthenticationErrors: CallErrors = {
  invalid_member: (problem, meta) =>
    problem.member === 'verify_opt'
      ? failure(400, 'invalid_argument', 4001, 'verify_opt must be phone_code or email_code')
      : errors.invalid_member(problem, meta),
  user_not_found: () => failure(400, 'failed_precondition', 9, 'There is no such contact to send a code to'),
};

const weakPassword = failure(
  400,
  'weak_password',
  4005,
  'new_password must be 8 to 64 characters and at most 72 bytes, with an upper case letter, a lower case letter, a digit and a special character, and without white space at either end',
);

/** The page of changing the password; reference 9.2. */
export const passwordErrors: CallErrors = {
  wrong_password: () => failure(400, 'invalid_password', 4003, 'Old password is not correct'),
  invalid_field: (problem) =>
    problem.field === 'password' ? weakPassword : inProfileNames.invalid_field(problem),
  invalid_member: (problem, meta) =>
    problem.member === 'new_password' && (problem.rule === 'length' || problem.rule === 'charset')
      ? weakPassword
      : errors.invalid_member(problem, meta),
};

/** Binding a contact that somebody else has; reference 9.3. */
export const contactErrors: CallErrors = {
  ...inProfileNames,
  identifier_taken: ({ identifier }) =>
    failure(
      400,
      'failed_precondition',
      9,
      identifier === 'email' ? 'Email already exists' : 'Phone number already exists',
    ),
};

/** The page of deleting oneself; reference 9.5. */
export const deletionErrors: CallErrors = {
  user_not_found: () => failure(400, 'user_not_found', 4004, 'User not found'),
};
