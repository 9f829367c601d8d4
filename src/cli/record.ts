import type { Command } from 'commander';
import { addCaseOptions } from './case-options';
import type { RecordCommandOptions } from './record-answers';
import { wholeNumber } from './whole-number';

export function addRecord(parent: Command): void {
  addCaseOptions(
    parent
      .command('record')
      .argument('<dialect>', 'a dialect')
      .description('write down what a server answers to the cases of a dialect')
      .requiredOption('--target <url>', 'where the server is')
      .requiredOption('--out <file>', 'the recording, as JSON')
      .option('--test-door-token <token>', 'opens the test door of a gateway (or TEST_DOOR_TOKEN)')
      .option('--identity <file>', 'users and an inbox for a server without a test door, as JSON')
      .option('--destructive', 'also ask what changes the users of the identity file'),
  )
    .option('--timeout <seconds>', 'how long an answer may take', wholeNumber(1, 600), 10)
    .addHelpText(
      'after',
      '\nIds, tokens and times are kept as references, and nothing secret is. A case without an answer makes the exit code 1, an interruption 130 or 143; the others are kept.\n\nExample:\n' +
        '  idiom record lancens --target https://vendor.example.com --identity qa.json --out lancens.json\n' +
        '  idiom contract run lancens --target http://127.0.0.1:3000 --against lancens.json',
    )
    .action(async (dialect: string, options: RecordCommandOptions) => {
      const { recordAnswers } = await import('./record-answers.js');
      await recordAnswers(dialect, options);
    });
}
