import type { Answer } from '../contract';
import type { Case } from './case';
import { ask } from './ask';
import { compare, type Difference } from './compare';
import { curlOf, type Received, type SentRequest } from './message';
import type { Performed } from './perform';
import { redactWith, type Redact } from './redact';
import type { Arrival } from './recognise';
import { countStates, interruptionOf, type CaseResult, type RunResult, type ShownAnswer } from './result';
import type { Stage, Stagehand } from './stage';
import type { Subject } from './subject';

/** A case with the dialect that it belongs to. */
export interface CaseOf {
  subject: Subject;
  one: Case;
}

/** Another answer than the contract's to hold a case to, and where it is from. */
export interface Promised {
  /** What it is from. */
  basis: string;
  /** Absent: the contract's own answer stands after all. */
  judge?: Judge;
}

/** How a heard answer is held to another than the contract's. What it returns is not secret. */
export type Judge = (
  received: Received,
  arrival: Arrival,
) => { expected: ShownAnswer; received: ShownAnswer; differences: readonly Difference[] };

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
  /** Ends the run behind the present case. */
  signal?: AbortSignal;
  /** The answers to hold cases to in the place of the contract's; undefined where there is none. */
  promisedFor?(one: Case): Promised | undefined;
  /** Told of each case when it is done. */
  onResult?(result: CaseResult): void;
}

/** What is the same about a case before and behind its run. */
export function headOf({
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

export function redactSent(sent: SentRequest, redact: Redact): SentRequest {
  const headers = Object.entries(sent.headers).map(([name, value]) => [name, redact.header(name, value)]);
  return {
    ...sent,
    url: redact.text(sent.url),
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(sent.body !== undefined && { body: redact.text(sent.body) }),
  };
}

function showAnswer({ status, headers, body }: Answer, redact: Redact): ShownAnswer {
  const shown = Object.entries(headers ?? {}).map(([name, line]) => [name, redact.header(name, line)]);
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

/** The verdict on an answer by what the contract promises. */
function judgeByContract(subject: Subject, one: Case, received: Received, stage: Stage): ReturnType<Judge> {
  const { expected, differences, met } = compare(subject, one.exchange.response, received, stage);
  const redact = redactWith(subject, { ...stage.known, ...met });
  const headers = shownHeaders(received.headers, expected.headers);
  return {
    expected: showAnswer(expected, redact),
    received: showAnswer({ ...received, headers }, redact),
    differences: differences.map((difference) => redact.difference(difference)),
  };
}

function resultOf(
  { subject, one }: CaseOf,
  stage: Stage,
  { sent, received, failure, ms }: Performed,
  options: RunOptions,
): CaseResult {
  const { foreign = false, strict = false, baseUrl } = options;
  const promised = options.promisedFor?.(one);
  const redact = redactWith(subject, stage.known);
  const shownSent = redactSent(sent, redact);
  const head = {
    ...headOf(one),
    ...(promised !== undefined && { basis: promised.basis }),
    sent: shownSent,
    curl: curlOf(shownSent),
    ms,
  };
  if (received === undefined)
    return {
      ...head,
      state: 'failed',
      reason: failure ?? 'no answer',
      ...(promised?.judge === undefined && { expected: showAnswer(one.exchange.response, redact) }),
    };
  const judged =
    promised?.judge?.(received, { stage, baseUrl, at: Date.now() }) ??
    judgeByContract(subject, one, received, stage);
  const { expected, received: shown, differences } = judged;
  const isChoice = foreign && !strict && one.source === 'ours' && promised?.judge === undefined;
  return {
    ...head,
    state: differences.length === 0 ? 'passed' : isChoice ? 'differs' : 'failed',
    expected,
    received: shown,
    ...(differences.length > 0 && { differences }),
  };
}

/**
 * Runs one case: arranges, asks, compares, and puts everything back. Whatever goes wrong on the way is the result of this case, so
 * that the others still run.
 */
export async function runCase(which: CaseOf, options: RunOptions): Promise<CaseResult> {
  const asked = await ask(which, options, (stage, performed) => resultOf(which, stage, performed, options));
  if (asked.state === 'done') return asked.value;
  if (asked.state === 'skipped') return skipped(which.one, asked.reason);
  return { ...(asked.value ?? failed(which.one, '')), state: 'failed', reason: asked.reason };
}

/** Runs cases one after the other, since they may speak of the same users. */
export async function runCases(
  cases: readonly CaseOf[],
  options: RunOptions,
): Promise<Pick<RunResult, 'counts' | 'ms' | 'interrupted'> & { cases: CaseResult[] }> {
  const startedAt = performance.now();
  const results: CaseResult[] = [];
  for (const which of cases) {
    if (options.signal?.aborted === true) break;
    const result = await runCase(which, options);
    results.push(result);
    options.onResult?.(result);
    if (options.bail === true && result.state === 'failed') break;
  }
  return {
    cases: results,
    counts: countStates(results),
    ms: Math.round(performance.now() - startedAt),
    ...interruptionOf(options.signal, results.length, cases.length),
  };
}
