import type { WireProblem, WireProblemCode, WireProblemOf } from '../dialect';

type Samples = { readonly [C in WireProblemCode]: readonly WireProblemOf<C>[] };

/** Problems of every kind whose words may differ. A new problem stops this from compiling until it has a sample. */
const samples: Samples = {
  invalid_member: [
    { code: 'invalid_member', member: 'username', rule: 'missing' },
    { code: 'invalid_member', member: 'username', rule: 'type' },
    { code: 'invalid_member', member: 'username', rule: 'length' },
    { code: 'invalid_member', member: 'username', rule: 'format' },
    { code: 'invalid_member', member: 'username', rule: 'charset' },
  ],
  malformed_body: [{ code: 'malformed_body', detail: '…' }],
  malformed_upload: [
    { code: 'malformed_upload', reason: 'not_multipart' },
    { code: 'malformed_upload', reason: 'no_boundary' },
    { code: 'malformed_upload', reason: 'empty' },
    { code: 'malformed_upload', reason: 'truncated' },
    { code: 'malformed_upload', reason: 'no_file' },
  ],
  body_too_large: [{ code: 'body_too_large' }],
  no_such_route: [{ code: 'no_such_route' }],
  not_served: [{ code: 'not_served' }],
  unexpected: [{ code: 'unexpected' }],
  invalid_field: [
    { code: 'invalid_field', field: 'username', rule: 'length' },
    { code: 'invalid_field', field: 'username', rule: 'format' },
    { code: 'invalid_field', field: 'username', rule: 'reserved' },
    { code: 'invalid_field', field: 'email', rule: 'length' },
    { code: 'invalid_field', field: 'email', rule: 'format' },
    { code: 'invalid_field', field: 'phone', rule: 'format' },
    { code: 'invalid_field', field: 'nickname', rule: 'length' },
    { code: 'invalid_field', field: 'nickname', rule: 'format' },
    { code: 'invalid_field', field: 'password', rule: 'length' },
    { code: 'invalid_field', field: 'password', rule: 'format' },
    { code: 'invalid_field', field: 'identifier', rule: 'format' },
  ],
  contact_required: [{ code: 'contact_required' }],
  identifier_taken: [
    { code: 'identifier_taken', identifier: 'username' },
    { code: 'identifier_taken', identifier: 'email' },
    { code: 'identifier_taken', identifier: 'phone' },
  ],
  invalid_credentials: [{ code: 'invalid_credentials' }],
  wrong_password: [{ code: 'wrong_password' }],
  user_blocked: [{ code: 'user_blocked' }],
  user_pending: [{ code: 'user_pending' }],
  access_token_rejected: [
    { code: 'access_token_rejected', reason: 'missing' },
    { code: 'access_token_rejected', reason: 'malformed' },
    { code: 'access_token_rejected', reason: 'expired' },
    { code: 'access_token_rejected', reason: 'unknown' },
    { code: 'access_token_rejected', reason: 'ended' },
    { code: 'access_token_rejected', reason: 'superseded' },
    { code: 'access_token_rejected', reason: 'user_blocked' },
    { code: 'access_token_rejected', reason: 'user_gone' },
  ],
  refresh_token_rejected: [{ code: 'refresh_token_rejected' }],
  permission_denied: [{ code: 'permission_denied' }],
  user_not_found: [{ code: 'user_not_found' }],
  verification_code_rejected: [
    { code: 'verification_code_rejected', reason: 'none' },
    { code: 'verification_code_rejected', reason: 'wrong' },
    { code: 'verification_code_rejected', reason: 'expired' },
    { code: 'verification_code_rejected', reason: 'exhausted' },
  ],
  proof_rejected: [{ code: 'proof_rejected' }],
  sudo_rejected: [{ code: 'sudo_rejected' }],
  captcha_required: [{ code: 'captcha_required' }],
  captcha_rejected: [{ code: 'captcha_rejected' }],
  client_rejected: [{ code: 'client_rejected' }],
  api_key_rejected: [{ code: 'api_key_rejected' }],
  device_required: [{ code: 'device_required' }],
  record_not_found: [{ code: 'record_not_found' }],
  link_not_allowed: [{ code: 'link_not_allowed' }],
  contact_held: [{ code: 'contact_held' }],
  contact_unverified: [
    { code: 'contact_unverified', identifier: 'email' },
    { code: 'contact_unverified', identifier: 'phone' },
  ],
  too_many_requests: [
    { code: 'too_many_requests', what: 'verification_code', retryAfterSeconds: 60 },
    { code: 'too_many_requests', what: 'sign_in', retryAfterSeconds: 60 },
  ],
  delivery_failed: [
    { code: 'delivery_failed', channel: 'email' },
    { code: 'delivery_failed', channel: 'sms' },
  ],
  avatar_rejected: [
    { code: 'avatar_rejected', reason: 'empty' },
    { code: 'avatar_rejected', reason: 'unreadable' },
    { code: 'avatar_rejected', reason: 'too_large' },
  ],
  storage_failed: [{ code: 'storage_failed' }],
};

/** In alphabetical order of their codes, so that a new one disturbs only its own lines. */
export const problemSamples: readonly WireProblem[] = Object.entries(samples)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .flatMap(([, ofCode]): readonly WireProblem[] => ofCode);
