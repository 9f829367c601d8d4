import type { OperationName } from '../core';
import type { ErrorPair, ShownAnswer } from './answers';
import type { Blank } from './blanks';
import type { Difference } from './differences';

/** One call of the new dialect, ready to be copied. */
export interface TranslatedCall {
  operation: OperationName;
  /** `METHOD /path/:parameter`. */
  endpoint: string;
  curl: string;
  /** What a good answer looks like. */
  answer?: ShownAnswer;
  /** The new dialect itself refuses the values of this call, in these words. */
  refusal?: { problem: string; answer: ShownAnswer };
}

/**
 * `translated`: all of it can be said. `partly`: fields are left unsaid. `unsupported`: no call says it. `refused`: the old
 * dialect refuses the request itself. `answered`: the old dialect answers it without doing anything. `foreign`: it is not of
 * the old dialect.
 */
export type Outcome = 'translated' | 'partly' | 'unsupported' | 'refused' | 'answered' | 'foreign';

export interface Translation {
  label: string;
  /** How often the request was there, its credential aside. */
  count: number;
  outcome: Outcome;
  request: { method: string; url: string; curl: string };
  /** `METHOD /path/:parameter` of the old dialect. */
  endpoint?: string;
  operation?: OperationName;
  /** Why there are no calls. */
  reason?: string;
  calls: readonly TranslatedCall[];
  blanks: readonly Pick<Blank, 'text' | 'source'>[];
  differences: readonly Difference[];
  /** What a good answer of the old dialect looks like, or the one that it gives in any case. */
  answer?: ShownAnswer;
  errors: readonly ErrorPair[];
  notes: readonly string[];
}
