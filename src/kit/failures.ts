import { ForeignAnswerError } from '../contract';
import { redactWith } from './redact';
import type { Subject } from './subject';

/** A call on the way to a case was not answered as it had to be. The answer may hold secrets, so that the message is without it. */
export class AnswerError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(what: string, { status, body }: { status: number; body: unknown }) {
    super(`${what}: ${status}`);
    this.name = 'AnswerError';
    this.status = status;
    this.body = body;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a report may say of a failure: an answer with it, as far as nothing in that lets anybody in. */
export function describeFailure(subject: Pick<Subject, 'declaration'>, error: unknown): string {
  const redact = redactWith(subject, {});
  if (!(error instanceof AnswerError || error instanceof ForeignAnswerError))
    return redact.text(messageOf(error));
  return `${error.message} ${JSON.stringify(redact.value(error.body))}`;
}
