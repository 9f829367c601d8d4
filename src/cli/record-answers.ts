import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createProgress, readIdentity, recordCases } from '../kit';
import { readVersion } from '../platform/version';
import type { CaseOptions } from './case-options';
import { chooseCases } from './chosen-cases';
import { chooseDialects } from './chosen-dialects';
import { CommandError, WrongCall } from './command-error';
import { connectSide, siteOf, type SideOptions } from './connect-side';
import { watchInterruption } from './interruption';
import { demandTarget, readIdentityFile } from './kit-failures';
import { isFolder } from './report-option';

export interface RecordCommandOptions extends CaseOptions, SideOptions {
  target: string;
  out: string;
}

/** Asks a server the chosen cases and writes its answers. Fails when one was not answered. */
export async function recordAnswers(dialect: string, options: RecordCommandOptions): Promise<void> {
  const { out, timeout } = options;
  const baseUrl = demandTarget('--target', options.target);
  if (chooseDialects(dialect).length !== 1) throw new WrongCall('A recording is of one dialect.');
  if (!isFolder(path.dirname(out))) throw new WrongCall(`There is no folder ${path.dirname(out)}.`);
  const identity =
    options.identity === undefined ? undefined : readIdentityFile(options.identity, readIdentity);
  const interruption = watchInterruption(true);
  const { signal } = interruption;
  const connected = await connectSide(baseUrl, identity, { ...options, signal });
  const subjects = chooseDialects(dialect, siteOf(baseUrl, connected, identity), connected.facts?.dialects);
  const chosen = chooseCases(subjects, options);

  const progress = createProgress(process.stderr, chosen.length);
  const { recording, counts } = await recordCases(dialect, chosen, {
    baseUrl,
    stagehand: connected.stagehand,
    timeoutMs: timeout * 1000,
    version: readVersion(),
    signal,
    onResult: (result) => {
      progress.tell(result);
    },
  });
  progress.end();
  await writeFile(out, `${JSON.stringify(recording, null, 2)}\n`);
  process.stdout.write(
    `${counts.passed} answers of ${baseUrl} are in ${out}; ${counts.skipped} cases could not be brought about, ${counts.failed} were not answered.\n`,
  );
  interruption.demandNone();
  if (counts.failed > 0)
    throw new CommandError('cases_failed', `${counts.failed} of ${chosen.length} cases were not answered.`);
}
