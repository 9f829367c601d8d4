import type { Command } from 'commander';
import { dialects } from '../../dialects';
import { ownWordsOf, problemTable, type Answer, type OwnWords, type ProblemRow } from '../contract';
import { declareByDefault } from '../dialect';
import { findDialect } from './find-dialect';
import { printable } from './layout';

const line = ({ status, body }: Answer): string => `${String(status)} ${printable(JSON.stringify(body))}`;

function rowText({ problem, answers }: ProblemRow): string {
  const longest = Math.max(...Object.keys(answers).map((name) => name.length));
  const lines = Object.entries(answers).map(([name, answer]) => `  ${name.padEnd(longest)}  ${line(answer)}`);
  return [problem, ...lines].join('\n');
}

function ownText({ dialect, call, problem, answer }: OwnWords): string {
  return `  ${dialect}  ${call}  ${problem}\n    ${line(answer)}`;
}

/** The table of docs/problems.md, for these dialects or all. */
export function tellErrors(
  command: Command,
  options: { dialect?: readonly string[]; json?: boolean },
): string {
  const named = (options.dialect?.map((name) => findDialect(command, name)) ?? dialects).map((dialect) => ({
    name: dialect.name,
    declaration: declareByDefault(dialect),
  }));
  const problems = problemTable(named);
  const calls = named.flatMap(ownWordsOf);
  if (options.json === true) return JSON.stringify({ problems, calls });
  return `${problems.map(rowText).join('\n')}\n\nCalls with words of their own:\n${calls.map(ownText).join('\n')}`;
}
