import type { SmsMessage } from '../../core';
import { oneLine, wordingLanguage } from '../wording';

/** The words of an SMS: one line, in the language that its tag chooses. */
export function composeSms(message: SmsMessage): string {
  const app = oneLine(message.appName ?? '');
  const code = oneLine(message.code);
  if (wordingLanguage(message.language) === 'zh-CN') {
    const start = app === '' ? '' : `${app}：`;
    return `${start}您的验证码是 ${code}，${message.validMinutes} 分钟内有效，请勿告诉他人。`;
  }
  const start = app === '' ? 'Your' : `${app}: your`;
  const minutes = message.validMinutes === 1 ? '1 minute' : `${message.validMinutes} minutes`;
  return `${start} verification code is ${code}. It is valid for ${minutes}. Do not pass it on to anyone.`;
}
