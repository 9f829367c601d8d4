import type { Logger } from 'pino';

/**
 * One request as the log knows it: never a body, a header, a query, a password, a code or a token. A member that is
 * undefined is left out.
 */
export interface AccessEntry {
  requestId: string;
  /** Null for what belongs to no dialect. */
  dialect: string | null;
  /** The route's own path, with its parameters' names; null when there is none. */
  route: string | null;
  method: string;
  /** Without the query. */
  path: string;
  /** 499 when the client hung up before its request was whole. */
  status: number;
  /** Milliseconds from the arrival of the headers to the answer. */
  ms: number;
  userId: number | undefined;
  /** Of a program that called as itself. */
  clientId: string | undefined;
  address: string | null;
  /** The code of the problem that was answered. */
  problem: string | undefined;
}

const longestPath = 512;

/** Writes the one line of a request: a warning when the failure is ours. */
export function logAccess(log: Logger, entry: AccessEntry): void {
  if (entry.path.length > longestPath) entry.path = entry.path.slice(0, longestPath);
  if (entry.status >= 500) log.warn(entry, 'request');
  else log.info(entry, 'request');
}

/** Milliseconds since `startedAt` of `performance.now()`, to the hundredth. */
export function elapsed(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 100) / 100;
}
