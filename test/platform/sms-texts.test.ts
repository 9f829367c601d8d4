import type { SmsMessage } from '../../src/core';
import { signBody } from '../../src/platform/sms/signature';
import { composeSms } from '../../src/platform/sms/texts';

function text(changes: Partial<SmsMessage> = {}): string {
  return composeSms({
    kind: 'verification_code',
    to: '+8613800138000',
    code: '042137',
    language: 'en',
    appName: null,
    validMinutes: 10,
    ...changes,
  });
}

test('the English words', () => {
  expect(text()).toBe(
    'Your verification code is 042137. It is valid for 10 minutes. Do not pass it on to anyone.',
  );
  expect(text({ appName: 'Camera', validMinutes: 1 })).toBe(
    'Camera: your verification code is 042137. It is valid for 1 minute. Do not pass it on to anyone.',
  );
});

test('the Chinese words', () => {
  expect(text({ language: 'zh' })).toBe('您的验证码是 042137，10 分钟内有效，请勿告诉他人。');
  expect(text({ language: 'zh_TW', appName: '相机' })).toBe(
    '相机：您的验证码是 042137，10 分钟内有效，请勿告诉他人。',
  );
});

test.each(['en', 'en-US', 'de', '', 'cn', 'xzh'])('%p reads as English', (language) => {
  expect(text({ language })).toContain('verification code');
});

test('the longest English text fits one SMS of 160 characters of the basic alphabet', () => {
  const longest = text({ appName: 'A'.repeat(32) });
  expect(longest).toMatch(/^[A-Za-z0-9 .,:]{0,160}$/);
});

test('the longest Chinese text fits one SMS of 70 characters', () => {
  expect(text({ language: 'zh', appName: '相'.repeat(32) }).length).toBeLessThanOrEqual(70);
});

test('no name can add a line', () => {
  expect(text({ appName: ' A\r\n\u2028\u202eB ' })).toMatch(/^A B: your/);
});

// Made with `printf '%s' "1740832496.$body" | openssl dgst -sha256 -hmac "$secret"`.
test.each([
  ['{"a":1}', 's3cret', '19482c690c12ed2ade0e3249f2a851b9d79f2c0b580ac29daa6a99dfe3faabbe'],
  ['{"text":"验证码"}', '密钥', 'd655c289971f6bacbb496c59f90dbd1c25f15fda59875a4707c074575dd86f8b'],
])('the signature of %s is what openssl makes of it', (body, secret, mac) => {
  expect(signBody(body, secret, new Date('2025-03-01T12:34:56.789Z'))).toBe(`t=1740832496,v1=${mac}`);
});
