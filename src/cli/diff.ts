import type { Command } from 'commander';
import { addCaseOptions } from './case-options';
import type { DiffCommandOptions } from './diff-targets';
import { readReport } from './report-option';
import { wholeNumber } from './whole-number';

export function addDiff(parent: Command): void {
  addCaseOptions(
    parent
      .command('diff')
      .argument('<dialect>', 'a dialect, several with commas between them, or all')
      .description('ask two servers the same, and show in what they differ')
      .requiredOption('--left <url>', 'where the one server is')
      .requiredOption('--right <url>', 'where the other one is')
      .option('--test-door-token <token>', 'opens the test doors of gateways (or TEST_DOOR_TOKEN)')
      .option('--left-test-door-token <token>', 'opens that of the left one')
      .option('--right-test-door-token <token>', 'opens that of the right one')
      .option('--identity <file>', 'users and an inbox for servers without a test door, as JSON')
      .option('--destructive', 'also ask what changes the users of the identity file'),
  )
    .option('--accept <file>', 'differences that are put up with: a JSON list of { case, where, reason }')
    .option('--out <file>', 'write the HTML report there')
    .option('--report <kind:file>', 'write junit:FILE, html:FILE or json:FILE; may be repeated', readReport)
    .option('--strict', 'an accepted difference that no longer shows is a failure')
    .option('--bail', 'end behind the first difference')
    .option('--timeout <seconds>', 'how long an answer may take', wholeNumber(1, 600), 10)
    .option('--json', 'answer with the JSON report; errors as JSON on the standard error')
    .addHelpText(
      'after',
      '\nIds, tokens and times may be others on the other side, but must be the same wherever they are the same.\n' +
        'Exit codes: 0 alike, 1 they differ, 2 wrong call, 130 or 143 interrupted.\n\nExample:\n' +
        '  idiom diff cloudbase --left https://vendor.example.com --right http://127.0.0.1:3000 --identity qa.json --accept accepted.json --out report.html',
    )
    .action(async (dialect: string, options: DiffCommandOptions) => {
      const { diffTargets } = await import('./diff-targets.js');
      await diffTargets(dialect, options);
    });
}
