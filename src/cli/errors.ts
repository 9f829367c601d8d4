import { InvalidArgumentError, type Command } from 'commander';

interface Options {
  json?: boolean;
  dialect?: readonly string[];
}

function readNames(text: string, earlier: readonly string[] = []): string[] {
  const names = text.split(',').filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('It must name a dialect.');
  return [...earlier, ...names];
}

export function addErrors(parent: Command): void {
  const command = parent
    .command('errors')
    .description('print what each problem looks like through each dialect')
    .option('--dialect <names>', 'only these dialects, as a comma list', readNames)
    .option('--json', 'answer with one JSON document; errors as JSON on the standard error')
    .addHelpText('after', '\nExample:\n  idiom errors --dialect anqicms,cloudbase')
    .action(async (options: Options) => {
      const { tellErrors } = await import('./tell-errors.js');
      process.stdout.write(`${tellErrors(command, options)}\n`);
    });
}
