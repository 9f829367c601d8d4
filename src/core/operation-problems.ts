import type { OperationName } from './operations';
import type { Problem, ProblemCode, ProblemOf } from './problems';

/** Problems of a code, or only those that agree in these members. */
type ProblemForm = { [C in ProblemCode]: { code: C } & Partial<ProblemOf<C>> }[ProblemCode];

const invalid: ProblemForm = { code: 'invalid_field' };
const taken: ProblemForm = { code: 'identifier_taken' };
const unknownUser: ProblemForm = { code: 'user_not_found' };
const blocked: readonly ProblemForm[] = [{ code: 'user_blocked' }, { code: 'user_pending' }];
const badProof: ProblemForm = { code: 'proof_rejected' };
const badCode: ProblemForm = { code: 'verification_code_rejected' };
const badSudo: ProblemForm = { code: 'sudo_rejected' };
const captcha: readonly ProblemForm[] = [{ code: 'captcha_required' }, { code: 'captcha_rejected' }];
const guessing: ProblemForm = { code: 'too_many_requests', what: 'sign_in' };
const sending: readonly ProblemForm[] = [
  { code: 'too_many_requests', what: 'verification_code' },
  { code: 'delivery_failed' },
];

/**
 * What each operation of a client can refuse, besides a bad access token, which the host finds, and a storage that fails, which every
 * operation can meet.
 */
export const operationProblems: { readonly [O in OperationName]?: readonly ProblemForm[] } = {
  registerUser: [
    { code: 'api_key_rejected' },
    invalid,
    { code: 'contact_required' },
    taken,
    { code: 'contact_unverified' },
    badProof,
    badCode,
  ],
  signIn: [invalid, ...captcha, { code: 'invalid_credentials' }, ...blocked, guessing],
  refreshSession: [{ code: 'refresh_token_rejected' }],
  signOut: [invalid],
  getProfile: [{ code: 'permission_denied' }, unknownUser],
  updateProfile: [{ code: 'permission_denied' }, unknownUser, invalid, taken, { code: 'contact_unverified' }],
  replaceAvatar: [{ code: 'avatar_rejected' }],
  requestEmailChange: [invalid, taken, ...sending],
  changeEmail: [invalid, badCode, taken],
  listPublicKeys: [],
  signInAnonymously: [{ code: 'device_required' }, { code: 'user_blocked' }, guessing],
  requestCode: [invalid, unknownUser, taken, { code: 'link_not_allowed' }, ...captcha, ...sending],
  redeemCode: [badCode],
  signInByProof: [badProof, unknownUser, ...blocked],
  verifyEmailByLink: [unknownUser, badProof, ...blocked],
  checkLink: [unknownUser, badProof],
  recoverPassword: [invalid, unknownUser, badProof, badCode, { code: 'user_blocked' }],
  changeContact: [invalid, badSudo, badProof, taken, { code: 'contact_held' }],
  identifierExists: [],
  queryUsers: [],
  confirmCaller: [{ code: 'wrong_password' }, badProof, guessing],
  changePassword: [invalid, { code: 'wrong_password' }, badSudo],
  deleteUser: [badSudo],
  signOutEverywhere: [],
  signOutDevice: [],
  listHistory: [],
  createCaptcha: [],
  checkCaptcha: [{ code: 'captcha_rejected' }],
  signInClient: [{ code: 'client_rejected' }],
  putRecord: [invalid],
  updateRecord: [invalid, { code: 'record_not_found' }],
  removeRecords: [{ code: 'record_not_found' }],
  // The core has an empty list; a wire that shows one record has none to show.
  listRecords: [{ code: 'record_not_found' }],
};

/** Whether the operation can refuse with this problem. */
export function canRefuse(operation: OperationName, problem: Problem): boolean {
  return (operationProblems[operation] ?? []).some((form) =>
    Object.entries(form).every(
      ([member, value]) => (problem as Readonly<Record<string, unknown>>)[member] === value,
    ),
  );
}
