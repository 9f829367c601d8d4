import type { Answer } from '../../../src/contract';

/** How a browser or Node SDK sends JSON: without naming it (reference 1, row 1). */
export const text = { 'content-type': 'text/plain;charset=UTF-8' };
export const json = { 'content-type': 'application/json' };

/** As SDKs make one up: 32 hexadecimal digits. */
export const device = '0123456789abcdef0123456789abcdef';

export const good = (body: unknown): Answer => ({ status: 200, body });
export const success = good({});

export const refused = (
  status: number,
  error: string,
  error_code: number,
  error_description: string,
): Answer => ({ status, body: { error, error_code, error_description } });

export const invalid = (description: string): Answer => refused(400, 'invalid_argument', 3, description);
export const unserved = (description: string): Answer => refused(501, 'unimplemented', 12, description);

const tooOften = (error: string, error_code: number, error_description: string): Answer => ({
  status: 429,
  body: { error, error_code, error_description, retry_after: '<seconds>' },
});

export const noToken = refused(401, 'unauthenticated', 16, 'Access token is required');
export const unauthenticated = refused(401, 'unauthenticated', 16, 'Access token is not correct or expired');
export const noObject = invalid('The request body must be a JSON object');
export const tooLarge = invalid('The request body is too large');

export const usernameTaken = refused(409, 'username_already_exists', 409, 'Username already exists');
export const emailTaken = refused(409, 'already_exists', 6, 'Email already exists');
export const phoneTaken = refused(409, 'already_exists', 6, 'Phone number already exists');
export const wrongCredentials = refused(
  400,
  'invalid_username_or_password',
  4043,
  'Invalid username or password',
);
export const wrongPassword = refused(400, 'invalid_password', 4001, 'Invalid password');
export const userBlocked = refused(403, 'user_blocked', 7, 'User is blocked');
export const userPending = refused(403, 'user_pending', 7, 'User is pending');
export const notFound = refused(404, 'not_found', 5, 'User not found');
export const denied = refused(403, 'permission_denied', 7, 'Administrator rights are required');
export const staleRefreshToken = refused(400, 'invalid_grant', 3, 'Refresh token is not correct or expired');
export const badClient = refused(400, 'unauthorized_client', 4022, 'Client credentials are not correct');
export const badProof = invalid('verification_token is not correct or expired');
export const badSudo = refused(403, 'permission_denied', 7, 'bad sudo token');
export const badCode = refused(
  400,
  'invalid_verification_code',
  4001,
  'Verification code is not correct or expired',
);
export const badPhone = refused(
  400,
  'invalid_phone_number',
  4001,
  'phone_number must be a phone number such as +86 13000000000',
);
export const captchaRequired = refused(400, 'captcha_required', 4001, 'A captcha is required');
export const captchaInvalid = refused(400, 'captcha_invalid', 4002, 'The captcha is not correct or expired');
export const tooManyAttempts = tooOften('invalid_status', 8, 'Too many failed attempts, try again later');
export const tooManyCodes = tooOften('rate_limit_exceeded', 4029, 'Codes are requested too often');
export const providerNotEnabled = refused(
  400,
  'provider_not_enabled',
  4045,
  'No identity provider is enabled',
);

const mustBe =
  (form: string) =>
  (member: string): Answer =>
    invalid(`${member} must be ${form}`);

export const missing = (member: string): Answer => invalid(`${member} is required`);
export const notValid = (member: string): Answer => invalid(`${member} is not valid`);
export const noText = mustBe('a string');
export const badName = mustBe('2 to 48 characters');
export const badNumber = mustBe('a phone number such as +86 13000000000');
export const badBio = mustBe('at most 1000 characters');
export const badLocale = mustBe('at most 35 characters');
export const badPicture = mustBe('an http or https URL of at most 2048 characters');
export const badPassword = mustBe('6 to 72 bytes without white space at either end');
export const unstorable = (member: string): Answer =>
  invalid(`${member} must not contain U+0000 or half a character`);
const usernameForm =
  'username must be 2 to 48 letters, digits, spaces and - _ . : +, the first a letter or digit, the last no space';
export const badUsername = invalid(usernameForm);
export const reservedUsername = invalid('username must not read as an email address or a phone number');
export const badGender = invalid('gender must be MALE or FEMALE');
export const badEmail = invalid('email must be an email address of at most 254 characters');
export const noContact = missing('phone_number or email');
export const twoContacts = invalid('phone_number or email must be one of the two');

/** The token response of reference 4.1. */
export const grantTo = (sub: '<id>' | '<new id>', scope: 'user' | 'anonymous' = 'user'): Answer =>
  good({
    token_type: 'Bearer',
    access_token: '<access token>',
    refresh_token: '<refresh token>',
    expires_in: 7200,
    scope,
    sub,
    groups: [],
  });
