import { writeFile } from 'node:fs/promises';
import {
  createProgress,
  describeRun,
  paintFor,
  promisesOf,
  readIdentity,
  readRecording,
  reportOf,
  runCases,
  type RunOptions,
  type RunResult,
  type Subject,
} from '../kit';
import type { CaseOptions } from './case-options';
import { chooseCases } from './chosen-cases';
import { chooseDialects } from './chosen-dialects';
import { CommandError, WrongCall } from './command-error';
import { connectSide, siteOf, type SideOptions } from './connect-side';
import { watchInterruption } from './interruption';
import { demandTarget, readIdentityFile, readKitFile } from './kit-failures';
import type { ReportWish } from './report-option';

export interface RunCommandOptions extends CaseOptions, SideOptions {
  target: string;
  against?: string;
  report?: ReportWish[];
  strict?: true;
  bail?: true;
  json?: true;
}

/** What the recorded answers promise. A recording of another dialect is a wrong call. */
function readPromises(
  file: string,
  subjects: readonly Subject[],
): Pick<RunOptions, 'promisedFor'> & { recording: RunResult['recording'] } {
  const recording = readKitFile('--against', file, readRecording);
  const { dialect, target, recordedAt } = recording;
  const subject = subjects.find(({ name }) => name === dialect);
  if (subject === undefined) throw new WrongCall(`${file} was recorded of ${dialect}.`);
  const promise = promisesOf(recording, subject);
  return {
    recording: { target, recordedAt },
    promisedFor: (one) => (one.dialect === dialect ? promise(one) : undefined),
  };
}

/** Runs the chosen cases, and shows and writes what came of them. Fails when a case failed. */
export async function runContract(dialect: string, options: RunCommandOptions): Promise<void> {
  const { report = [], strict = false, bail = false, timeout, json } = options;
  const baseUrl = demandTarget('--target', options.target);
  // A wrong name is told before anybody is asked.
  chooseDialects(dialect);
  const identity =
    options.identity === undefined ? undefined : readIdentityFile(options.identity, readIdentity);
  const interruption = watchInterruption(json !== true);
  const { signal } = interruption;
  const connected = await connectSide(baseUrl, identity, { ...options, signal });
  const { means, stagehand, facts } = connected;
  const subjects = chooseDialects(dialect, siteOf(baseUrl, connected, identity), facts?.dialects);
  const chosen = chooseCases(subjects, options);
  const against = options.against === undefined ? undefined : readPromises(options.against, subjects);

  const startedAt = new Date().toISOString();
  const progress = createProgress(process.stderr, chosen.length);
  const outcome = await runCases(chosen, {
    baseUrl,
    stagehand,
    timeoutMs: timeout * 1000,
    foreign: means !== 'door',
    strict,
    bail,
    signal,
    ...(against?.promisedFor !== undefined && { promisedFor: against.promisedFor }),
    onResult: (result) => {
      if (json !== true) progress.tell(result);
    },
  });
  if (json !== true) progress.end();
  const run: RunResult = {
    startedAt,
    target: baseUrl,
    means,
    strict,
    dialects: subjects.map(({ name }) => name),
    ...outcome,
    ...(against?.recording !== undefined && { recording: against.recording }),
  };
  for (const { kind: as, file } of report) await writeFile(file, reportOf(as, run));
  process.stdout.write(
    json === true ? reportOf('json', run) : `${describeRun(run, paintFor(process.stdout.isTTY))}\n`,
  );
  if (json !== true) for (const { kind: as, file } of report) process.stderr.write(`${as} report: ${file}\n`);
  interruption.demandNone();
  const { failed } = run.counts;
  if (failed > 0)
    throw new CommandError(
      'cases_failed',
      `${failed} of ${run.cases.length - run.counts.skipped} cases failed.`,
    );
}
