import type { Logger } from 'pino';
import { CoreError } from '../core';
import { RequestError, type WireProblem } from '../dialect';

/** The client hung up before its request was whole: there is nobody to answer, and nothing went wrong here. */
export class ClientGone extends Error {
  constructor() {
    super('the client hung up');
    this.name = 'ClientGone';
  }
}

/** Anything thrown → the problem that it is. What nobody foresaw is `unexpected`. */
export function problemOf(thrown: unknown): WireProblem {
  if (thrown instanceof CoreError || thrown instanceof RequestError) return thrown.problem;
  return { code: 'unexpected' };
}

/**
 * What the log may know of an error: never its own further members, because database drivers put the values of rows
 * there.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    name: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/**
 * Writes what the operator must see of a failure: whatever is unexpected or the storage's, and every foreseen refusal
 * that has a cause. Refusals without one are the client's business and show in the access line alone.
 */
export function reportFailure(log: Logger, requestId: string, thrown: unknown): void {
  const { code } = problemOf(thrown);
  if (code === 'unexpected' || code === 'storage_failed') {
    log.error({ requestId, problem: code, error: describeError(thrown) }, 'a request failed');
  } else if (thrown instanceof Error && thrown.cause !== undefined) {
    log.warn({ requestId, problem: code, error: describeError(thrown) }, 'a request was refused');
  }
}
