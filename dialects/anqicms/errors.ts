import type { ErrorTable, Meta, UploadFailure, WireResponse } from '../../src/dialect';
import type { MessageKey, Speak } from './messages';
import { failure } from './responses';

/** Go's own texts for multipart bodies without a file (reference 4.10). */
const uploadTexts: Readonly<Record<UploadFailure, string>> = {
  not_multipart: "request Content-Type isn't multipart/form-data",
  no_boundary: 'no multipart boundary param in Content-Type',
  empty: 'multipart: NextPart: EOF',
  truncated: 'unexpected EOF',
  no_file: 'http: no such file',
};

const takenKeys = {
  username: 'TheUsernameHasBeenRegistered',
  email: 'TheEmailHasBeenRegistered',
  phone: 'TheMobilePhoneNumberHasBeenRegistered',
} as const;

function renderer(speak: Speak) {
  return (key: MessageKey, code = -1) =>
    (_: unknown, meta: Meta): WireResponse =>
      failure(speak(key, meta.request), code);
}

/** Every problem in this wire's words (reference sections 4 and 8, and rulings where it has none). */
export function createErrors(speak: Speak): ErrorTable {
  const says = renderer(speak);
  const mustSignIn = says('ThisOperationRequiresLogin', 1001);
  const nothingHere = (): WireResponse => failure('Not Found', -1, 404);
  const broken = (): WireResponse => failure('Internal Server Error', -1, 500);
  return {
    invalid_member: says('invalidParameter'),
    malformed_body: ({ detail }) => failure(detail),
    malformed_upload: ({ reason }) => failure(uploadTexts[reason]),
    body_too_large: () => failure('http: request body too large'),
    no_such_route: nothingHere,
    not_served: nothingHere,
    unexpected: broken,

    invalid_field: ({ field, rule }, meta) => {
      // Short passwords are refused on the way in, so that a length can only be bcrypt's limit here.
      if (field === 'password' && rule === 'length')
        return failure('bcrypt: password length exceeds 72 bytes');
      if (field === 'email' && rule !== 'length') return failure(speak('IncorrectEmail', meta.request));
      if (field === 'phone' && rule !== 'length')
        return failure(speak('IncorrectMobilePhoneNumber', meta.request));
      return failure(speak('invalidParameter', meta.request));
    },
    contact_required: says('FillInAtLeastOneOfTheEmailAndMobilePhoneNumber'),
    identifier_taken: ({ identifier }, meta) => failure(speak(takenKeys[identifier], meta.request)),
    invalid_credentials: says('LoginFailed'),
    wrong_password: says('OldPasswordIsWrong'),
    user_blocked: says('LoginFailed'),
    user_pending: says('LoginFailed'),
    access_token_rejected: mustSignIn,
    refresh_token_rejected: mustSignIn,
    permission_denied: says('Unauthorized', 1002),
    user_not_found: says('UserDoesNotExist'),
    verification_code_rejected: says('VerificationCodeIsIncorrect'),
    contact_unverified: says('PleaseVerifyEmail'),
    too_many_requests: ({ what }, meta) =>
      what === 'sign_in'
        ? failure(speak('LoginFailed', meta.request))
        : failure('Too Many Requests', -1, 429),
    delivery_failed: broken,
    avatar_rejected: says('FileSaveFailed'),
    storage_failed: broken,
  };
}

export function registrationErrors(speak: Speak): Partial<ErrorTable> {
  return {
    invalid_member: ({ member, rule }, meta) => {
      if (rule === 'missing')
        return failure(speak('PleaseFillInTheUsernameAndPasswordCorrectly', meta.request));
      if (member === 'password') return failure(speak('PleaseEnterAPasswordOfMoreThan6Digits', meta.request));
      return failure(speak('invalidParameter', meta.request));
    },
  };
}

export function loginErrors(speak: Speak): Partial<ErrorTable> {
  const says = renderer(speak);
  return {
    invalid_member: ({ member }, meta) => {
      if (member === 'openid') return failure(speak('UnableToObtainOpenid', meta.request));
      if (member === 'password')
        return failure(speak('PleaseEnterAPasswordOf6CharactersOrMore', meta.request));
      return failure(speak('PleaseEnterAccount', meta.request));
    },
    not_served: says('GoogleAuthDisable'),
  };
}

/** An update names a taken user name in the documented words (reference section 3, row 3). */
export function updateErrors(speak: Speak): Partial<ErrorTable> {
  return {
    identifier_taken: ({ identifier }, meta) =>
      failure(speak(identifier === 'username' ? 'UsernameExists' : takenKeys[identifier], meta.request)),
  };
}

export function avatarErrors(speak: Speak): Partial<ErrorTable> {
  return { storage_failed: renderer(speak)('FileSaveFailed') };
}
