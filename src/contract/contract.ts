import type { OperationName } from '../core';

/**
 * Where an exchange is known from: the vendor's published page, the vendor's server, a shipped client of the vendor's, or a choice of
 * ours that no vendor text decides.
 */
export type ExchangeSource = 'documented' | 'server' | 'client' | 'ours';

/** A request as it stands on the wire, without its host. Placeholders such as `<id>` are named in the dialect's `given`. */
export interface ExchangeRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** Whole, mount included, query left out. */
  path: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** A string is sent as it stands; `{ file }` as a multipart body whose only part has that name; anything else as JSON. */
  body?: unknown;
}

/**
 * One literal pair of a request and its answer, written from the published wire and never computed from the codec.
 *
 * A string value that is wholly a placeholder (`<id>`) stands for a value that only the run knows. In a response it
 * matches any value of the kind that the dialect's README names for it, and the same value wherever the same name stands.
 */
export interface Exchange {
  title: string;
  source: ExchangeSource;
  /** What must be so beforehand, in plain words. */
  given?: string;
  request: ExchangeRequest;
  /** `own`: sent with the access token of the user that `given` speaks of. */
  credential: 'own' | 'none';
  response: { status: number; body: unknown };
}

/** What the clients of one wire are promised. */
export interface Contract {
  exchanges: readonly Exchange[];
  /** Problem code → the literal answer of this wire, where a client can meet it and the answer does not depend on the route. */
  problems: Readonly<Partial<Record<string, { status: number; body: unknown }>>>;
  /** Operations that this wire never had, with the reason. */
  unsupported: Readonly<Partial<Record<OperationName, string>>>;
}
