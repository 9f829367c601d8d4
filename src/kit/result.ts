import type { ExchangeKind, ExchangeSource } from '../contract';
import type { AcceptedDifference } from './accepted';
import type { Difference } from './compare';
import type { SentRequest } from './message';

/** `differs`: not as we chose, on a server of somebody else, whom our choices do not bind; or in what somebody accepted. */
export type CaseState = 'passed' | 'failed' | 'differs' | 'skipped';

/** An answer as a report shows it: without secrets, and without the headers that nobody promised. */
export interface ShownAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: unknown;
}

/** What came of one case. Nothing in it is secret. */
export interface CaseResult {
  id: string;
  dialect: string;
  title: string;
  endpoint: string;
  kind: ExchangeKind;
  source: ExchangeSource;
  destructive: boolean;
  state: CaseState;
  /** Why it was skipped, or why there was no answer to compare. */
  reason?: string;
  /** Where the expected answer is from, in a run against a recording: `documented only` where the recording has none. */
  basis?: string;
  sent?: SentRequest;
  /** The request as a line for a POSIX shell. */
  curl?: string;
  expected?: ShownAnswer;
  received?: ShownAnswer;
  differences?: readonly Difference[];
  ms: number;
}

export type Counts = Readonly<Record<CaseState, number>>;

export interface RunResult {
  /** ISO 8601. */
  startedAt: string;
  ms: number;
  target: string;
  /** How users and codes were had. */
  means: 'door' | 'identity' | 'none';
  /** Whether a difference from a choice of ours counts as a failure. */
  strict: boolean;
  dialects: readonly string[];
  cases: readonly CaseResult[];
  counts: Counts;
  /** Somebody ended the run before it was through. `left`: the cases that were not run. */
  interrupted?: { left: number };
  /** What the expected answers were recorded from. */
  recording?: { target: string; recordedAt: string };
  /** Of a comparison of two targets, in which the expected answers are the left one's. */
  compared?: {
    left: string;
    right: string;
    means: Readonly<Record<'left' | 'right', RunResult['means']>>;
    /** Accepted differences that no longer show. */
    healed: readonly AcceptedDifference[];
  };
}

/** What a run says of its end, when `ran` of `total` cases were run. */
export function interruptionOf(
  signal: AbortSignal | undefined,
  ran: number,
  total: number,
): Pick<RunResult, 'interrupted'> {
  return signal?.aborted === true ? { interrupted: { left: total - ran } } : {};
}

export function countStates(cases: readonly Pick<CaseResult, 'state'>[]): Counts {
  const counts = { passed: 0, failed: 0, differs: 0, skipped: 0 };
  for (const { state } of cases) counts[state] += 1;
  return counts;
}
