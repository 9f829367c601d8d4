import { ownWordsOf, problemTable, type Answer } from '../src/contract';
import { declareByDefault, type Dialect } from '../src/dialect';

function cell({ status, body }: Answer): string {
  return `${status} \`${JSON.stringify(body).replaceAll('|', '\\|')}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(headings), row(headings.map(() => '---')), ...rows.map(row)].join('\n');
}

/** docs/problems.md: what `idiom errors` prints, as a document. */
export function describeProblems(dialects: readonly Dialect[]): string {
  const named = dialects.map((dialect) => ({ name: dialect.name, declaration: declareByDefault(dialect) }));
  const names = named.map(({ name }) => name);
  const rows = problemTable(named).map(({ problem, answers }) => [
    problem,
    ...names.map((name) => (answers[name] === undefined ? '' : cell(answers[name]))),
  ]);
  const ownRows = named
    .flatMap(ownWordsOf)
    .map(({ dialect, call, problem, answer }) => [dialect, `\`${call}\``, problem, cell(answer)]);
  return `<!-- Written by scripts/document-problems.ts from the dialects' error tables: change those, then run \`npm run generate\`. -->

# Problems

What each problem of the gateway looks like through each dialect: the HTTP status and the body, with every setting at its default and in
the language of a request that asks for none. Members of requests are told by the example of \`username\`; \`…\` stands for what is wrong
with the body.

${table(['problem', ...names], rows)}

## Calls with words of their own

Calls that a browser opens may tell the words above as a page; such rows are left out.

${table(['dialect', 'call', 'problem', 'answer'], ownRows)}
`;
}
