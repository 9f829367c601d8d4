import type { Command } from 'commander';
import { addCaseOptions, type CaseOptions } from './case-options';
import { table } from './layout';

interface Options extends CaseOptions {
  json?: true;
}

async function list(dialect: string, { only, kind, json }: Options): Promise<void> {
  const [{ casesOf, selects }, { chooseDialects }] = await Promise.all([
    import('../kit/index.js'),
    import('./chosen-dialects.js'),
  ]);
  const means = selects({ ...(only !== undefined && { only }), ...(kind !== undefined && { kinds: kind }) });
  const cases = chooseDialects(dialect)
    .flatMap(casesOf)
    .filter((one, _, among) => means(one, among));
  if (json === true) {
    const shown = cases.map(({ id, title, endpoint, kind: of, source, destructive, exchange }) => ({
      id,
      title,
      endpoint,
      kind: of,
      source,
      destructive,
      ...(exchange.given !== undefined && { given: exchange.given }),
    }));
    process.stdout.write(`${JSON.stringify({ cases: shown })}\n`);
    return;
  }
  const rows = cases.map(({ title, endpoint, kind: of, source, destructive }) => [
    endpoint,
    of,
    source,
    destructive ? 'yes' : '',
    title,
  ]);
  process.stdout.write(`${table(['ENDPOINT', 'KIND', 'SOURCE', 'CHANGES', 'TITLE'], rows)}\n`);
  process.stderr.write(`${cases.length} cases\n`);
}

export function addContractList(parent: Command): void {
  addCaseOptions(
    parent
      .command('list')
      .argument('<dialect>', 'a dialect, several with commas between them, or all')
      .description('the cases of a dialect, and where each expectation is from')
      .option('--json', 'answer with one JSON document; errors as JSON on the standard error'),
  )
    .addHelpText('after', '\nExample:\n  idiom contract list lancens --kind error')
    .action(list);
}
