import type { Clock } from '../core';

/** A clock that can be moved. */
export interface AdjustableClock {
  now: Clock;
  /** Seconds by which it is ahead of the clock behind it; below zero: behind it. */
  offsetSeconds(): number;
  advance(seconds: number): void;
  reset(): void;
}

/** Wraps the clock of a whole process, so that everything in it sees the same moved time. */
export function createAdjustableClock(clock: Clock): AdjustableClock {
  let offset = 0;
  return {
    now: () => new Date(clock().getTime() + offset * 1000),
    offsetSeconds: () => offset,
    advance: (seconds) => {
      offset += seconds;
    },
    reset: () => {
      offset = 0;
    },
  };
}
