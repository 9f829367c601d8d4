import type { JsonObject, OperationName, User } from '../core';

/**
 * Where an exchange is known from: the vendor's published page, the vendor's server, a shipped client of the vendor's, or a choice of
 * ours that no vendor text decides.
 */
export type ExchangeSource = 'documented' | 'server' | 'client' | 'ours';

/**
 * What a case tries, which is its column in the table of coverage. `error`: a documented refusal of a well-formed request, such as of a
 * name that is taken. `wrong_type`: a member or a body of the wrong JSON type. `boundary`: a value at or just beyond a
 * limit of the wire, an empty one and an absent one included.
 */
export type ExchangeKind =
  'success' | 'error' | 'no_credential' | 'bad_credential' | 'wrong_type' | 'boundary';

/** A request as it stands on the wire, without its host. Placeholders such as `<id>` are named in the dialect's `given`. */
export interface ExchangeRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** Whole, mount included, query left out. A segment may be a placeholder. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** A placeholder may stand inside a value, as in `Cookie: token=<token>`. */
  headers?: Readonly<Record<string, string>>;
  /** A string is sent as it stands; `{ file }` as a multipart body whose only part has that name; anything else as JSON. */
  body?: unknown;
}

/** What of `given` a runner brings about, in core words. */
export interface Arrangement {
  /** How the user whom `own` and the placeholders speak of differs from any other user. */
  own?: Partial<
    Pick<
      User,
      | 'username'
      | 'nickname'
      | 'realName'
      | 'bio'
      | 'avatar'
      | 'email'
      | 'phone'
      | 'createdAt'
      | 'updatedAt'
      | 'lastSignInAt'
    >
  > & {
    password?: string;
    role?: 'admin';
    status?: 'blocked' | 'pending';
    /** This was proven. */
    proven?: 'email';
    /** This was set by an update, and never proven. */
    edited?: 'email';
  };
  /** What the dialect keeps about that user. */
  extension?: JsonObject;
  /** Records of the dialect's own about that user. */
  records?: readonly { kind: string; data: JsonObject }[];
  /**
   * Sent through this wire, to the new contact to register and to the user's own to recover or to prove; it is `<sent code>`
   * and, on a wire that names its requests, that of `<verification id>`.
   */
  code?: { purpose: 'register' | 'recover' | 'prove'; to: 'email' | 'phone' };
  /**
   * The user is proving the new address through this wire. The request is `<verification id>`, its code `<sent code>` and,
   * once that was redeemed, what it gave `<verification token>`.
   */
  proof?: 'requested' | 'redeemed';
  /** The user was confirmed to be the one who calls, which gave `<sudo token>`. */
  sudo?: true;
  /** A picture, `<captcha>`, shows `<captcha text>`; or it was read, which gave `<captcha pass>`. */
  captcha?: 'drawn' | 'passed';
  /** A mail to the user's own address holds a link, which brings `<link token>` and `<link code>`. */
  link?: 'verify_email' | 'recover';
  /** So many guesses at the password of `own` were wrong. */
  failures?: number;
  /**
   * A program has credentials: `<client credentials>`, as the Basic scheme writes them with its name. They were exchanged for a token:
   * `<client bearer>`, as the Bearer scheme writes it with its name.
   */
  client?: true;
  /** The session of `own` is no longer good: they signed out, or signed in here once more. */
  session?: 'ended' | 'superseded';
  /** Somebody else has registered with the new address or number, after a code went there. */
  taken?: 'email' | 'phone';
  /** Applications have keys at this door, so that registrations must name one; no exchange does. */
  keys?: true;
  /** Seconds that pass once all else was brought about. */
  elapsed?: number;
  /** Variables of the dialect with which the gateway was started, where they are not the defaults. */
  settings?: Readonly<Record<string, string>>;
  /** There is nobody yet whom placeholders could speak of. */
  nobody?: true;
  /** The user name of somebody else, who has been here too; `<other>` is their id and `<taken username>` this. */
  other?: string;
  /** What that user has besides. A proof of their address is `<other proof token>`. */
  otherContacts?: { email?: string; phone?: string; proven?: 'email' };
}

/** An answer to the byte of its values. */
export interface Answer {
  status: number;
  /** Headers that clients of the wire depend on, by name in lower case. Others may come along. */
  headers?: Readonly<Record<string, string>>;
  body: unknown;
}

/**
 * One literal pair of a request and its answer, written from the published wire and never computed from the codec.
 *
 * A string value that is wholly a placeholder (`<id>`) stands for a value that only the run knows. In a response it
 * matches any value of its kind, or where the contract names none, what the run sent or arranged under that name.
 */
export interface Exchange {
  /** What it shows, as a sentence; no two exchanges of a contract have the same. */
  title: string;
  source: ExchangeSource;
  kind: ExchangeKind;
  /** What must be so beforehand, in plain words. */
  given?: string;
  /** The same for a machine. Absent: a user of whom nothing special is known. */
  arrange?: Arrangement;
  request: ExchangeRequest;
  /** `own`: sent with the access token of the user that `given` speaks of. */
  credential: 'own' | 'none';
  response: Answer;
}

/** What a run knows when it reads an answer. Absolute URLs start with `publicUrl`; `userId` is that of the `own` user. */
export interface RunFacts {
  publicUrl: string;
  userId: number | undefined;
}

/** Whether a value is one that a placeholder may stand for. */
export type PlaceholderKind = (value: unknown, facts: RunFacts) => boolean;

/** `foreign`: no server of this wire gives such an answer. */
export type Verdict = 'success' | 'failure' | 'foreign';

/** What the clients of one wire are promised. */
export interface Contract {
  exchanges: readonly Exchange[];
  /** What the placeholders of the answers may stand for, by name with its brackets. */
  placeholders: Readonly<Record<string, PlaceholderKind>>;
  /** Reads an answer as clients of this wire do. `body` is undefined when it is empty. */
  judge(status: number, body: unknown): Verdict;
  /** What a server of this wire reads where `text` was sent, as a JSON decoder may do with half a character. Default: `text`. */
  reads?(text: string): string;
  /**
   * Problem → the literal answer of this wire, where a client can meet it. The key is the problem's code, then what
   * else of the problem the answer depends on: `identifier_taken email`. It is the answer to an update of the
   * profile, and to the call concerned where an update cannot fail so; `registerUser: identifier_taken email` is
   * another operation's.
   */
  problems: Readonly<Partial<Record<string, Answer>>>;
  /** Operations that this wire never had, with the reason. */
  unsupported: Readonly<Partial<Record<OperationName, string>>>;
  /** Calls of the vendor's, as `POST /auth/v2/token`, that are not served, with the reason. */
  notServed?: Readonly<Record<string, string>>;
  /** Variables of the environment that bring operations which are `unsupported` where nothing is set. */
  switches?: readonly {
    environment: Readonly<Record<string, string>>;
    brings: readonly OperationName[];
  }[];
  /** Operations that this wire has and this folder does not serve yet, with the reason. */
  gaps?: Readonly<Partial<Record<OperationName, string>>>;
}
