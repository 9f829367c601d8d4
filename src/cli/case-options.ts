import { InvalidArgumentError, type Command } from 'commander';
import type { ExchangeKind } from '../contract';
import { exchangeKinds } from '../kit';

function readKind(text: string, earlier: readonly ExchangeKind[] = []): ExchangeKind[] {
  const kind = exchangeKinds.find((one) => one === text);
  if (kind === undefined) throw new InvalidArgumentError(`It must be one of ${exchangeKinds.join(', ')}.`);
  return [...earlier, kind];
}

/** Which cases of a contract are meant. */
export interface CaseOptions {
  only?: string;
  kind?: ExchangeKind[];
}

/** Gives a command the options that choose cases. */
export function addCaseOptions(command: Command): Command {
  return command
    .option('--only <text>', 'only cases with this id or endpoint, or with this text in the title')
    .option(
      '--kind <kind>',
      `only cases of this kind: ${exchangeKinds.join(', ')}; may be repeated`,
      readKind,
    );
}
