import type { Figures, Row } from './measure';

/** What a gateway must reach, as a part of the bare server's requests a second. */
export const goals = { read: 0.6, update: 0.7 } as const;

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const millis = (value: number): string => value.toFixed(1);
const micros = (value: number): string => (Number.isNaN(value) ? '–' : whole(value));

function cells({ rate, p50, p99, cpu }: Figures): string[] {
  return [whole(rate), millis(p50), millis(p99), micros(cpu)];
}

/** The rows as a Markdown table, padded so that it reads well on a terminal. */
export function formatTable(rows: readonly Row[]): string {
  const heads = ['dialect', 'profile', 'bare req/s', 'p50 ms', 'p99 ms', 'CPU µs'];
  const lines = [
    [...heads, 'Idiom req/s', 'p50 ms', 'p99 ms', 'CPU µs', 'ratio', 'goal'],
    ...rows.map(({ dialect, work, bare, idiom, ratio }) => [
      dialect,
      work,
      ...cells(bare),
      ...cells(idiom),
      ratio.toFixed(2),
      `${goals[work].toFixed(1)} ${ratio >= goals[work] ? 'reached' : 'missed'}`,
    ]),
  ];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  const isText = (column: number): boolean => column < 2 || column === widths.length - 1;
  const format = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (isText(column) ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const [head = [], ...body] = lines;
  return [format(head), rule, ...body.map(format)].join('\n');
}
