export { createCore } from './create-core';
export type { CoreSettings, Deps } from './deps';
export { classifyIdentifier, formatPhone, parsePhone, splitPhone } from './identifiers';
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
