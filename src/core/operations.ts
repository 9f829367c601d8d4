import type {
  Caller,
  Gender,
  IdentifierKind,
  JsonObject,
  Role,
  SessionGrant,
  UserCaller,
  UserRecord,
  UserStatus,
} from './model';
import type { ClientOperations } from './commands/clients';
import type { ContactOperations, EmailLink, Proof } from './commands/contacts';
import type { RehearsalOperations } from './commands/rehearsal';
import type { CaptchaDemand, SecurityOperations } from './commands/security';
import type { FieldRule } from './problems';
import type { PublicKey } from './ports';

/** Where a call came from. The host fills it in; no dialect does. */
export interface CallContext {
  /** The dialect's name, or `operator` for the command line. */
  door: string;
  /** The peer's address as `TRUST_PROXY` lets us believe it, or `null` when there is no network peer. */
  address: string | null;
  deviceId: string | null;
  clientId: string | null;
  userAgent: string | null;
}

/**
 * A value for an identifier, or the reason why the dialect's own narrower limits refuse it. A refusal travels to the
 * core instead of being thrown at once, so that the vendor's order of checks holds: a user name that is taken is named
 * before an e-mail address that is malformed.
 */
export type Chosen = string | { refused: FieldRule };

/** Members that are absent stay as they are. `''` clears a text field, `null` clears the gender. */
export interface ProfileChanges {
  username?: Chosen;
  nickname?: string;
  realName?: string;
  firstName?: string;
  lastName?: string;
  bio?: string;
  gender?: Gender | null;
  email?: Chosen;
  /** As the caller wrote it: national for the default region, or with a plus sign. */
  phone?: Chosen;
  avatar?: string;
  locale?: string;
}

/** In which order several refused identifiers are named; the first one wins. */
export type IdentifierOrder = readonly IdentifierKind[];

export interface RegisterUser {
  username?: Chosen;
  email?: Chosen;
  phone?: Chosen;
  password?: string;
  profile?: Pick<
    ProfileChanges,
    'nickname' | 'realName' | 'firstName' | 'lastName' | 'bio' | 'gender' | 'avatar' | 'locale'
  >;
  role?: Role;
  /** What the dialect keeps about the new user; stored in the same transaction. */
  extension?: JsonObject;
  identifierOrder?: IdentifierOrder;
  /** Refuse with `contact_required` when neither an e-mail address nor a phone number is given. */
  contactRequired?: boolean;
  /** Open a session for the new user at the door of the call. */
  signIn: boolean;
  /**
   * Proves the contact that the command names, or, with a proof token, brings it along: a contact inside the token
   * that the command does not name is taken from it. Consumed with the registration.
   */
  proof?: Proof;
  /**
   * Sends a link to the new user's e-mail address; what becomes of the mail does not undo the registration. Somebody who
   * registers again with an own address that is still unproven is sent the link again: `contact_unverified`.
   */
  emailLink?: EmailLink & { language: string };
  /**
   * Gives a user without a chosen user name a free one: the prefix, filled up with random `[a-z0-9]` to the length.
   * `asNickname`: it is the nickname too, unless the profile has one.
   */
  generatedUsername?: { prefix: string; length: number; asNickname?: true };
  /** The access token of an anonymous user, who becomes this person and keeps the id. */
  anonymousCaller?: UserCaller;
  /** The key that the door's registrations must name, when the door has keys. Fails with `api_key_rejected`. */
  apiKey?: string;
}

export interface Registered extends UserRecord {
  grant: SessionGrant | null;
}

export interface SignIn {
  /** A user name, an e-mail address or a phone number; the core tells which by its form. */
  identifier: string;
  password: string;
  /** Sends a link to a user whose e-mail address is unproven; the sign-in succeeds whatever becomes of the mail. */
  emailLink?: EmailLink & { language: string };
  /** Default: no captcha. Fails with `captcha_required` or `captcha_rejected`. */
  captcha?: CaptchaDemand;
  /**
   * What the dialect's own rules refuse; it is told, as `invalid_field`, once the captcha is met, because a wire with a
   * captcha looks at nothing else before it.
   */
  refused?: { field: 'identifier' | 'password'; rule: FieldRule };
}

export interface SignedIn extends UserRecord {
  grant: SessionGrant;
}

/** Which session a verified access token speaks of. */
export type SessionReference =
  | { sessionId: string; userId: number }
  | { tokenHash: Buffer }
  /** A program's token has no session; whether the client still may is asked on every request. */
  | { clientId: string };

export interface UserFilter {
  /** Only users with an id above this one, in the order of ids. */
  afterId?: number;
  limit?: number;
}

/**
 * What Idiom can do: name → what goes in, what comes out. Queries are operations too. Each fails only with a
 * `CoreError`; a failed operation has changed nothing.
 */
export interface Operations
  extends ContactOperations, SecurityOperations, ClientOperations, RehearsalOperations {
  /** The person behind a token, whatever door asks; one round trip. Fails with `access_token_rejected`. */
  authenticate: { command: { reference: SessionReference }; result: Caller };
  /** Prolongs the caller's session and makes a new access token for it. */
  renewSession: { command: { caller: UserCaller; lifetimeSeconds: number }; result: SessionGrant };
  registerUser: { command: RegisterUser; result: Registered };
  /** Unknown user, wrong password and user without a password cost and answer the same: `invalid_credentials`. */
  signIn: { command: SignIn; result: SignedIn };
  /** The anonymous user of the calling device, made at the first call. Fails with `device_required`. */
  signInAnonymously: { command: Record<string, never>; result: SignedIn };
  /**
   * Rotates the refresh token. The previous one works for a grace period; later reuse ends the session, for as long as the token
   * itself could have been good.
   */
  refreshSession: { command: { refreshToken: string }; result: SignedIn };
  /**
   * Ends the caller's session. With an `identifier`, only if it names the caller, else `invalid_field`. Without a
   * caller there is nothing to end, and that is no failure.
   */
  signOut: { command: { caller: UserCaller | null; identifier?: string }; result: Record<string, never> };
  /** Admits users for themselves; administrators and clients for anyone. No `userId`: the caller. */
  getProfile: { command: { caller: Caller; userId?: number }; result: UserRecord };
  /** Admits users for themselves; administrators and clients for anyone. Writes all the changes or none. */
  updateProfile: {
    command: { caller: Caller; userId?: number; changes: ProfileChanges; identifierOrder?: IdentifierOrder };
    result: UserRecord;
  };
  replaceAvatar: { command: { caller: UserCaller; image: Buffer }; result: { avatar: string } };
  /** Mails a code to the new address. Resolves only once the mail was accepted. */
  requestEmailChange: {
    command: { caller: UserCaller; email: string; language: string; appName?: string };
    result: Record<string, never>;
  };
  /** Redeems the code that `requestEmailChange` sent to exactly this address. */
  changeEmail: { command: { caller: UserCaller; email: string; code: string }; result: UserRecord };
  /** The keys that verify the access tokens of the calling door. */
  listPublicKeys: { command: Record<string, never>; result: { keys: readonly PublicKey[] } };

  /** For operators. `identifier`: an id, user name, e-mail address or phone number. */
  findUser: { command: { identifier: string }; result: UserRecord };
  listUsers: { command: UserFilter; result: { users: readonly UserRecord['user'][] } };
  /** Ends all sessions of the user. */
  setUserPassword: { command: { userId: number; password: string }; result: UserRecord };
  setUserRole: { command: { userId: number; role: Role }; result: UserRecord };
  /** Blocking ends all sessions of the user. */
  setUserStatus: { command: { userId: number; status: UserStatus }; result: UserRecord };
}

export type OperationName = keyof Operations;
export type Command<O extends OperationName> = Operations[O]['command'];
export type Result<O extends OperationName> = Operations[O]['result'];

export type Operation<O extends OperationName> = (
  command: Command<O>,
  context: CallContext,
) => Promise<Result<O>>;
export type Core = { readonly [O in OperationName]: Operation<O> };
