import type { ShownAnswer } from './answers';
import type { EndpointRow, MigrationPlan } from './plan';
import { duration } from './sessions';
import type { Outcome, Translation } from './translation';

export const outcomeNames: Readonly<Record<Outcome, string>> = {
  translated: 'whole',
  partly: 'in part',
  unsupported: 'not at all',
  refused: 'refused before',
  answered: 'nothing to do',
  foreign: 'not of this dialect',
};

/** A value of a difference, in a few words. */
export function shownValue(value: unknown): string {
  return typeof value === 'string' ? (value === '' ? '(empty)' : value) : JSON.stringify(value);
}

function answerText({ status, body, page, headers = {} }: ShownAnswer): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const content = page === true ? 'a page' : body === undefined ? 'no body' : JSON.stringify(body);
  return [`HTTP ${String(status)}`, ...lines, content].join('  ');
}

const indent = (text: string, by = '  '): string =>
  text
    .split('\n')
    .map((line) => `${by}${line}`)
    .join('\n');

function entryText(entry: Translation, { from, to }: MigrationPlan): string {
  const { request, operation, outcome, reason, calls, blanks, differences, answer, errors, notes } = entry;
  const times = entry.count > 1 ? ` (${String(entry.count)} times)` : '';
  const lines = [
    `${entry.label}${times}: ${operation === undefined ? '' : `${operation}, `}${outcomeNames[outcome]}`,
  ];
  lines.push(indent(request.curl));
  if (reason !== undefined) lines.push('', indent(`Why: ${reason}`));
  for (const [index, call] of calls.entries()) {
    lines.push(
      '',
      indent(`${to}, call ${String(index + 1)} of ${String(calls.length)}: ${call.operation}`),
      indent(call.curl),
    );
    if (call.answer !== undefined) lines.push(indent(`answers  ${answerText(call.answer)}`));
    if (call.refusal !== undefined)
      lines.push(
        indent(`but ${to} refuses this value: ${call.refusal.problem}`),
        indent(answerText(call.refusal.answer), '    '),
      );
  }
  if (answer !== undefined) lines.push('', indent(`${from} answers  ${answerText(answer)}`));
  if (blanks.length > 0)
    lines.push(
      '',
      indent('To fill in:'),
      ...blanks.map(({ text, source }) => indent(`${text}: from ${source}`, '    ')),
    );
  if (differences.length > 0)
    lines.push(
      '',
      indent('Differs:'),
      ...differences.map(({ field, kind, before, after, text }) => {
        const change =
          kind === 'unsaid'
            ? shownValue(before)
            : kind === 'added'
              ? shownValue(after)
              : `${shownValue(before)} → ${shownValue(after)}`;
        return indent(`${field} ${kind} (${change}): ${text}`, '    ');
      }),
    );
  if (errors.length > 0)
    lines.push(
      '',
      indent('Errors:'),
      ...errors.flatMap(({ problem, before, after }) => [
        indent(problem, '    '),
        indent(`${from}  ${before === null ? 'cannot fail so' : answerText(before)}`, '      '),
        indent(`${to}  ${after === null ? 'cannot fail so' : answerText(after)}`, '      '),
      ]),
    );
  return [...lines, ...notes.map((note) => indent(`Note: ${note}`))].join('\n');
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function becomesText({ becomes, reason }: EndpointRow): string {
  return becomes.length > 0 ? becomes.join(', ') : (reason ?? '');
}

const mostJunk = 20;

/** Lines of a log by their number, in a row; what has a reason, in a line of its own. */
function junkText(junk: readonly string[]): string {
  const more = junk.length - mostJunk;
  const rest = more > 0 ? [`and ${String(more)} more`] : [];
  const shown = junk.slice(0, mostJunk);
  return shown.some((one) => one.includes(': '))
    ? ['Not read:', ...[...shown, ...rest].map((one) => `  ${one}`)].join('\n')
    : `Not read: ${[...shown, ...rest].join(', ')}`;
}

/** A plan for a terminal: the overview, and with a single request or two all that is known of them. */
export function planText(plan: MigrationPlan): string {
  const { from, to, endpoints, entries, foreign, junk, sessions } = plan;
  const few = entries.length <= 3 && entries.every(({ count }) => count > 0);
  const parts: string[] = [];
  if (few) parts.push(...entries.map((entry) => entryText(entry, plan)));
  else
    parts.push(
      columns([
        ['CALLS', from.toUpperCase(), 'OPERATION', 'SAID', to.toUpperCase()],
        ...endpoints.map((row) => [
          String(row.count),
          row.endpoint,
          row.operations.join(', '),
          outcomeNames[row.outcome],
          becomesText(row),
        ]),
      ]),
      sessions
        .map(
          (terms) =>
            `${terms.dialect}: ${terms.carried} (${terms.token}), ${duration(terms.tokenSeconds)}, prolonged ${terms.prolonged}`,
        )
        .join('\n'),
    );
  if (foreign.length > 0)
    parts.push(
      [
        `Not of ${from}:`,
        ...foreign.slice(0, 20).map(({ request, count }) => `  ${String(count)}  ${request}`),
        ...(foreign.length > 20 ? [`  and ${String(foreign.length - 20)} more`] : []),
      ].join('\n'),
    );
  if (junk.length > 0) parts.push(junkText(junk));
  return parts.join('\n\n');
}
