import type { Command } from 'commander';
import type { CallContext } from '../core';
import type { Foundation } from '../foundation';

/** What a command has to say, for programs and for people. */
export interface Answer {
  json: Readonly<Record<string, unknown>>;
  /** Lines, without the last line's end. */
  text: string;
}

/** What a command does with the database. */
type Work = (foundation: Foundation) => Promise<Answer>;

/** Calls from the command line come through no door. */
export const operator: CallContext = {
  door: 'operator',
  address: null,
  deviceId: null,
  clientId: null,
  userAgent: null,
};

/**
 * Gives a command its `--json`, its example and its work. `prepare` runs before anything is opened, so that a wrong call
 * costs nothing; what it returns does the work on the database.
 */
export function answerWith(
  command: Command,
  example: string,
  prepare: (...args: never[]) => Work | Promise<Work>,
): void {
  command
    .option('--json', 'answer with one JSON document; errors as JSON on the standard error')
    .addHelpText('after', `\nExample:\n  ${example}`)
    .action(async (...args: unknown[]) => {
      // The library hands over what the command declares; what that is, its types do not follow.
      const work = await prepare(...(args as never[]));
      // Loaded only now: help and the refusal of a wrong call need none of it.
      const { withFoundation } = await import('./with-foundation.js');
      const answer = await withFoundation(work);
      const json = command.opts<{ json?: boolean }>().json === true;
      process.stdout.write(`${json ? JSON.stringify(answer.json) : answer.text}\n`);
    });
}
