import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dialects } from '../dialects';
import { contractOf } from '../src/cli/dialect-files';
import { audiences } from '../src/contract';
import type { OperationName } from '../src/core';
import { actionsOf, declareByDefault, endpointOf, type Declaration, type Dialect } from '../src/dialect';
import { configurationTable } from '../src/platform/config';
import { describeVariables, type Variable } from '../src/platform/config-variables';
import { alignedTable, findTable, replaceRegion, tableRows } from './markdown';

/** What the tables are made of: files of the repository, by their paths in it. */
type ReadText = (file: string) => string;

interface DescribedKey {
  flags?: { default?: unknown };
}

/** As one would write it in the environment, where a switch is 1 or 0. */
function spellDefault(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * The variables of one dialect: names and defaults as its schema has them, meanings from its own README. Throws when
 * the README lacks one of them or says another default.
 */
function dialectVariables({ name, settings }: Dialect, readText: ReadText): string[][] {
  const described = settings.describe() as { keys?: Record<string, DescribedKey> };
  const documented = tableRows(readText(`dialects/${name}/README.md`));
  return Object.entries(described.keys ?? {}).map(([variable, { flags }]) => {
    const given = flags?.default;
    const standard = given === undefined ? '' : `\`${spellDefault(given)}\``;
    const row = documented.find(([first]) => first === `\`${variable}\``);
    if (row?.[1] !== standard)
      throw new Error(`dialects/${name}/README.md must have a row: \`${variable}\` | ${standard} | meaning`);
    return [`\`${variable}\``, standard, `(${name}) ${row[2] ?? ''}`];
  });
}

function configuration(readText: ReadText): string {
  const variables: Readonly<Record<string, Variable>> = describeVariables([]);
  const own = configurationTable.map(({ name, default: standard, meaning }) => [
    `\`${name}\``,
    // What is described rather than written is no value that one could set.
    standard === '' || variables[name]?.derived === true ? standard : `\`${standard}\``,
    meaning.replaceAll('*', '\\*'),
  ]);
  const rows = [...own, ...dialects.flatMap((dialect) => dialectVariables(dialect, readText))];
  return alignedTable(['variable', 'default', 'meaning'], rows);
}

/** The calls of one dialect that reach an operation, and `–` where the wire has none. */
function callsOf(declaration: Declaration, operation: OperationName): string {
  const calls = declaration.routes
    .filter((route) => actionsOf(route).some((action) => action.operation === operation))
    .map((route) => `\`${endpointOf(route)}\``);
  return calls.length > 0 ? calls.join('<br>') : '–';
}

function calls(): string {
  const served = dialects.map((dialect) => declareByDefault(dialect));
  const rows = Object.entries(audiences)
    .filter(([, audience]) => audience === 'client')
    .map(([name]) => [
      `\`${name}\``,
      ...served.map((declaration) => callsOf(declaration, name as OperationName)),
    ]);
  return alignedTable(['operation', ...dialects.map(({ name }) => name)], rows);
}

/** Every call of every vendor, as it stands where nothing is set. */
function endpoints(): string {
  const rows = dialects.flatMap((dialect) => {
    const served = declareByDefault(dialect).routes.map((route) => [
      dialect.name,
      `\`${endpointOf(route)}\``,
      route.unconfigured === undefined ? 'served' : `answers as unconfigured: ${route.unconfigured}`,
    ]);
    const others = Object.entries(contractOf(dialect.name).notServed ?? {}).map(([address, reason]) => [
      dialect.name,
      `\`${address}\``,
      `not served: ${reason}`,
    ]);
    return [...served, ...others];
  });
  return alignedTable(['dialect', 'endpoint', 'state'], rows);
}

/** The table of the recorded run, if one was recorded. */
function performance(root: string): string {
  const file = 'docs/performance.md';
  if (!existsSync(path.join(root, file))) return '`npm run bench` prints the table of a run.';
  const table = findTable(readTextIn(root)(file), 'dialect');
  if (table === undefined) throw new Error(`${file} has no table that starts with: dialect`);
  return `${table}\n\nHow this was measured, and what led to it: [${file}](${file}).`;
}

/** README.md of the repository in `root`, with its tables as the code and the other documents have them. */
export function fillReadme(root: string): string {
  const readText = readTextIn(root);
  const regions: readonly [name: string, content: string][] = [
    ['calls', calls()],
    ['endpoints', endpoints()],
    ['configuration', configuration(readText)],
    ['performance', performance(root)],
  ];
  return regions.reduce(
    (document, [name, content]) => replaceRegion(document, name, content),
    readText('README.md'),
  );
}

/** Reads a file of the repository whose folder is `root`. */
export function readTextIn(root: string): ReadText {
  return (file) => readFileSync(path.join(root, file), 'utf8');
}
