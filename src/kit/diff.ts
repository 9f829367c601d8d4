import { createAcceptance, type AcceptedDifference } from './accepted';
import { disagreements } from './agreement';
import { ask, type Asked, type Side } from './ask';
import { curlOf, type SentRequest } from './message';
import { redactWith, type Redact } from './redact';
import { observe, type Observed } from './references';
import { countStates, type CaseResult, type Counts } from './result';
import { headOf, redactSent, skipped, type CaseOf } from './run';
import { speakBoth } from './spoken';

export interface DiffOptions {
  left: Side;
  right: Side;
  accepted?: readonly AcceptedDifference[];
  /** Ends the run behind the first difference that nobody accepted. */
  bail?: boolean;
  onResult?(result: CaseResult): void;
}

export interface Diff {
  cases: CaseResult[];
  counts: Counts;
  ms: number;
  /** Accepted differences that no longer show. */
  healed: AcceptedDifference[];
}

/** What one side answered, or why it did not. */
interface Heard {
  sent: SentRequest;
  redact: Redact;
  ms: number;
  observed: Observed | undefined;
  failure: string | undefined;
}

function askSide(which: CaseOf, side: Side): Promise<Asked<Heard>> {
  const { subject, one } = which;
  return ask(which, side, (stage, { sent, received, failure, ms }) => {
    const redact = redactWith(subject, stage.known);
    const arrival = { stage, baseUrl: side.baseUrl, at: Date.now() };
    return {
      sent: redactSent(sent, redact),
      redact,
      ms,
      observed: received && observe(subject, one.exchange.response, received, arrival),
      failure,
    };
  });
}

/** Why a case could not be compared; undefined when both sides answered. */
function obstacle(left: Asked<Heard>, right: Asked<Heard>): Pick<CaseResult, 'state' | 'reason'> | undefined {
  const reasons = [
    ['left', left],
    ['right', right],
  ] as const;
  for (const [name, side] of reasons)
    if (side.state === 'failed') return { state: 'failed', reason: `${name}: ${side.reason}` };
  for (const [name, side] of reasons)
    if (side.state === 'skipped') return { state: 'skipped', reason: `${name}: ${side.reason}` };
  for (const [name, side] of reasons)
    if (side.state === 'done' && side.value.observed === undefined)
      return { state: 'failed', reason: `${name}: ${side.value.failure ?? 'no answer'}` };
  return undefined;
}

async function diffCase(
  which: CaseOf,
  options: DiffOptions,
  acceptance: ReturnType<typeof createAcceptance>,
): Promise<CaseResult> {
  const { one } = which;
  const left = await askSide(which, options.left);
  // A case that one side cannot be asked is not worth a change at the other.
  if (left.state === 'skipped') return skipped(one, `left: ${left.reason}`);
  const right = await askSide(which, options.right);
  const stopped = obstacle(left, right);
  if (stopped !== undefined) return { ...headOf(one), ms: 0, ...stopped };
  const [a, b] = [left, right].map((side) => (side.state === 'done' ? side.value : undefined));
  if (a?.observed === undefined || b?.observed === undefined) return skipped(one, 'no answer');

  acceptance.saw(one.id);
  const found = disagreements(a.observed, b.observed);
  const reasons = found.map(({ at }) => acceptance.reasonFor(one.id, at));
  const spoken = speakBoth(
    { answer: a.observed, values: a.observed.values, redact: a.redact },
    { answer: b.observed, values: b.observed.values, redact: b.redact },
    found,
  );
  const isAccepted = reasons.every((reason) => reason !== undefined);
  return {
    ...headOf(one),
    state: found.length === 0 ? 'passed' : isAccepted ? 'differs' : 'failed',
    ...(found.length > 0 && isAccepted && { reason: `accepted: ${[...new Set(reasons)].join('; ')}` }),
    sent: b.sent,
    curl: curlOf(b.sent),
    expected: spoken.expected,
    received: spoken.received,
    ...(found.length > 0 && {
      // What is accepted is not told beside what is not.
      differences: spoken.differences.filter((_, index) => isAccepted || reasons[index] === undefined),
    }),
    ms: a.ms + b.ms,
  };
}

/** Asks both sides the same, case after case, each with people of its own, and tells in what they differ. */
export async function diffCases(cases: readonly CaseOf[], options: DiffOptions): Promise<Diff> {
  const startedAt = performance.now();
  const acceptance = createAcceptance(options.accepted ?? []);
  const results: CaseResult[] = [];
  for (const which of cases) {
    const result = await diffCase(which, options, acceptance);
    results.push(result);
    options.onResult?.(result);
    if (options.bail === true && result.state === 'failed') break;
  }
  const ms = Math.round(performance.now() - startedAt);
  return { cases: results, counts: countStates(results), ms, healed: acceptance.healed() };
}
