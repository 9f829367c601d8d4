import type { Problem } from '../core';
import type { Meta, WireResponse } from './wire';

/** What can be wrong with one member of a request, before the core is asked. */
export type MemberRule = 'missing' | 'type' | 'length' | 'format' | 'charset';

/** Why a multipart body holds no file for us. */
export type UploadFailure = 'not_multipart' | 'no_boundary' | 'empty' | 'truncated' | 'no_file';

/** What goes wrong on the way to the core. The host raises most; a dialect's `read` raises the first two. */
export type RequestProblem =
  | { code: 'invalid_member'; member: string; rule: MemberRule }
  /** `detail`: what is wrong with the body, in the dialect's own words where its clients expect some. */
  | { code: 'malformed_body'; detail: string }
  | { code: 'malformed_upload'; reason: UploadFailure }
  | { code: 'body_too_large' }
  | { code: 'no_such_route' }
  /** The wire has this call; Idiom, or the configuration of this gateway, does not serve it. */
  | { code: 'not_served' }
  | { code: 'unexpected' };

export type WireProblem = Problem | RequestProblem;
export type WireProblemCode = WireProblem['code'];
export type WireProblemOf<C extends WireProblemCode> = Extract<WireProblem, { code: C }>;

/** Every problem in one dialect's words. A new problem stops every dialect from compiling until it has found its words. */
export type ErrorTable = {
  readonly [C in WireProblemCode]: (problem: WireProblemOf<C>, meta: Meta) => WireResponse;
};

/** How a request is refused before the core sees it. */
export class RequestError extends Error {
  readonly problem: RequestProblem;

  constructor(problem: RequestProblem, options?: { cause?: unknown }) {
    super(problem.code, options);
    this.name = 'RequestError';
    this.problem = problem;
  }
}

/** Throws `problem`. An expression, so that it fits behind `??`. */
export function refuse(problem: RequestProblem): never {
  throw new RequestError(problem);
}
