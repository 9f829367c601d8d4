import { formatPhone, parsePhone, splitPhone } from '../../src/core';

test.each([
  ['+8613800138000', '86', '13800138000'],
  ['+12015550123', '1', '2015550123'],
  ['+12425550123', '1', '2425550123'],
  ['+35312345678', '353', '12345678'],
  ['+79161234567', '7', '9161234567'],
  // Italy keeps the zero.
  ['+390612345678', '39', '0612345678'],
  // A number of no country.
  ['+80012345678', '800', '12345678'],
])('%s is split behind its calling code', (e164, countryCode, nationalNumber) => {
  expect(splitPhone(e164)).toEqual({ countryCode, nationalNumber });
});

test('a number with no calling code is left whole', () => {
  expect(splitPhone('+99912345')).toEqual({ countryCode: '', nationalNumber: '+99912345' });
});

test('a national form is that of the region that asks, however often the other one asked before', () => {
  for (let round = 0; round < 2; round += 1) {
    expect(formatPhone('+8613800138000', 'CN')).toBe('13800138000');
    expect(formatPhone('+8613800138000', 'US')).toBe('+8613800138000');
    expect(formatPhone('+442079460000', 'GB')).toBe('02079460000');
  }
});

test.each([
  ['+5491123456789', 'AR', '01115' + '23456789'],
  ['+390612345678', 'IT', '0612345678'],
  ['+12425550123', 'US', '2425550123'],
  ['+12425550123', 'CN', '+12425550123'],
  ['+8613800138000', 'HK', '+8613800138000'],
])('%s is shown in %s as %s, the first time and later', (e164, region, shown) => {
  expect([formatPhone(e164, region), formatPhone(e164, region)]).toEqual([shown, shown]);
});

test.each([
  ['13800138000', 'CN'],
  ['008613800138000', 'CN'],
  ['+86 (0)138 0013 8000', 'CN'],
  ['0612345678', 'IT'],
  ['07911 123456', 'GB'],
  ['011 15 2345-6789', 'AR'],
])('what %s is in %s is read as the same number again', (typed, region) => {
  const e164 = parsePhone(typed, region);
  expect(e164).toMatch(/^\+[1-9]\d+$/);
  expect(parsePhone(e164 ?? '', region)).toBe(e164);
});

test.each([
  ['0000000000', 'CN'],
  ['+860013800138000', 'CN'],
  ['00031104', 'DE'],
])('%s, which another reading would take another zero from, is no number in %s', (typed, region) => {
  expect(parsePhone(typed, region)).toBeUndefined();
});

test.each([
  ['1111111111111111', 'CN'],
  ['1254886236385', 'CN'],
  ['17951 13800138000', 'CN'],
  ['0 15 11 99999-9999', 'BR'],
])('%s in %s is no number, rather than one without its first digits', (typed, region) => {
  expect(parsePhone(typed, region)).toBeUndefined();
});

test.each([
  ['13800138000', 'CN', '+8613800138000'],
  ['010 12345678', 'CN', '+861012345678'],
  ['0011 44 20 7946 0000', 'AU', '+442079460000'],
  ['(11) 99999-9999', 'BR', '+5511999999999'],
])('%s in %s is %s', (typed, region, e164) => {
  expect(parsePhone(typed, region)).toBe(e164);
});
