import type { Answer } from '../contract';
import type { Case } from './case';
import { compare } from './compare';
import { curlLine } from './curl';
import type { SentRequest } from './message';
import { perform, type Performed } from './perform';
import { redactWith, type Redact } from './redact';
import { countStates, type CaseResult, type Counts, type ShownAnswer } from './result';
import { CannotArrange, type Stage, type Stagehand } from './stage';
import type { Subject } from './subject';

/** A case with the dialect that it belongs to. */
export interface CaseOf {
  subject: Subject;
  one: Case;
}

/** Another answer than the contract's to hold a case to, and where it is from. */
export interface Promised {
  answer: Answer;
  basis: string;
}

export interface RunOptions {
  /** Where the target is; no trailing slash. */
  baseUrl: string;
  stagehand: Stagehand;
  timeoutMs: number;
  /** Whether the target is a server of somebody else, whom our own choices do not bind. */
  foreign?: boolean;
  strict?: boolean;
  /** Ends the run behind the first failure. */
  bail?: boolean;
  /** The answers to hold cases to in the place of the contract's; undefined where there is none. */
  promisedFor?(one: Case): Promised | undefined;
  /** Told of each case when it is done. */
  onResult?(result: CaseResult): void;
}

/** What is the same about a case before and behind its run. */
function headOf({
  id,
  dialect,
  title,
  endpoint,
  kind,
  source,
  destructive,
}: Case): Omit<CaseResult, 'state' | 'ms'> {
  return { id, dialect, title, endpoint, kind, source, destructive };
}

export function skipped(one: Case, reason: string): CaseResult {
  return { ...headOf(one), state: 'skipped', reason, ms: 0 };
}

function failed(one: Case, reason: string): CaseResult {
  return { ...headOf(one), state: 'failed', reason, ms: 0 };
}

function redactSent(sent: SentRequest, redact: Redact): SentRequest {
  const headers = Object.entries(sent.headers).map(([name, value]) => [name, redact.text(value)]);
  return {
    ...sent,
    url: redact.text(sent.url),
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(sent.body !== undefined && { body: redact.text(sent.body) }),
  };
}

function showAnswer({ status, headers, body }: Answer, redact: Redact): ShownAnswer {
  const shown = Object.entries(headers ?? {}).map(([name, line]) => [name, redact.text(line)]);
  return {
    status,
    ...(shown.length > 0 && { headers: Object.fromEntries(shown) as Record<string, string> }),
    body: redact.value(body),
  };
}

/** What of the heard headers belongs beside the promised answer: those that were promised, and the type of the body. */
function shownHeaders(
  headers: Readonly<Record<string, string>>,
  promised: Answer['headers'],
): Record<string, string> {
  const names = ['content-type', ...Object.keys(promised ?? {})];
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

function resultOf(
  { subject, one }: CaseOf,
  stage: Stage,
  { sent, received, failure, ms }: Performed,
  options: RunOptions,
): CaseResult {
  const { foreign = false, strict = false } = options;
  const promised = options.promisedFor?.(one);
  const answer = promised?.answer ?? one.exchange.response;
  const comparison = received === undefined ? undefined : compare(subject, answer, received, stage);
  const redact = redactWith(subject, { ...stage.known, ...comparison?.met });
  const shownSent = redactSent(sent, redact);
  const head = {
    ...headOf(one),
    ...(promised !== undefined && { basis: promised.basis }),
    sent: shownSent,
    curl: curlLine(shownSent),
    ms,
  };
  if (received === undefined || comparison === undefined)
    return {
      ...head,
      state: 'failed',
      reason: failure ?? 'no answer',
      expected: showAnswer(answer, redact),
    };
  const { expected, differences } = comparison;
  const isChoice = foreign && !strict && one.source === 'ours' && promised === undefined;
  return {
    ...head,
    state: differences.length === 0 ? 'passed' : isChoice ? 'differs' : 'failed',
    expected: showAnswer(expected, redact),
    received: showAnswer({ ...received, headers: shownHeaders(received.headers, expected.headers) }, redact),
    ...(differences.length > 0 && {
      differences: differences.map((difference) => redact.difference(difference)),
    }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Runs one case: arranges, asks, compares, and puts everything back. Whatever goes wrong on the way is the result of this case, so
 * that the others still run.
 */
export async function runCase(which: CaseOf, options: RunOptions): Promise<CaseResult> {
  const { subject, one } = which;
  let stage: Stage;
  try {
    stage = await options.stagehand.arrange(subject, one);
  } catch (error) {
    if (error instanceof CannotArrange) return skipped(one, error.message);
    return failed(one, `it could not be arranged: ${messageOf(error)}`);
  }
  let performed: Performed | undefined;
  let result: CaseResult;
  try {
    performed = await perform(subject, one.exchange, stage, options);
    result = resultOf(which, stage, performed, options);
  } catch (error) {
    result = failed(one, messageOf(error));
  }
  try {
    await stage.tidy(performed?.received);
  } catch (error) {
    const reason = `what it left could not be put back: ${messageOf(error)}`;
    return { ...result, state: 'failed', reason };
  }
  return result;
}

/** Runs cases one after the other, since they may speak of the same users. */
export async function runCases(
  cases: readonly CaseOf[],
  options: RunOptions,
): Promise<{ cases: CaseResult[]; counts: Counts; ms: number }> {
  const startedAt = performance.now();
  const results: CaseResult[] = [];
  for (const which of cases) {
    const result = await runCase(which, options);
    results.push(result);
    options.onResult?.(result);
    if (options.bail === true && result.state === 'failed') break;
  }
  return { cases: results, counts: countStates(results), ms: Math.round(performance.now() - startedAt) };
}
