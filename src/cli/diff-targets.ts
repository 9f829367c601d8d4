import { writeFile } from 'node:fs/promises';
import {
  createProgress,
  describeRun,
  diffCases,
  paintFor,
  readAccepted,
  readIdentityPair,
  reportOf,
  type RunResult,
} from '../kit';
import type { CaseOptions } from './case-options';
import { chooseCases } from './chosen-cases';
import { chooseDialects } from './chosen-dialects';
import { CommandError } from './command-error';
import { connectSide, siteOf, type SideOptions } from './connect-side';
import { watchInterruption } from './interruption';
import { demandTarget, readIdentityFile, readKitFile } from './kit-failures';
import { readReport, type ReportWish } from './report-option';

export interface DiffCommandOptions extends CaseOptions, SideOptions {
  left: string;
  right: string;
  leftTestDoorToken?: string;
  rightTestDoorToken?: string;
  accept?: string;
  out?: string;
  report?: ReportWish[];
  strict?: true;
  bail?: true;
  json?: true;
}

function withToken(options: DiffCommandOptions, token: string | undefined): SideOptions {
  const { testDoorToken, leftTestDoorToken, rightTestDoorToken } = options;
  return {
    ...options,
    otherDoorTokens: [testDoorToken, leftTestDoorToken, rightTestDoorToken],
    ...(token !== undefined && { testDoorToken: token }),
  };
}

/** The dialects that both sides are known to serve; undefined when nothing is known of either. */
function servedByBoth(
  left: readonly string[] | undefined,
  right: readonly string[] | undefined,
): readonly string[] | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return left.filter((name) => right.includes(name));
}

function complain({ counts, compared }: RunResult, strict: boolean): void {
  const asked = counts.passed + counts.failed + counts.differs;
  if (counts.failed > 0) throw new CommandError('cases_failed', `${counts.failed} of ${asked} cases differ.`);
  const healed = compared?.healed.length ?? 0;
  if (strict && healed > 0)
    throw new CommandError('healed', `${healed} accepted differences no longer show.`);
}

/** Asks both servers the chosen cases, and shows and writes in what they differ. Fails when they do. */
export async function diffTargets(dialect: string, options: DiffCommandOptions): Promise<void> {
  const { strict = false, bail = false, json, timeout } = options;
  const [leftUrl, rightUrl] = [demandTarget('--left', options.left), demandTarget('--right', options.right)];
  // What is wrong with the call is told before anybody is asked.
  chooseDialects(dialect);
  const report =
    options.out === undefined ? options.report : readReport(`html:${options.out}`, options.report);
  const accepted = options.accept === undefined ? [] : readKitFile('--accept', options.accept, readAccepted);
  const identities =
    options.identity === undefined ? undefined : readIdentityFile(options.identity, readIdentityPair);
  const interruption = watchInterruption(json !== true);
  const { signal } = interruption;
  const left = await connectSide(leftUrl, identities?.left, {
    ...withToken(options, options.leftTestDoorToken),
    signal,
  });
  const right = await connectSide(rightUrl, identities?.right, {
    ...withToken(options, options.rightTestDoorToken),
    signal,
  });
  const served = servedByBoth(left.facts?.dialects, right.facts?.dialects);
  const subjects = chooseDialects(dialect, siteOf(leftUrl, left, identities?.left), served);
  const chosen = chooseCases(subjects, options);

  const startedAt = new Date().toISOString();
  const progress = createProgress(process.stderr, chosen.length);
  const timeoutMs = timeout * 1000;
  const { healed, ...outcome } = await diffCases(chosen, {
    left: { baseUrl: leftUrl, stagehand: left.stagehand, timeoutMs },
    right: { baseUrl: rightUrl, stagehand: right.stagehand, timeoutMs },
    accepted,
    bail,
    signal,
    onResult: (result) => {
      if (json !== true) progress.tell(result);
    },
  });
  if (json !== true) progress.end();
  const run: RunResult = {
    startedAt,
    target: rightUrl,
    means: right.means,
    strict,
    dialects: subjects.map(({ name }) => name),
    ...outcome,
    compared: { left: leftUrl, right: rightUrl, means: { left: left.means, right: right.means }, healed },
  };
  for (const { kind, file } of report ?? []) await writeFile(file, reportOf(kind, run));
  process.stdout.write(
    json === true ? reportOf('json', run) : `${describeRun(run, paintFor(process.stdout.isTTY))}\n`,
  );
  if (json !== true)
    for (const { kind, file } of report ?? []) process.stderr.write(`${kind} report: ${file}\n`);
  interruption.demandNone();
  complain(run, strict);
}
