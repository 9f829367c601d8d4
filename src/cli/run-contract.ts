import { writeFile } from 'node:fs/promises';
import {
  casesOf,
  connect,
  createProgress,
  describeRun,
  paintFor,
  readIdentity,
  reportOf,
  runCases,
  selects,
  type CaseOf,
  type RunResult,
} from '../kit';
import type { CaseOptions } from './case-options';
import { chooseDialects } from './chosen-dialects';
import { CommandError, WrongCall } from './command-error';
import { demandConnection, demandTarget, readIdentityFile } from './kit-failures';
import type { ReportWish } from './report-option';

export interface RunCommandOptions extends CaseOptions {
  target: string;
  testDoorToken?: string;
  identity?: string;
  destructive?: true;
  report?: ReportWish[];
  strict?: true;
  bail?: true;
  /** Seconds. */
  timeout: number;
  json?: true;
}

function doorTokenOf({ testDoorToken }: RunCommandOptions): string | undefined {
  const token = testDoorToken ?? process.env['TEST_DOOR_TOKEN'];
  return token === '' ? undefined : token;
}

/** Runs the chosen cases, and shows and writes what came of them. Fails when a case failed. */
export async function runContract(dialect: string, options: RunCommandOptions): Promise<void> {
  const { only, kind, report = [], strict = false, bail = false, timeout, json } = options;
  const baseUrl = demandTarget('--target', options.target);
  // A wrong name is told before anybody is asked.
  chooseDialects(dialect);
  const identity =
    options.identity === undefined ? undefined : readIdentityFile(options.identity, readIdentity);
  const timeoutMs = timeout * 1000;
  const { means, stagehand, facts } = await demandConnection(
    connect({
      baseUrl,
      timeoutMs,
      doorToken: doorTokenOf(options),
      identity,
      destructive: options.destructive === true,
    }),
  );
  const site = {
    publicUrl: facts?.publicUrl ?? identity?.publicUrl ?? baseUrl,
    phoneRegion: facts?.phoneRegion ?? 'CN',
  };
  const subjects = chooseDialects(dialect, site, facts?.dialects);
  const isMeant = selects({
    ...(only !== undefined && { only }),
    ...(kind !== undefined && { kinds: kind }),
  });
  const all = subjects.flatMap((subject) => casesOf(subject).map((one): CaseOf => ({ subject, one })));
  const among = all.map(({ one }) => one);
  const chosen = all.filter(({ one }) => isMeant(one, among));
  if (chosen.length === 0) throw new WrongCall('No case is chosen; `idiom contract list` shows them.');

  const startedAt = new Date().toISOString();
  const progress = createProgress(process.stderr, chosen.length);
  const outcome = await runCases(chosen, {
    baseUrl,
    stagehand,
    timeoutMs,
    foreign: means !== 'door',
    strict,
    bail,
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
  };
  for (const { kind: as, file } of report) await writeFile(file, reportOf(as, run));
  process.stdout.write(
    json === true ? reportOf('json', run) : `${describeRun(run, paintFor(process.stdout.isTTY))}\n`,
  );
  if (json !== true) for (const { kind: as, file } of report) process.stderr.write(`${as} report: ${file}\n`);
  const { failed } = run.counts;
  if (failed > 0)
    throw new CommandError(
      'cases_failed',
      `${failed} of ${run.cases.length - run.counts.skipped} cases failed.`,
    );
}
