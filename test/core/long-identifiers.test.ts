import { classifyIdentifier, foldKey, parsePhone } from '../../src/core';

test('what may be an identifier is folded, up to the longest that any door takes and beyond', () => {
  expect(foldKey('Ｚｈａｎｇ')).toBe('zhang');
  expect(foldKey('\u0132'.repeat(254))).toBe('ij'.repeat(254));
  expect(foldKey('\u0132'.repeat(1_024))).toBe('ij'.repeat(1_024));
});

test('a text beyond every identifier is left as it is, and is no phone number', () => {
  const ligatures = '\u0132'.repeat(1_025);
  expect(foldKey(ligatures)).toBe(ligatures);
  const fullWidthDigits = '１'.repeat(1_025);
  expect(classifyIdentifier(fullWidthDigits)).toBe('username');
  expect(parsePhone(`${' '.repeat(1_024)}13800138000`, 'CN')).toBeUndefined();
});
