import type { MailMessage } from '../../core';
import { oneLine, wordingLanguage } from '../wording';

/** A mail in words. `html` says the same as `text`. */
export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** Paragraphs of a mail; what must stand out, such as a code, or be opened, stands on a line of its own. */
type Paragraph = string | { alone: string } | { link: string };

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

function renderText(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return paragraph;
  return 'link' in paragraph ? paragraph.link : paragraph.alone;
}

function renderHtml(paragraph: Paragraph): string {
  const words = escapeHtml(renderText(paragraph));
  if (typeof paragraph === 'string') return `<p>${words.replaceAll('\n', '<br>\n')}</p>`;
  if ('link' in paragraph) return `<p><a href="${words}">${words}</a></p>`;
  return `<p style="font-size:1.5em"><strong>${words}</strong></p>`;
}

function render(subject: string, language: string, paragraphs: readonly Paragraph[]): MailText {
  return {
    subject,
    text: `${paragraphs.map(renderText).join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}">\n<meta charset="utf-8">\n<title>${escapeHtml(subject)}</title>\n<body>\n${paragraphs.map(renderHtml).join('\n')}\n</body>\n</html>\n`,
  };
}

/** The address that does the same as the code, under its words; nothing when the message has none. */
function linkParagraphs(words: string, link: string | undefined): readonly Paragraph[] {
  return link === undefined ? [] : [words, { link: oneLine(link) }];
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
    ...linkParagraphs('Or open this address, which does the same:', message.link),
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
    ...linkParagraphs('也可以打开以下链接：', message.link),
    `验证码 ${message.validMinutes} 分钟内有效，请勿告诉他人。\n如果不是您本人操作，请忽略此邮件。`,
  ]);
}

/** The words of a mail, in the language that its tag chooses. */
export function composeMail(message: MailMessage): MailText {
  return wordingLanguage(message.language) === 'zh-CN' ? chinese(message) : english(message);
}
