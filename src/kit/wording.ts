import type { Difference } from './compare';
import type { CaseState, RunResult } from './result';

/** How reports speak of a run: what was heard is held to a promise, or two servers to each other. */
export interface Wording {
  expected: string;
  received: string;
  /** Over the answer of a case that passed. */
  same: string;
  states: Readonly<Record<CaseState, string>>;
  /** The same in a word. */
  badges: Readonly<Record<CaseState, string>>;
  /** Over the cases that differ and are no failures. */
  excused: string;
  /** How many of the cases that were asked are no failures although they differ. */
  someExcused(excused: number, asked: number): string;
  difference: Readonly<Record<Difference['kind'], (difference: Difference) => string>>;
}

function spell(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

const states = { failed: 'Failed', skipped: 'Skipped', passed: 'Passed' };

const promised: Wording = {
  expected: 'Expected',
  received: 'Received',
  same: 'Received, as promised',
  states: { ...states, differs: 'Differs from our choice' },
  badges: { failed: 'failed', differs: 'differs', skipped: 'skipped', passed: 'passed' },
  excused:
    'Differs from our own choice, which does not bind this server (--strict counts these as failures):',
  someExcused: (excused, asked) => `No case failed, and ${excused} of ${asked} differ from our own choice`,
  difference: {
    missing: ({ at, expected }) => `${at} is missing, ${spell(expected)} was promised`,
    unexpected: ({ at, received }) => `${at} was not promised, and is ${spell(received)}`,
    type: ({ at, expected, received }) =>
      `${at} has another type: ${spell(expected)} was promised, and it is ${spell(received)}`,
    value: ({ at, expected, received }) =>
      `${at}: ${spell(expected)} was promised, and it is ${spell(received)}`,
    foreign: () => 'no server of this wire gives such an answer',
  },
};

const sides = ({ at, expected, received }: Difference): string =>
  `${at}: ${spell(expected)} at the left, ${spell(received)} at the right`;

const compared: Wording = {
  expected: 'Left',
  received: 'Right',
  same: 'Both sides',
  states: { ...states, failed: 'Differs', differs: 'Accepted', passed: 'Same' },
  badges: { failed: 'differs', differs: 'accepted', skipped: 'skipped', passed: 'same' },
  excused: 'Differs, and was accepted:',
  someExcused: (excused, asked) => `Alike but for what was accepted in ${excused} of ${asked} cases`,
  difference: {
    missing: sides,
    unexpected: sides,
    type: (difference) => `${sides(difference)}, which is another type`,
    value: sides,
    foreign: sides,
  },
};

export function wordingOf(run: Pick<RunResult, 'compared'>): Wording {
  return run.compared === undefined ? promised : compared;
}
