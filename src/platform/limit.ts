/** Runs a task once a place is free, and settles as the task does. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/** At most `places` tasks run at once; the rest wait, first come first served, however the ones before them end. */
export function createLimit(places: number): Limit {
  if (!Number.isInteger(places) || places < 1) throw new RangeError('a limit needs at least one place');
  const waiting: (() => void)[] = [];
  let free = places;

  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      // A place goes straight to the next in line, so that nobody who comes later can slip in between.
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
