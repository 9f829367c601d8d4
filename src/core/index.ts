export { createCore } from './create-core';
export type { CoreSettings, Deps } from './deps';
export { classifyIdentifier, formatPhone, listCallingCodes, parsePhone, splitPhone } from './identifiers';
export type {
  Caller,
  ClientCaller,
  EndedReason,
  Gender,
  IdentifierKind,
  Json,
  JsonObject,
  Profile,
  ProfileField,
  Role,
  Session,
  SessionGrant,
  User,
  UserCaller,
  UserKind,
  UserRecord,
  UserStatus,
} from './model';
export { canRefuse, operationProblems } from './operation-problems';
export type {
  CallContext,
  Chosen,
  Command,
  Core,
  IdentifierOrder,
  Operation,
  OperationName,
  Operations,
  ProfileChanges,
  Registered,
  RegisterUser,
  Result,
  SessionReference,
  SignedIn,
  SignIn,
} from './operations';
export type {
  AccessTokens,
  AvatarStore,
  Clock,
  CoreLog,
  Door,
  Mailer,
  MailMessage,
  ParsedClaims,
  Passwords,
  PublicKey,
  Randomness,
  SessionPolicy,
  TokenFormat,
  TokenSubject,
} from './ports';
export type { Database } from './store/database';
export type { HistoryAction } from './store/history';
export { seedRecords } from './store/records';
export {
  CoreError,
  fail,
  type CheckedField,
  type FieldRule,
  type Problem,
  type ProblemCode,
  type ProblemOf,
  type TokenRejection,
} from './problems';
export { countCodePoints, foldKey, isStorable } from './text';
export type { ApiKeyListing, ClientListing, ExtensionRecord } from './commands/clients';
export type { Contact, EmailLink, LinkUse, Proof, RequestCode, RequestedCode } from './commands/contacts';
export type { Circumstances, Reach, StagedUser } from './commands/rehearsal';
export type { CaptchaDemand, HistoryRow } from './commands/security';
export type { CaptchaImages, SmsMessage, SmsSender } from './ports';
