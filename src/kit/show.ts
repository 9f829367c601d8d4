import { diffLinesRaw } from 'jest-diff';
import type { CaseResult, RunResult, ShownAnswer } from './result';
import type { ExchangeSource } from '../contract';
import type { Wording } from './wording';
import { isMap } from './pointer';

/** Where an expectation is from, as a report says it. */
export const sourceNames: Readonly<Record<ExchangeSource, string>> = {
  documented: 'documented page',
  server: 'server source',
  client: 'observed client',
  ours: 'our own choice',
};

/** How users and codes were had, as a report says it. */
const meansNames: Readonly<Record<RunResult['means'], string>> = {
  door: 'users and codes by the test door',
  identity: 'users and codes as the identity file says',
  none: 'without users',
};

/** `value` with its members in the order of `model`, so that a comparison by lines shows what differs and nothing else. */
function inOrderOf(model: unknown, value: unknown): unknown {
  if (Array.isArray(model) && Array.isArray(value))
    return value.map((inner, index) => inOrderOf(model[index], inner));
  if (!isMap(model) || !isMap(value)) return value;
  const names = new Set([
    ...Object.keys(model).filter((name) => Object.hasOwn(value, name)),
    ...Object.keys(value),
  ]);
  return Object.fromEntries([...names].map((name) => [name, inOrderOf(model[name], value[name])]));
}

/** An answer as lines of text. */
function linesOf({ status, headers = {}, body }: ShownAnswer): string[] {
  const head = [`HTTP ${status}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  if (body === undefined) return [...head, '', '(no body)'];
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return [...head, '', ...text.split('\n')];
}

export interface DiffLine {
  side: 'expected' | 'received' | 'both';
  text: string;
}

/** The promised and the received answer, line by line. Headers that were not promised are not looked at. */
export function diffOf({ expected, received, differences = [] }: CaseResult): DiffLine[] {
  if (expected === undefined || received === undefined) return [];
  const looked = new Set(Object.keys(expected.headers ?? {}));
  const wantedType = differences.find(({ at }) => at === 'headers.content-type')?.expected;
  if (typeof wantedType === 'string') looked.add('content-type');
  const headers = Object.entries(received.headers ?? {}).filter(([name]) => looked.has(name));
  const wanted = {
    ...expected,
    headers: {
      ...(typeof wantedType === 'string' && { 'content-type': wantedType }),
      ...expected.headers,
    },
  };
  const heard = {
    ...received,
    headers: Object.fromEntries(headers),
    body: inOrderOf(expected.body, received.body),
  };
  return diffLinesRaw(linesOf(wanted), linesOf(heard)).map((diff) => ({
    side: diff[0] < 0 ? 'expected' : diff[0] > 0 ? 'received' : 'both',
    text: diff[1],
  }));
}

/** Why a case did not pass, in a line. */
export function headline({ reason, differences = [] }: CaseResult, wording: Wording): string {
  const [first, ...others] = differences;
  if (reason !== undefined || first === undefined) return reason ?? '';
  return wording.difference[first.kind](first) + (others.length === 0 ? '' : `, and ${others.length} more`);
}

/** Where the cases were asked, and how users and codes were had there. */
export function placeOf({ target, means, compared, recording }: RunResult): string {
  if (compared !== undefined) {
    const side = (name: 'left' | 'right') => `${name} ${compared[name]}, ${meansNames[compared.means[name]]}`;
    return `${side('left')}; ${side('right')}`;
  }
  const held =
    recording === undefined ? '' : `; held to what ${recording.target} answered on ${recording.recordedAt}`;
  return `${target}, ${meansNames[means]}${held}`;
}

/** That somebody ended a run, in a sentence; undefined when nobody did. */
export function interruptionLine({ interrupted, cases }: RunResult): string | undefined {
  if (interrupted === undefined) return undefined;
  return `Interrupted: ${interrupted.left} of ${cases.length + interrupted.left} cases were not run.`;
}

/** How often each reason stands, the most frequent first. */
export function reasonsOf(cases: readonly CaseResult[]): [reason: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { reason = '' } of cases) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}
