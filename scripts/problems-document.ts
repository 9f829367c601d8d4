import {
  actionsOf,
  type Declaration,
  type Dialect,
  type ErrorTable,
  type Meta,
  type WireProblem,
  type WireResponse,
} from '../src/dialect';
import { problemSamples } from './problem-samples';

/** A request that says nothing of its language, so that every message is the default one. */
const meta: Meta = {
  requestId: '00000000-0000-4000-8000-000000000000',
  now: new Date(0),
  operation: null,
  request: {
    method: 'POST',
    path: '/',
    params: {},
    query: new URLSearchParams(),
    headers: {},
    body: undefined,
  },
};

function declare(dialect: Dialect): Declaration {
  const site = { publicUrl: 'http://127.0.0.1:3000', phoneRegion: 'CN', corsOrigins: [] };
  const { value } = dialect.settings.validate({}) as { value: Record<string, unknown> };
  return dialect.declare(site, value);
}

/** The words of a table for a problem; undefined when a partial table has none. */
function render(table: Partial<ErrorTable>, problem: WireProblem): WireResponse | undefined {
  // Each entry takes its own problem, and this one is found under the problem's own code.
  return table[problem.code]?.(problem as never, meta);
}

/** The code, then what else of the problem its words may depend on. */
function nameOf({ code, ...rest }: WireProblem): string {
  const details = Object.entries<unknown>(rest).filter(
    ([name]) => name !== 'retryAfterSeconds' && name !== 'detail',
  );
  return [code, ...details.map(([, value]) => String(value))].join(' ');
}

function cell(answer: WireResponse): string {
  const body = JSON.stringify(answer.body ?? null).replaceAll('|', '\\|');
  return `${answer.status} \`${body}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(headings), row(headings.map(() => '---')), ...rows.map(row)].join('\n');
}

interface Named {
  name: string;
  declaration: Declaration;
}

/** The words that single calls have of their own, where they differ from those of the dialect. */
function ownWords({ name, declaration }: Named): string[][] {
  return declaration.routes.flatMap((route) =>
    actionsOf(route).flatMap(({ errors = {} }) =>
      problemSamples.flatMap((problem) => {
        const own = render(errors, problem);
        const usual = render(declaration.errors, problem);
        if (own === undefined || usual === undefined || cell(own) === cell(usual)) return [];
        return [[name, `\`${route.method.toUpperCase()} ${route.path}\``, nameOf(problem), cell(own)]];
      }),
    ),
  );
}

/** docs/problems.md: every problem in the words of every dialect, taken from their error tables. */
export function describeProblems(dialects: readonly Dialect[]): string {
  const named = dialects.map((dialect) => ({ name: dialect.name, declaration: declare(dialect) }));
  const rows = problemSamples.map((problem) => [
    nameOf(problem),
    ...named.map(({ declaration }) => {
      const answer = render(declaration.errors, problem);
      return answer === undefined ? '' : cell(answer);
    }),
  ]);
  return `<!-- Written by scripts/document-problems.ts from the dialects' error tables: change those, then run \`npm run generate\`. -->

# Problems

What each problem of the gateway looks like through each dialect: the HTTP status and the body, with every setting at its default and in
the language of a request that asks for none. Members of requests are told by the example of \`username\`; \`…\` stands for what is wrong
with the body.

${table(['problem', ...named.map(({ name }) => name)], rows)}

## Calls with words of their own

${table(['dialect', 'call', 'problem', 'answer'], named.flatMap(ownWords))}
`;
}
