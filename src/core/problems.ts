import type { IdentifierKind, ProfileField } from './model';

/** What is wrong with a value. `reserved`: it reads as another kind of identifier. */
export type FieldRule = 'missing' | 'length' | 'format' | 'reserved';

/** A field that a rule of the core can refuse. `record`: what a dialect keeps about a user. */
export type CheckedField = ProfileField | 'password' | 'code' | 'identifier' | 'record';

/** Why an access token opens nothing. `superseded`: its session ended because of a later sign-in. */
export type TokenRejection =
  'missing' | 'malformed' | 'expired' | 'unknown' | 'ended' | 'superseded' | 'user_blocked' | 'user_gone';

/**
 * Everything that the core can refuse, as data: no sentence, no status. Each dialect renders every one of them, and
 * the compiler holds it to that.
 */
export type Problem =
  | { code: 'invalid_field'; field: CheckedField; rule: FieldRule }
  | { code: 'contact_required' }
  | { code: 'identifier_taken'; identifier: IdentifierKind }
  | { code: 'invalid_credentials' }
  | { code: 'wrong_password' }
  | { code: 'user_blocked' }
  | { code: 'user_pending' }
  | { code: 'access_token_rejected'; reason: TokenRejection }
  | { code: 'refresh_token_rejected' }
  | { code: 'permission_denied' }
  | { code: 'user_not_found' }
  | { code: 'verification_code_rejected'; reason: 'none' | 'wrong' | 'expired' | 'exhausted' }
  | { code: 'contact_unverified'; identifier: 'email' | 'phone' }
  | { code: 'proof_rejected' }
  | { code: 'sudo_rejected' }
  | { code: 'captcha_required' }
  | { code: 'captcha_rejected' }
  | { code: 'client_rejected' }
  | { code: 'api_key_rejected' }
  | { code: 'device_required' }
  | { code: 'record_not_found' }
  | { code: 'link_not_allowed' }
  /** The other holder of a contact has proven it, so it cannot be taken over. */
  | { code: 'contact_held' }
  | { code: 'too_many_requests'; what: 'verification_code' | 'sign_in'; retryAfterSeconds: number }
  | { code: 'delivery_failed'; channel: 'email' | 'sms' }
  | { code: 'avatar_rejected'; reason: 'empty' | 'unreadable' | 'too_large' }
  | { code: 'storage_failed' };

export type ProblemCode = Problem['code'];
export type ProblemOf<C extends ProblemCode> = Extract<Problem, { code: C }>;

/** The one way the core fails on purpose. `cause` is for the log and never leaves the process. */
export class CoreError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.code, options);
    this.name = 'CoreError';
    this.problem = problem;
  }
}

/** Throws `problem`. An expression, so that it fits behind `??`. */
export function fail(problem: Problem, cause?: unknown): never {
  throw new CoreError(problem, cause === undefined ? undefined : { cause });
}
