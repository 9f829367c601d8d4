import { nameOfProblem, problemSamples, renderProblem, type Contract } from '../contract';
import { canRefuse, type OperationName, type Problem } from '../core';
import type { Action, Meta, WireProblem, WireResponse } from '../dialect';
import type { Facts } from './effects';
import { untie, type Fields, type Wire } from './identify';
import { sampleResult } from './sample-results';

/** An answer as a plan shows it. `headers`: those that tell something. */
export interface ShownAnswer {
  status: number;
  body?: unknown;
  /** The answer is a page for a person. */
  page?: true;
  headers?: Readonly<Record<string, string>>;
}

/** A failure in the words of both sides; null where that side cannot fail so. */
export interface ErrorPair {
  problem: string;
  before: ShownAnswer | null;
  after: ShownAnswer | null;
}

/** A call of one side, as far as its answers depend on it. */
export interface AnsweredCall {
  wire: Wire;
  operation: OperationName;
  action: Action;
  command: Fields;
  meta: Meta;
}

export function showAnswer({ status, body, html, headers = {}, cookies = [] }: WireResponse): ShownAnswer {
  const told: Record<string, string> = { ...headers };
  for (const { name, value, maxAge } of cookies)
    told['Set-Cookie'] = `${name}=${value}; Max-Age=${String(maxAge)}`;
  // What a page may do is the browser's business.
  delete told['Content-Security-Policy'];
  return {
    status,
    ...(body !== undefined && { body }),
    ...(html !== undefined && { page: true as const }),
    ...(Object.keys(told).length > 0 && { headers: told }),
  };
}

/** The records that a dialect's own contract or seeds know of a kind. */
function recordsOf(
  { declaration }: Wire,
  contract: Contract,
  kind: string,
): readonly Record<string, never>[] {
  const seeded = (declaration.seeds ?? []).filter((seed) => seed.kind === kind).map(({ data }) => data);
  const arranged = contract.exchanges.flatMap(({ arrange }) => arrange?.records ?? []);
  const kept = arranged.filter((record) => record.kind === kind).map(({ data }) => data);
  return (seeded.length > 0 ? seeded : kept.slice(0, 1)) as Record<string, never>[];
}

/** How a good answer to the call looks. */
export function goodAnswer(call: AnsweredCall, facts: Facts, contract: Contract): ShownAnswer | undefined {
  const { wire, operation, action, command, meta } = call;
  const result = sampleResult(operation, {
    declaration: wire.declaration,
    command,
    facts,
    recordData: (kind) => recordsOf(wire, contract, kind),
  });
  if (result === undefined) return undefined;
  const { write } = action as unknown as { write: (result: unknown, meta: Meta) => WireResponse };
  return showAnswer(write(result, meta));
}

function words({ wire, action, meta }: AnsweredCall, problem: WireProblem): ShownAnswer | null {
  const answer =
    renderProblem(action.errors ?? {}, problem, meta) ??
    renderProblem(wire.declaration.errors, problem, meta);
  return answer === undefined ? null : showAnswer(answer);
}

/** Fields of which a call of this effect can be told that they are wrong. */
function concerns(problem: Problem, facts: Facts, operation: OperationName): boolean {
  if (problem.code === 'invalid_field') {
    if (problem.field === 'identifier') return operation === 'signIn' || operation === 'signOut';
    if (operation === 'signIn') return problem.field === 'password';
    return problem.field in facts || (problem.field in { email: 1, phone: 1 } && 'codeTo' in facts);
  }
  if (problem.code === 'identifier_taken' || problem.code === 'contact_unverified')
    return problem.identifier in facts || ('codeTo' in facts && problem.identifier !== 'username');
  return true;
}

const isOfCore = (problem: WireProblem): problem is Problem =>
  ![
    'invalid_member',
    'malformed_body',
    'malformed_upload',
    'body_too_large',
    'no_such_route',
    'not_served',
    'unexpected',
  ].includes(problem.code);

/** Whether a call can be refused so. */
function canMeet({ operation, action }: AnsweredCall, problem: Problem, facts: Facts): boolean {
  if (problem.code === 'storage_failed') return true;
  if (problem.code === 'access_token_rejected') return ['session', 'caller'].includes(untie(action).access);
  return canRefuse(operation, problem) && concerns(problem, facts, operation);
}

/** What each failure of either side looks like on both. Failures whose words are the same on both sides stand once. */
export function pairErrors(before: AnsweredCall, after: readonly AnsweredCall[], facts: Facts): ErrorPair[] {
  const pairs: ErrorPair[] = [];
  for (const problem of problemSamples.filter(isOfCore)) {
    const meets = canMeet(before, problem, facts);
    const there = after.filter((call) => canMeet(call, problem, facts));
    if (!meets && there.length === 0) continue;
    const pair = {
      problem: nameOfProblem(problem),
      before: meets ? words(before, problem) : null,
      // The last call that can fail so is the one that does what the old call did.
      after: there.at(-1) === undefined ? null : words(there.at(-1) as AnsweredCall, problem),
    };
    const same = pairs.find(
      (known) =>
        known.problem.split(' ')[0] === problem.code &&
        JSON.stringify([known.before, known.after]) === JSON.stringify([pair.before, pair.after]),
    );
    if (same === undefined) pairs.push(pair);
    else same.problem += `, ${pair.problem.slice(problem.code.length + 1)}`;
  }
  return pairs;
}
