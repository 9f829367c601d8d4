import type { ErrorTable, Meta, UploadFailure, WireResponse } from '../../src/dialect';
import type { MessageKey, Speak } from './messages';
import { failure, noSuchCall, success } from './responses';

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

/** The success that a mail was asked for. */
function sent(speak: Speak, key: 'PleaseVerifyEmail' | 'PleaseVerifyEmailSent') {
  return (_: unknown, { request }: Meta): WireResponse => success(speak(key, request));
}

/** Every problem in this wire's words (reference sections 4 and 8, and rulings where it has none). */
export function createErrors(speak: Speak): ErrorTable {
  const says = renderer(speak);
  const mustSignIn = says('ThisOperationRequiresLogin', 1001);
  const broken = (): WireResponse => failure('Internal Server Error', -1, 500);
  return {
    invalid_member: says('invalidParameter'),
    malformed_body: ({ detail }) => failure(detail),
    malformed_upload: ({ reason }) => failure(uploadTexts[reason]),
    body_too_large: () => failure('http: request body too large'),
    no_such_route: noSuchCall,
    not_served: noSuchCall,
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
    proof_rejected: says('InvalidToken'),
    sudo_rejected: says('PleaseLogIn'),
    captcha_required: says('GraphicCodeIncorrect'),
    captcha_rejected: says('GraphicCodeIncorrect'),
    client_rejected: says('Unauthorized', 1002),
    api_key_rejected: says('Unauthorized', 1002),
    device_required: says('invalidParameter'),
    record_not_found: () => failure('record not found'),
    link_not_allowed: says('invalidParameter'),
    contact_held: says('TheEmailHasBeenRegistered'),
    too_many_requests: ({ what, retryAfterSeconds }, meta) =>
      what === 'sign_in'
        ? failure(speak('LoginFailed', meta.request))
        : {
            ...failure('Too Many Requests', -1, 429),
            headers: { 'Retry-After': String(retryAfterSeconds) },
          },
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
    // A mail is on its way again; whose address it is stays untold (reference 4.2, note a).
    contact_unverified: sent(speak, 'PleaseVerifyEmail'),
  };
}

export function loginErrors(speak: Speak): Partial<ErrorTable> {
  const says = renderer(speak);
  return {
    invalid_member: says('UnableToObtainOpenid'),
    invalid_field: ({ field }, meta) =>
      failure(
        speak(
          field === 'password' ? 'PleaseEnterAPasswordOf6CharactersOrMore' : 'PleaseEnterAccount',
          meta.request,
        ),
      ),
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

/** An address that passed for one here and that nobody can have is nobody's; bcrypt's own limit speaks for itself. */
function fieldErrors(speak: Speak): Pick<ErrorTable, 'invalid_field'> {
  return {
    invalid_field: ({ field, rule }, { request }) =>
      field === 'password' && rule === 'length'
        ? failure('bcrypt: password length exceeds 72 bytes')
        : failure(speak(field === 'email' ? 'UserDoesNotExist' : 'invalidParameter', request)),
  };
}

/** What stops a mail is not told: the server swallows it too. The gateway's log has it. */
export function mailErrors(speak: Speak): Partial<ErrorTable> {
  const asIfSent = sent(speak, 'PleaseVerifyEmailSent');
  return { ...fieldErrors(speak), too_many_requests: asIfSent, delivery_failed: asIfSent };
}

export function recoveryErrors(speak: Speak): Partial<ErrorTable> {
  return {
    ...fieldErrors(speak),
    invalid_member: ({ member }, { request }) =>
      failure(
        speak(member === 'password' ? 'PleaseFillInAPasswordOfMoreThan6Digits' : 'invalidParameter', request),
      ),
  };
}

/** While the wait after too many wrong passwords lasts, the right one is as wrong as any. */
export function passwordErrors(speak: Speak): Partial<ErrorTable> {
  const says = renderer(speak);
  return {
    ...recoveryErrors(speak),
    too_many_requests: says('OldPasswordIsWrong'),
    user_not_found: says('PleaseLogIn'),
  };
}

type Render = (problem: never, meta: Meta) => WireResponse;

/** Every problem as `show` puts it, of a route that has a page for what others answer as JSON. */
export function shownErrors(
  speak: Speak,
  own: Partial<ErrorTable>,
  show: (response: WireResponse, request: Meta['request']) => WireResponse,
): ErrorTable {
  const table = Object.entries({ ...createErrors(speak), ...own }) as [string, Render][];
  const shown = table.map(([code, render]): [string, Render] => [
    code,
    (problem, meta) => show(render(problem, meta), meta.request),
  ]);
  // The same codes as before, each with its own problem.
  return Object.fromEntries(shown) as unknown as ErrorTable;
}
