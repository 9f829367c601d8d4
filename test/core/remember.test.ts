import { remember } from '../../src/core/remember';

test('what is asked again is not computed again', () => {
  const compute = jest.fn((key: string) => key.toUpperCase());
  const find = remember(compute, 10);
  expect([find('a'), find('b'), find('a')]).toEqual(['A', 'B', 'A']);
  expect(compute).toHaveBeenCalledTimes(2);
});

test('beyond the limit the oldest answer is forgotten, and computed again when it is asked for', () => {
  const compute = jest.fn((key: string) => key.toUpperCase());
  const find = remember(compute, 2);
  for (const key of ['a', 'b', 'c', 'b', 'a']) expect(find(key)).toBe(key.toUpperCase());
  expect(compute.mock.calls.map(([key]) => key)).toEqual(['a', 'b', 'c', 'a']);
});
