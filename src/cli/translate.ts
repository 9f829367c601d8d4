import { InvalidArgumentError, type Command } from 'commander';
import type { PlanFile, PlanKind, TranslateOptions } from './translate-options';

function readPlanFile(text: string, earlier: readonly PlanFile[] = []): PlanFile[] {
  const [, kind, file] = /^(html|json):(.+)$/s.exec(text) ?? [];
  if (file === undefined) throw new InvalidArgumentError('It must be html:FILE or json:FILE.');
  return [...earlier, { kind: kind as PlanKind, file }];
}

function readUrl(text: string): string {
  if (!/^https?:\/\/[^/\s]+$/.test(text))
    throw new InvalidArgumentError('It must be an origin such as https://new.example.com.');
  return text;
}

const append = (text: string, earlier: readonly string[] = []): string[] => [...earlier, text];

export function addTranslate(parent: Command): void {
  const command = parent
    .command('translate')
    .description('say what calls of one dialect become in another')
    .argument(
      '<input>',
      'a curl line, or a file: curl lines, HAR 1.2, Postman v2.0 or v2.1, or an access log; - is the standard input',
    )
    .requiredOption('--from <dialect>', 'the dialect that the calls are written in')
    .requiredOption('--to <dialect>', 'the dialect that they are to be written in')
    .option('--url <origin>', 'where the new calls go; default: PUBLIC_URL', readUrl)
    .option('--host <name>', 'only calls to this host; may be given again', append)
    .option(
      '--report <kind:file>',
      'write the plan as html:FILE or json:FILE; may be given again',
      readPlanFile,
    )
    .option('--keep-secrets', 'repeat passwords, codes and keys of the calls')
    .option('--json', 'answer with one JSON document; errors as JSON on the standard error')
    .addHelpText(
      'after',
      '\nExample:\n  idiom translate --from anqicms --to cloudbase app.har --report html:plan.html',
    )
    .action(async (input: string, options: TranslateOptions) => {
      const { runTranslate } = await import('./run-translate.js');
      process.stdout.write(`${await runTranslate(command, input, options)}\n`);
    });
}
