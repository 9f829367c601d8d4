import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectSchema } from 'joi';
import type {
  Caller,
  Command,
  JsonObject,
  OperationName,
  Profile,
  Result,
  SessionPolicy,
  TokenFormat,
  UserCaller,
} from '../core';
import type { ErrorTable } from './problems';
import type { Meta, WireRequest, WireResponse } from './wire';

/**
 * `session`: `read` gets the user who calls, and without a good token the call ends before its body is read. `caller`:
 * the same, and a program may call too. `optional`: the user, or null when there is no good token. `public`: nobody is
 * asked.
 */
export type Access = 'session' | 'caller' | 'optional' | 'public';

type CallerFor<A extends Access> = A extends 'session'
  ? UserCaller
  : A extends 'caller'
    ? Caller
    : A extends 'optional'
      ? UserCaller | null
      : undefined;

interface ActionFor<O extends OperationName, A extends Access> {
  operation: O;
  access: A;
  /** Wire → command. Refuses with `refuse` (the request) or `fail` (a rule of the core's that it can see broken). */
  read(request: WireRequest, caller: CallerFor<A>): Command<O>;
  /** Result → wire. */
  write(result: Result<O>, meta: Meta): WireResponse;
  /** Words for problems that differ on this route from the dialect's table. */
  errors?: Partial<ErrorTable>;
  /** The client's side of `read`; null when this call cannot say the command. */
  say?(command: Speakable<O>): Said | null;
  /** The client's side of `write`: what a good answer tells, in core words. */
  hear?(response: HeardResponse): Heard<O>;
}

/** A command as a client speaks it: who is behind the call is the credential's business. */
export type Speakable<O extends OperationName> = Omit<Command<O>, 'caller'>;

/** A request that a client would send, without its host and its credential. */
export interface Said {
  query?: Readonly<Record<string, string>>;
  params?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as the route's file part. */
  file?: Buffer;
}

/** An answer as a client sees it. */
export interface HeardResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

/** Who signed in, and with which tokens they go on. */
export interface HeardSession {
  user: { id: number };
  grant: { accessToken: string; refreshToken?: string | null };
}

/** What a client learns from a good answer. Profiles hold the fields that the wire shows, and no others. */
interface HeardAnswers {
  registerUser: Partial<HeardSession>;
  signIn: HeardSession;
  refreshSession: HeardSession;
  getProfile: Partial<Profile>;
  replaceAvatar: { avatar: string };
  listPublicKeys: Result<'listPublicKeys'>;
}

/** Nothing, where an operation is not in the list of those that tell a client something. */
export type Heard<O extends OperationName> = O extends keyof HeardAnswers ? HeardAnswers[O] : object;

/** What a route does: one operation, with both directions of its wire. */
export type Action = { [O in OperationName]: { [A in Access]: ActionFor<O, A> }[Access] }[OperationName];

interface Endpoint {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Whole, mount included; `:name` matches one segment. */
  path: string;
  /** Where this route's token travels, when not where the dialect's usually does. May look at the body. */
  findToken?(request: WireRequest): string | undefined;
  /** The client's side of `findToken`. */
  attachToken?(said: Said, token: string): Said;
  /** A token past its time still names its session here: signing out must work then too. */
  acceptExpired?: true;
  /** The body is multipart, and its file part has this name. */
  upload?: { field: string };
  /** Why the call answers as the vendor's own server does where something is not set up; absent where it is served. */
  unconfigured?: string;
}

/** A call that asks the core nothing: what is fixed by the configuration, or has no provider behind it here. */
export interface FixedAnswer {
  access: Access;
  answer(request: WireRequest): WireResponse;
}

/** What a call comes to. */
export type Step = Action | FixedAnswer;

/** An address and what it does. `cases`: several operations at one address; the first whose `when` holds is taken. */
export type Route = Endpoint &
  (Step | { cases: readonly ({ when(request: WireRequest): boolean } & Step)[] });

export interface Limits {
  jsonBytes: number;
  uploadBytes?: number;
}

/** Sends a new access token along when the presented one is near its end. */
export interface Renewal {
  /** Seconds before expiry from which on a token is renewed. */
  withinSeconds: number;
  lifetimeSeconds: number;
  /** Headers of the answer that announce it. */
  announce(accessToken: string): Readonly<Record<string, string>>;
}

/** One wire, as data and pure functions. */
export interface Declaration {
  /** The path prefixes that this wire owns, such as `/auth/v1`. */
  mounts: readonly string[];
  limits: Limits;
  accessToken: {
    format: TokenFormat;
    find(request: WireRequest): string | undefined;
    /** The client's side of `find`: the headers that carry `token`. */
    attach(token: string): Readonly<Record<string, string>>;
    renewal?: Renewal;
  };
  sessions: SessionPolicy;
  routes: readonly Route[];
  errors: ErrorTable;
  /** Body bytes → what `read` finds as `request.body`. Runs after the caller is known. */
  decode(raw: Buffer, headers: IncomingHttpHeaders): unknown;
  /** JSON → text, with everything about it that clients of this wire may see. Default: `JSON.stringify`. */
  serialize?(body: unknown): string;
  /** Headers of every answer of this wire, the failures included. */
  headers?(request: WireRequest): Readonly<Record<string, string>>;
  /** An answer that needs no route, such as to OPTIONS. */
  early?(request: WireRequest): WireResponse | undefined;
  /** Answers of GET carry an ETag, and a matching `If-None-Match` is answered 304. */
  etag?: true;
  /** Whether a write that is authenticated by a cookie may come from where it comes from. Default: yes. */
  admitsOrigin?(request: WireRequest): boolean;
  /** Records of the dialect's own that belong to nobody, put there at start when there are none of their kind. */
  seeds?: readonly { kind: string; data: JsonObject }[];
  /** The form of the keys that registrations may have to name (`idiom apikey`). */
  apiKeys?: { alphabet: string; length: number };
  /** The client application that a request names. */
  clientId?(request: WireRequest): string | undefined;
  /** The device that a request names. */
  deviceId?(request: WireRequest): string | undefined;
}

/** What the gateway tells a dialect about itself. */
export interface Site {
  /** What absolute URLs start with; no trailing slash. */
  publicUrl: string;
  /** ISO 3166 code of the region whose phone numbers are written without a country code. */
  phoneRegion: string;
  /** Origins of other sites whose pages may call the gateway. */
  corsOrigins: readonly string[];
}

export interface Dialect {
  /** Equals the folder's name. */
  name: string;
  /** The variables of the environment that only this dialect reads; each starts with the dialect's name. */
  settings: ObjectSchema;
  declare(site: Site, settings: Record<string, unknown>): Declaration;
}

/** Keeps the type of a dialect's settings together with the schema that promises it. */
export function defineDialect<Settings>(dialect: {
  name: string;
  settings: ObjectSchema<Settings>;
  declare(site: Site, settings: Settings): Declaration;
}): Dialect {
  return { ...dialect, declare: (site, settings) => dialect.declare(site, settings as Settings) };
}

/** What a route may do, whether it has cases or not. */
export function stepsOf(route: Route): readonly Step[] {
  return 'cases' in route ? route.cases : [route];
}

/** The operations that a route may ask for. */
export function actionsOf(route: Route): readonly Action[] {
  return stepsOf(route).filter((step): step is Action => !('answer' in step));
}
