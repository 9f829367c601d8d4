import { Interrupted } from './command-error';

/** As shells tell it: 128 and the number of the signal. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

export interface Interruption {
  /** Aborted by the first signal. */
  signal: AbortSignal;
  /** Fails with `Interrupted` when there was one. */
  demandNone(): void;
}

/**
 * From now on, the first Ctrl-C or SIGTERM asks the command to end in order, and a second one ends the process at once. `tells`:
 * whether a person is told so.
 */
export function watchInterruption(tells: boolean): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  function handle(signal: keyof typeof exitCodes): void {
    if (exitCode !== undefined) process.exit(exitCodes[signal]);
    exitCode = exitCodes[signal];
    if (tells) process.stderr.write('\nEnding behind the present case; once more ends at once.\n');
    controller.abort();
  }
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    signal: controller.signal,
    demandNone() {
      if (exitCode !== undefined) throw new Interrupted(exitCode);
    },
  };
}
