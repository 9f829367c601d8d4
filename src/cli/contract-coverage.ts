import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { CommandError } from './command-error';
import { descriptionFile } from './dialect-files';
import { table } from './layout';

async function coverage(dialect: string, { json }: { json?: true }): Promise<void> {
  const [{ coverageOf, coverageTable, missingFrom, readDescription }, { chooseDialects }] = await Promise.all(
    [import('../kit/index.js'), import('./chosen-dialects.js')],
  );
  const covered = chooseDialects(dialect).map((subject) => {
    const description = readDescription(readFileSync(descriptionFile(subject.name), 'utf8'));
    const one = coverageOf(subject, description);
    return { ...one, missing: missingFrom(one) };
  });
  const missing = covered.flatMap((one) => one.missing.map((what) => `${one.dialect}: ${what}`));
  if (json === true) process.stdout.write(`${JSON.stringify({ dialects: covered })}\n`);
  else {
    const tables = covered.map((one) => {
      const { headings, rows } = coverageTable(one);
      return `${one.dialect}: ${one.exchanges} cases\n\n${table(headings, rows)}\n`;
    });
    const gaps = missing.length === 0 ? '' : `\nMissing:\n${missing.join('\n')}\n`;
    process.stdout.write(`${tables.join('\n')}${gaps}`);
  }
  if (missing.length > 0) throw new CommandError('not_covered', `Not covered by a case: ${missing.length}.`);
}

export function addContractCoverage(parent: Command): void {
  parent
    .command('coverage')
    .argument('[dialect]', 'a dialect, several with commas between them, or all', 'all')
    .description('what the cases of a dialect try of each endpoint; fails when something is left out')
    .option('--json', 'answer with one JSON document; errors as JSON on the standard error')
    .addHelpText(
      'after',
      '\nERRORS are the documented refusals that a case expects. – stands where nothing can be tried.\n\nExample:\n  idiom contract coverage lancens',
    )
    .action(coverage);
}
