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
  profile?: Pick<ProfileChanges, 'nickname' | 'realName' | 'firstName' | 'lastName' | 'bio' | 'avatar'>;
  role?: Role;
  /** What the dialect keeps about the new user; stored in the same transaction. */
  extension?: JsonObject;
  identifierOrder?: IdentifierOrder;
  /** Refuse with `contact_required` when neither an e-mail address nor a phone number is given. */
  contactRequired?: boolean;
  /** Open a session for the new user at the door of the call. */
  signIn: boolean;
}

export interface Registered extends UserRecord {
  grant: SessionGrant | null;
}

export interface SignIn {
  /** A user name, an e-mail address or a phone number; the core tells which by its form. */
  identifier: string;
  password: string;
}

export interface SignedIn extends UserRecord {
  grant: SessionGrant;
}

/** Which session a verified access token speaks of. */
export type SessionReference = { sessionId: string; userId: number } | { tokenHash: Buffer };

export interface UserFilter {
  /** Only users with an id above this one, in the order of ids. */
  afterId?: number;
  limit?: number;
}

/**
 * What Idiom can do: name → what goes in, what comes out. Queries are operations too. Each fails only with a
 * `CoreError`; a failed operation has changed nothing.
 */
export interface Operations {
  /** The person behind a token, whatever door asks; one round trip. Fails with `access_token_rejected`. */
  authenticate: { command: { reference: SessionReference }; result: UserCaller };
  /** Prolongs the caller's session and makes a new access token for it. */
  renewSession: { command: { caller: UserCaller; lifetimeSeconds: number }; result: SessionGrant };
  registerUser: { command: RegisterUser; result: Registered };
  /** Unknown user, wrong password and user without a password cost and answer the same: `invalid_credentials`. */
  signIn: { command: SignIn; result: SignedIn };
  /** Rotates the refresh token. The previous one works for a grace period; later reuse ends the session. */
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
