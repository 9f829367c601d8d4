import type { ErrorRequestHandler } from 'express';
import { CoreError, type Problem } from '../core';

/** What the door says of a call that it refuses. No value of the call stands in it. */
export interface DoorProblem {
  code: string;
  /** The member of the body or the query that is wrong, as a path of names. */
  where?: string;
  message?: string;
  field?: string;
  rule?: string;
  identifier?: string;
}

export class DoorRefusal extends Error {
  readonly status: number;
  readonly problem: DoorProblem;

  constructor(status: number, problem: DoorProblem) {
    super(problem.code);
    this.name = 'DoorRefusal';
    this.status = status;
    this.problem = problem;
  }
}

/** What the door makes of a refusal of the core; undefined for one that is a failure of ours here. */
function refusalOf(problem: Problem): DoorRefusal | undefined {
  switch (problem.code) {
    case 'invalid_field':
      return new DoorRefusal(400, { code: problem.code, field: problem.field, rule: problem.rule });
    case 'user_not_found':
      return new DoorRefusal(404, { code: problem.code });
    case 'record_not_found':
      return new DoorRefusal(404, { code: 'no_api_keys' });
    case 'captcha_rejected':
      return new DoorRefusal(404, { code: 'captcha_not_found' });
    case 'identifier_taken':
      return new DoorRefusal(409, { code: problem.code, identifier: problem.identifier });
    case 'permission_denied':
      return new DoorRefusal(409, { code: 'not_ours' });
    default:
      return undefined;
  }
}

/** How the body parser says that a body cannot be read. */
function isUnreadable(error: unknown): error is { status: number; type: string } {
  return error instanceof Error && 'status' in error && 'type' in error && typeof error.type === 'string';
}

function readRefusal(error: unknown): DoorRefusal | undefined {
  if (error instanceof DoorRefusal) return error;
  if (error instanceof CoreError) return refusalOf(error.problem);
  if (!isUnreadable(error)) return undefined;
  return error.type === 'entity.too.large'
    ? new DoorRefusal(413, { code: 'body_too_large' })
    : new DoorRefusal(400, { code: 'malformed_body' });
}

/** Answers what is refused; what failed goes on to the application. */
export const answerRefusal: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const refusal = readRefusal(error);
  if (refusal === undefined) next(error);
  else response.status(refusal.status).json({ problem: refusal.problem });
};
