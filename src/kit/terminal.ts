import type { CaseResult, CaseState, RunResult } from './result';
import { diffOf, headline, interruptionLine, placeOf, reasonsOf, sourceNames } from './show';
import { wordingOf, type Wording } from './wording';

/** Paint for a terminal; plain text elsewhere. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  odd(text: string): string;
  soft(text: string): string;
  strong(text: string): string;
}

const plain: Paint = {
  good: (text) => text,
  bad: (text) => text,
  odd: (text) => text,
  soft: (text) => text,
  strong: (text) => text,
};

function ansi(on: number, off: number): (text: string) => string {
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
}

const coloured: Paint = {
  good: ansi(32, 39),
  bad: ansi(31, 39),
  odd: ansi(33, 39),
  soft: ansi(2, 22),
  strong: ansi(1, 22),
};

export function paintFor(colours: boolean): Paint {
  return colours ? coloured : plain;
}

const marks: Readonly<Record<CaseState, string>> = { passed: '.', failed: 'F', differs: '~', skipped: 's' };
const dotsInLine = 80;

export interface Progress {
  tell(result: CaseResult): void;
  end(): void;
}

/** What goes on while cases run: one line that rewrites itself on a terminal, a sign for each case elsewhere. */
export function createProgress(
  out: { write(text: string): unknown; isTTY?: boolean; columns?: number },
  total: number,
): Progress {
  let done = 0;
  let failed = 0;
  return {
    tell({ state, dialect, title }) {
      done += 1;
      if (state === 'failed') failed += 1;
      if (out.isTTY !== true) {
        out.write(marks[state] + (done % dotsInLine === 0 ? '\n' : ''));
        return;
      }
      const line = `${done}/${total}  ${failed === 0 ? '' : `${failed} failed  `}${dialect}: ${title}`;
      out.write(`\r\u001b[2K${line.slice(0, (out.columns ?? dotsInLine) - 1)}`);
    },
    end() {
      if (out.isTTY === true) out.write('\r\u001b[2K');
      else if (done % dotsInLine !== 0) out.write('\n');
    },
  };
}

function indented(lines: readonly string[], by: string): string[] {
  return lines.map((line) => (line === '' ? '' : by + line));
}

function diffLines(result: CaseResult, wording: Wording, paint: Paint): string[] {
  const lines = diffOf(result).map(({ side, text }) => {
    if (side === 'both') return `  ${text}`;
    return side === 'expected' ? paint.good(`- ${text}`) : paint.bad(`+ ${text}`);
  });
  return lines.length === 0
    ? []
    : ['', paint.good(`- ${wording.expected}`), paint.bad(`+ ${wording.received}`), '', ...lines];
}

/** A case that did not come out as promised, as a block of lines. */
function faultBlock(result: CaseResult, wording: Wording, paint: Paint): string {
  const { dialect, title, id, source, basis, curl } = result;
  const mark = result.state === 'failed' ? paint.bad('✗') : paint.odd('~');
  return [
    `${mark} ${paint.strong(`${dialect}: ${title}`)}`,
    ...indented(
      [
        headline(result, wording),
        paint.soft(`${id}, expected by ${sourceNames[source]}${basis === undefined ? '' : `; ${basis}`}`),
        ...(curl === undefined ? [] : ['', curl]),
        ...diffLines(result, wording, paint),
      ],
      '  ',
    ),
  ].join('\n');
}

const columns: readonly CaseState[] = ['passed', 'failed', 'differs', 'skipped'];

function tally(run: RunResult): string {
  const { cases, dialects, counts } = run;
  const rows: [string, Readonly<Record<CaseState, number>>][] = dialects.map((dialect) => {
    const own = { passed: 0, failed: 0, differs: 0, skipped: 0 };
    for (const { state } of cases.filter((one) => one.dialect === dialect)) own[state] += 1;
    return [dialect, own];
  });
  if (rows.length > 1) rows.push(['all', counts]);
  const shown = columns.filter((state) => state !== 'differs' || counts.differs > 0);
  const width = Math.max(...rows.map(([name]) => name.length));
  const { badges } = wordingOf(run);
  const head = `${' '.repeat(width)}${shown.map((state) => badges[state].padStart(9)).join('')}`;
  return [
    head,
    ...rows.map(
      ([name, own]) =>
        `${name.padEnd(width)}${shown.map((state) => String(own[state]).padStart(9)).join('')}`,
    ),
  ].join('\n');
}

/** Accepted differences that can be taken off their list. */
function healedBlock({ compared }: RunResult): string[] {
  if (compared === undefined || compared.healed.length === 0) return [];
  const lines = compared.healed.map(({ case: id, where, reason }) => `  ${id}  ${where}  (${reason})`);
  return [['Healed, accepted and no longer there:', ...lines].join('\n')];
}

/** The whole of a run for a person: what is excused, what failed, what was skipped and why, and the sums. */
export function describeRun(run: RunResult, paint: Paint): string {
  const wording = wordingOf(run);
  const of = (state: CaseState): CaseResult[] => run.cases.filter((one) => one.state === state);
  const odd = of('differs');
  const skipped = reasonsOf(of('skipped'));
  const interruption = interruptionLine(run);
  const blocks = [
    ...(odd.length === 0
      ? []
      : [paint.strong(wording.excused), ...odd.map((result) => faultBlock(result, wording, paint))]),
    ...of('failed').map((result) => faultBlock(result, wording, paint)),
    ...healedBlock(run),
    ...(skipped.length === 0
      ? []
      : [['Skipped:', ...skipped.map(([why, count]) => `${String(count).padStart(5)}  ${why}`)].join('\n')]),
    tally(run),
    ...(interruption === undefined ? [] : [paint.bad(interruption)]),
    `${placeOf(run)}, ${(run.ms / 1000).toFixed(1)} s`,
  ];
  return blocks.join('\n\n');
}
