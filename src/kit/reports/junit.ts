import builder from 'junit-report-builder';
import type { CaseResult, RunResult } from '../result';
import { diffOf, headline, interruptionLine, sourceNames } from '../show';
import { wordingOf, type Wording } from '../wording';

/** Characters that no XML document may hold, escaped or not. */
const notInXml =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function plain(text: string): string {
  return text.replace(notInXml, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const marks = { expected: '- ', received: '+ ', both: '  ' };

/** Everything that helps to find the fault. */
function detail(result: CaseResult, wording: Wording): string {
  const diff = diffOf(result).map(({ side, text }) => `${marks[side]}${text}`);
  return [
    `Expected by: ${sourceNames[result.source]}`,
    ...(result.basis === undefined ? [] : [`Basis: ${result.basis}`]),
    ...(result.curl === undefined ? [] : ['', result.curl]),
    ...(diff.length === 0 ? [] : ['', `- ${wording.expected}`, `+ ${wording.received}`, '', ...diff]),
  ].join('\n');
}

/** A run as JUnit XML: a suite for each dialect, whose classes are the endpoints. */
export function junitReport(run: RunResult): string {
  const report = builder.newBuilder();
  const wording = wordingOf(run);
  const interruption = interruptionLine(run);
  for (const dialect of run.dialects) {
    const cases = run.cases.filter((one) => one.dialect === dialect);
    // What goes on around the cases is part of a run of one dialect; of several, nobody knows whose it is.
    const ofCases = cases.reduce((sum, { ms }) => sum + ms, 0);
    const seconds = (run.dialects.length === 1 ? run.ms : ofCases) / 1000;
    const suite = report
      .testSuite()
      .name(dialect)
      .timestamp(new Date(run.startedAt))
      .time(seconds)
      .property('target', plain(run.target));
    if (interruption !== undefined) suite.property('interrupted', interruption);
    for (const result of cases) {
      const test = suite
        .testCase()
        .className(plain(`${dialect}.${result.endpoint}`))
        .name(plain(result.title))
        .time(result.ms / 1000);
      const said = plain(headline(result, wording));
      if (result.state === 'failed')
        test.failure(said, result.kind).stacktrace(plain(detail(result, wording)));
      // The format has no place for the reason of a skip but the output of the case.
      if (result.state === 'skipped') test.skipped().standardOutput(`Skipped: ${said}`);
      if (result.state === 'differs')
        test
          .skipped()
          .standardOutput(`Differs from our own choice: ${said}\n\n${plain(detail(result, wording))}`);
    }
  }
  return report.build();
}
