import { rememberPrefixes } from '../../src/core/known-prefixes';

const national = jest.fn((e164: string) => `0${e164.slice(3)}`);

beforeEach(() => {
  national.mockClear();
});

test('what is asked again is not computed again', () => {
  const find = rememberPrefixes(national, 3);
  expect(['+491', '+492', '+491'].map(find)).toEqual(['01', '02', '01']);
  expect(national).toHaveBeenCalledTimes(2);
});

test('numbers that differ in leading zeros alone, or are as long as numbers get, are not taken for each other', () => {
  const find = rememberPrefixes((e164) => `${String(e164.length)}-${e164.slice(1)}`, 1);
  const numbers = ['+1', '+01', '+999999999999999', '+999999999999998', '+099999999999999'];
  for (let round = 0; round < 2; round += 1)
    expect(numbers.map(find)).toEqual(numbers.map((e164) => `${String(e164.length)}-${e164.slice(1)}`));
});

test('in a full table the oldest answer is forgotten, and computed again when it is asked for', () => {
  // One bucket, which four numbers fill.
  const find = rememberPrefixes(national, 3, 1);
  const numbers = ['+491', '+492', '+493', '+494', '+495', '+492', '+491'];
  for (const e164 of numbers) expect(find(e164)).toBe(`0${e164.slice(3)}`);
  expect(national.mock.calls.map(([e164]) => e164)).toEqual(['+491', '+492', '+493', '+494', '+495', '+491']);
});

test('a form that does not end as the number does is computed every time', () => {
  const compute = jest.fn(() => '0111523456789');
  const find = rememberPrefixes(compute, 3);
  expect([find('+5491123456789'), find('+5491123456789')]).toEqual(['0111523456789', '0111523456789']);
  expect(compute).toHaveBeenCalledTimes(2);
});

test('so are the forms with new prefixes once there are more than can be told apart', () => {
  const find = rememberPrefixes((e164) => `${e164.slice(1)}-${e164.slice(3)}`, 3);
  for (let round = 0; round < 2; round += 1)
    for (let number = 100; number < 400; number += 1)
      expect(find(`+${String(number)}`)).toBe(`${String(number)}-${String(number).slice(2)}`);
});
