import {
  actionsOf,
  type Declaration,
  type ErrorTable,
  type Meta,
  type NamedDeclaration,
  endpointOf,
  type WireProblem,
  type WireResponse,
} from '../dialect';
import type { Answer } from './contract';
import { problemSamples } from './problem-samples';
import { plainRequest } from './sample-token';

/** A problem as every dialect tells it. */
export interface ProblemRow {
  /** The problem's code, then what else of it its words may depend on. */
  problem: string;
  code: WireProblem['code'];
  /** By the names of the dialects. */
  answers: Readonly<Record<string, Answer>>;
}

/** Words that a single call has of its own, where they differ from those of its dialect. */
export interface OwnWords {
  dialect: string;
  /** `METHOD /path`. */
  call: string;
  problem: string;
  code: WireProblem['code'];
  answer: Answer;
}

/** What words are told of a request that says nothing of its language. */
function plainMeta(declaration: Declaration): Meta {
  return {
    requestId: '00000000-0000-4000-8000-000000000000',
    now: new Date(0),
    operation: null,
    request: plainRequest(declaration),
  };
}

/** The words of a table for a problem; undefined when a partial table has none. */
export function renderProblem(
  table: Partial<ErrorTable>,
  problem: WireProblem,
  meta: Meta,
): WireResponse | undefined {
  // Each entry takes its own problem, and this one is found under the problem's own code.
  return table[problem.code]?.(problem as never, meta);
}

/** Members of a problem on which no words depend. */
const unspoken = ['retryAfterSeconds', 'detail'];

export function nameOfProblem({ code, ...rest }: WireProblem): string {
  const details = Object.entries<unknown>(rest).filter(([name]) => !unspoken.includes(name));
  return [code, ...details.map(([, value]) => String(value))].join(' ');
}

function answerOf({ status, body = null }: WireResponse): Answer {
  return { status, body };
}

/** Every problem in the words of these dialects, taken from their error tables. */
export function problemTable(dialects: readonly NamedDeclaration[]): ProblemRow[] {
  return problemSamples.map((problem) => {
    const answers: Record<string, Answer> = {};
    for (const { name, declaration } of dialects) {
      const meta = plainMeta(declaration);
      const answer = renderProblem(declaration.errors, problem, meta);
      if (answer !== undefined) answers[name] = answerOf(answer);
    }
    return { problem: nameOfProblem(problem), code: problem.code, answers };
  });
}

/** Calls that are opened in a browser may tell the usual words as a page: those are none of their own. */
export function ownWordsOf({ name, declaration }: NamedDeclaration): OwnWords[] {
  const meta = plainMeta(declaration);
  return declaration.routes.flatMap((route) =>
    actionsOf(route).flatMap(({ errors = {} }) =>
      problemSamples.flatMap((problem): OwnWords[] => {
        const own = renderProblem(errors, problem, meta);
        const usual = renderProblem(declaration.errors, problem, meta);
        // A page tells the usual words, to whoever follows a link to the call.
        if (own === undefined || usual === undefined || own.html !== undefined) return [];
        const [answer, other] = [answerOf(own), answerOf(usual)];
        if (JSON.stringify(answer) === JSON.stringify(other)) return [];
        const call = endpointOf(route);
        return [{ dialect: name, call, problem: nameOfProblem(problem), code: problem.code, answer }];
      }),
    ),
  );
}
