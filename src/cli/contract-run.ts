import type { Command } from 'commander';
import { addCaseOptions } from './case-options';
import { readReport } from './report-option';
import type { RunCommandOptions } from './run-contract';
import { wholeNumber } from './whole-number';

/** Options that say where a server is, and how cases are brought about there. */
export function addContractRun(parent: Command): void {
  addCaseOptions(
    parent
      .command('run')
      .argument('<dialect>', 'a dialect, several with commas between them, or all')
      .description('run the cases of a dialect against a server')
      .requiredOption('--target <url>', 'where the server is')
      .option('--test-door-token <token>', 'opens the test door of a gateway (or TEST_DOOR_TOKEN)')
      .option('--identity <file>', 'users and an inbox for a server without a test door, as JSON')
      .option('--destructive', 'also run what changes the users of the identity file'),
  )
    .option(
      '--against <file>',
      'hold the answers to a recording of `idiom record` in the place of the contract',
    )
    .option('--report <kind:file>', 'write junit:FILE, html:FILE or json:FILE; may be repeated', readReport)
    .option('--strict', 'what differs from our own choice on a server of somebody else is a failure too')
    .option('--bail', 'end behind the first failure')
    .option('--timeout <seconds>', 'how long an answer may take', wholeNumber(1, 600), 10)
    .option('--json', 'answer with the JSON report; errors as JSON on the standard error')
    .addHelpText(
      'after',
      '\nExit codes: 0 all passed, 1 a case failed, 2 wrong call, 130 or 143 interrupted.\n\nExamples:\n' +
        '  TEST_DOOR_TOKEN=… idiom contract run all --target http://127.0.0.1:3000 --report junit:out.xml\n' +
        '  idiom contract run cloudbase --target https://staging.example.com --identity qa.json',
    )
    .action(async (dialect: string, options: RunCommandOptions) => {
      const { runContract } = await import('./run-contract.js');
      await runContract(dialect, options);
    });
}
