import type { MailMessage } from '../../core';

/** A mail in words. `html` says the same as `text`. */
export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** Paragraphs of a mail; the one that must stand out, such as a code, stands on a line of its own. */
type Paragraph = string | { alone: string };

/** Control and formatting characters, line and paragraph separators, unpaired surrogates. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** One line, whatever was in it: a line break would start a new header, or fake a line of ours. */
function oneLine(value: string): string {
  return value.replace(unprintable, ' ').trim();
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function render(subject: string, language: string, paragraphs: readonly Paragraph[]): MailText {
  const html = paragraphs.map((paragraph) =>
    typeof paragraph === 'string'
      ? `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>\n')}</p>`
      : `<p style="font-size:1.5em"><strong>${escapeHtml(paragraph.alone)}</strong></p>`,
  );
  return {
    subject,
    text: `${paragraphs.map((paragraph) => (typeof paragraph === 'string' ? paragraph : paragraph.alone)).join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}">\n<meta charset="utf-8">\n<title>${escapeHtml(subject)}</title>\n<body>\n${html.join('\n')}\n</body>\n</html>\n`,
  };
}

function english(message: MailMessage): MailText {
  if (message.kind === 'email_changed') {
    return render('Your e-mail address was changed', 'en', [
      'The e-mail address of your user profile was changed to:',
      { alone: oneLine(message.newAddress) },
      'If this was you, there is nothing to do.\nIf it was not, change your password now and tell the people\nwho run the service.',
    ]);
  }
  const app = oneLine(message.appName ?? '');
  const minutes = message.validMinutes === 1 ? '1 minute' : `${message.validMinutes} minutes`;
  return render(app === '' ? 'Your verification code' : `${app}: your verification code`, 'en', [
    app === '' ? 'Your verification code is:' : `Your verification code for ${app} is:`,
    { alone: oneLine(message.code) },
    `It is valid for ${minutes}. Do not pass it on to anyone.\nIf you did not ask for it, ignore this mail.`,
  ]);
}

function chinese(message: MailMessage): MailText {
  if (message.kind === 'email_changed') {
    return render('您的邮箱地址已更改', 'zh-CN', [
      '您的用户资料中的邮箱地址已更改为：',
      { alone: oneLine(message.newAddress) },
      '如果是您本人操作，请忽略此邮件。\n如果不是，请立即修改密码，并联系服务提供方。',
    ]);
  }
  const app = oneLine(message.appName ?? '');
  return render(app === '' ? '您的验证码' : `${app}：您的验证码`, 'zh-CN', [
    app === '' ? '您的验证码是：' : `您在 ${app} 的验证码是：`,
    { alone: oneLine(message.code) },
    `验证码 ${message.validMinutes} 分钟内有效，请勿告诉他人。\n如果不是您本人操作，请忽略此邮件。`,
  ]);
}

/** The words of a mail: Chinese for every language tag that starts with `zh`, English for all others. */
export function composeMail(message: MailMessage): MailText {
  return message.language.trim().toLowerCase().startsWith('zh') ? chinese(message) : english(message);
}
