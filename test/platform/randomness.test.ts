import { createRandomness } from '../../src/platform/randomness';

const randomness = createRandomness();

test('uuids are of version 4 and differ', () => {
  const uuids = Array.from({ length: 100 }, () => randomness.uuid());
  expect(new Set(uuids).size).toBe(100);
  for (const uuid of uuids) {
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('bytes come in the number asked for', () => {
  expect(randomness.bytes(0)).toHaveLength(0);
  expect(randomness.bytes(33)).toHaveLength(33);
  expect(randomness.bytes(16).equals(randomness.bytes(16))).toBe(false);
});

test('digits keep their leading zeros', () => {
  const codes = Array.from({ length: 2_000 }, () => randomness.digits(6));
  expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
  expect(codes.some((code) => code.startsWith('0'))).toBe(true);
});

test('every character of an alphabet is about as frequent as the others', () => {
  // 62 does not divide 256: taking bytes modulo 62 would favour the first eight characters by a quarter.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const drawn = randomness.text(alphabet, 620_000);
  const counts = new Map<string, number>();
  for (const character of drawn) counts.set(character, (counts.get(character) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // 10,000 each, standard deviation about 100: 6 of them are not met in a lifetime of runs.
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(600);
});

test('an alphabet is cut into characters, not into halves of them', () => {
  expect(randomness.text('😀', 3)).toBe('😀😀😀');
  expect(randomness.text('x', 0)).toBe('');
  expect(() => randomness.text('', 1)).toThrow('out of range');
});
