import { countBytes, encodeJson, trimSpace } from '../../../dialects/anqicms/go-text';

describe('trimming', () => {
  test.each([
    [
      'what Go calls white space, U+0085 included',
      '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000',
      '',
    ],
    ['both ends and not the middle', ' \u3000a b\u00a0', 'a b'],
    ['not the byte order mark', '\ufeffa\ufeff', '\ufeffa\ufeff'],
    ['not the zero-width space', '\u200ba', '\u200ba'],
    ['nothing of nothing', '', ''],
  ])('takes %s', (_, text, trimmed) => {
    expect(trimSpace(text)).toBe(trimmed);
  });
});

test('lengths are counted in bytes of UTF-8', () => {
  expect(countBytes('密码')).toBe(6);
  expect(countBytes('12345')).toBe(5);
});

test("JSON leaves with Go's escapes and one newline", () => {
  expect(encodeJson({ code: 0, msg: '<a href="x">&\u2028\u2029保存 \u007f\u0001' })).toBe(
    '{"code":0,"msg":"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028\\u2029保存 \u007f\\u0001"}\n',
  );
});
