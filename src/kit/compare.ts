import type { Answer, Exchange } from '../contract';
import type { Received } from './message';
import { isMap } from './pointer';
import type { Known, Stage } from './stage';
import type { Subject } from './subject';

/**
 * `missing`: promised and not there. `unexpected`: there and not promised. `type`: of another JSON type. `value`: anything else.
 * `foreign`: no server of this wire gives such an answer.
 */
export type DifferenceKind = 'missing' | 'unexpected' | 'type' | 'value' | 'foreign';

/** One thing in which an answer is not the promised one. */
export interface Difference {
  /** `status`, `headers.location`, `body`, `body.data.id`, `body[0]`. */
  at: string;
  kind: DifferenceKind;
  /** Absent: nothing stands there. */
  expected?: unknown;
  received?: unknown;
}

/** What an answer comes to beside what was promised. */
export interface Comparison {
  /** The promised answer, with the heard value in the place of each placeholder that may stand for it. */
  expected: Answer;
  differences: readonly Difference[];
  /** What placeholders of the answer stood for, by name with brackets. */
  met: Known;
}

/** The name of a value's JSON type. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Whether a text is a placeholder that nobody has put a value in place of. */
const isPlaceholder = (value: unknown): boolean => typeof value === 'string' && /^<[a-z _]+>$/.test(value);

/** `expected` with the heard value in the place of each placeholder that may stand for it. */
function meet(
  expected: unknown,
  heard: unknown,
  context: {
    subject: Pick<Subject, 'contract'>;
    stage: Pick<Stage, 'known' | 'facts'>;
    met: Map<string, string>;
  },
): unknown {
  if (typeof expected === 'string') {
    const { subject, stage, met } = context;
    const { placeholders } = subject.contract;
    const kind = Object.hasOwn(placeholders, expected) ? placeholders[expected] : undefined;
    if (kind !== undefined) {
      if (!kind(heard, stage.facts)) return expected;
      if (typeof heard === 'string') met.set(expected, heard);
      return heard;
    }
    return (Object.hasOwn(stage.known, expected) ? stage.known[expected] : undefined) ?? expected;
  }
  if (Array.isArray(expected)) {
    const items = Array.isArray(heard) ? (heard as unknown[]) : [];
    return expected.map((item, index) => meet(item, items[index], context));
  }
  if (!isMap(expected)) return expected;
  const values = isMap(heard) ? heard : {};
  return Object.fromEntries(
    Object.entries(expected)
      // As on the wire, where nothing is not sent.
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, meet(value, values[name], context)]),
  );
}

/** The place of a member of what stands at `at`. */
export function memberAt(at: string, name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `${at}.${name}` : `${at}[${JSON.stringify(name)}]`;
}

/** Everything in which two JSON values differ, each at its own place. */
export function differencesOf(expected: unknown, received: unknown, at: string): Difference[] {
  if (Object.is(expected, received)) return [];
  if (expected === undefined) return [{ at, kind: 'unexpected', received }];
  if (received === undefined) return [{ at, kind: 'missing', expected }];
  if (Array.isArray(expected) && Array.isArray(received)) {
    const length = Math.max(expected.length, received.length);
    return Array.from({ length }, (_, index) =>
      differencesOf(expected[index], received[index], `${at}[${index}]`),
    ).flat();
  }
  if (isMap(expected) && isMap(received)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(received)]);
    return [...names].flatMap((name) =>
      differencesOf(
        Object.hasOwn(expected, name) ? expected[name] : undefined,
        Object.hasOwn(received, name) ? received[name] : undefined,
        memberAt(at, name),
      ),
    );
  }
  const sameType = typeOf(expected) === typeOf(received) || isPlaceholder(expected);
  return [{ at, kind: sameType ? 'value' : 'type', expected, received }];
}

/** A body of members or of items travels as JSON and says so; a text travels as anything but JSON. */
function contentTypeDifferences({ body }: Answer, { headers, text }: Received): Difference[] {
  const received = headers['content-type'];
  if (typeof body !== 'object' || body === null || text === '') return [];
  if (/^application\/json\b/.test(received ?? '')) return [];
  const at = 'headers.content-type';
  const expected = 'application/json';
  return [
    received === undefined ? { at, kind: 'missing', expected } : { at, kind: 'value', expected, received },
  ];
}

function headerDifferences(wanted: Readonly<Record<string, string>>, received: Received): Difference[] {
  return Object.entries(wanted).flatMap(([name, value]) =>
    differencesOf(value, received.headers[name], `headers.${name}`),
  );
}

/** Compares an answer with the promised one: status, content type, the headers that the contract names, and the body. */
export function compare(
  subject: Pick<Subject, 'contract'>,
  promised: Exchange['response'],
  received: Received,
  stage: Pick<Stage, 'known' | 'facts'>,
): Comparison {
  const met = new Map<string, string>();
  const context = { subject, stage, met };
  const headers = meet(promised.headers, received.headers, context) as Answer['headers'];
  const expected: Answer = {
    status: promised.status,
    ...(headers !== undefined && { headers }),
    body: meet(promised.body, received.body, context),
  };
  const differences = [
    ...differencesOf(expected.status, received.status, 'status'),
    ...contentTypeDifferences(promised, received),
    ...headerDifferences(headers ?? {}, received),
    ...differencesOf(expected.body, received.body, 'body'),
  ];
  const isForeign = subject.contract.judge(received.status, received.body) === 'foreign';
  if (isForeign && differences.length === 0)
    differences.push({ at: 'body', kind: 'foreign', received: received.body });
  return { expected, differences, met: Object.fromEntries(met) };
}
