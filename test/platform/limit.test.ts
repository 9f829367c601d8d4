import { setImmediate as turn } from 'node:timers/promises';
import { createLimit } from '../../src/platform/limit';

test('no more tasks run at once than there are places, and all of them run, in order', async () => {
  const limit = createLimit(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const results = await Promise.all(
    Array.from({ length: 9 }, (_, index) =>
      limit(async () => {
        started.push(index);
        running += 1;
        most = Math.max(most, running);
        await turn();
        running -= 1;
        return index * 10;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(results).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80]);
});

test('a task that fails gives its place back, thrown or rejected', async () => {
  const limit = createLimit(1);
  const outcomes = await Promise.allSettled([
    limit(() => Promise.reject(new Error('rejected'))),
    limit(() => {
      throw new Error('thrown');
    }),
    limit(() => Promise.resolve('fine')),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});

test('who comes while others wait does not overtake them', async () => {
  const limit = createLimit(1);
  const order: string[] = [];
  const first = limit(async () => {
    await turn();
    order.push('first');
  });
  const second = limit(() => Promise.resolve(order.push('second')));
  await first;
  const late = limit(() => Promise.resolve(order.push('late')));
  await Promise.all([second, late]);
  expect(order).toEqual(['first', 'second', 'late']);
});

test('a limit without places is refused', () => {
  expect(() => createLimit(0)).toThrow(RangeError);
});
