import type { MailMessage } from '../../src/core';
import { parseMailbox } from '../../src/platform/mail/mailbox';
import { parseSmtpUrl } from '../../src/platform/mail/smtp-url';
import { composeMail } from '../../src/platform/mail/texts';

function code(changes: Partial<Extract<MailMessage, { kind: 'verification_code' }>> = {}): MailMessage {
  return {
    kind: 'verification_code',
    to: 'ada@example.com',
    code: '042137',
    language: 'en',
    appName: null,
    validMinutes: 10,
    ...changes,
  };
}

test.each(['en', 'zh'])('in %s the code stands alone on a line, once, and not in the subject', (language) => {
  const mail = composeMail(code({ language, appName: 'Camera 7' }));
  expect(mail.text.split('\n').filter((line) => line === '042137')).toHaveLength(1);
  expect(mail.subject).not.toContain('042137');
  expect(mail.html).toContain('<strong>042137</strong>');
  expect(mail.subject).toContain('Camera 7');
  expect(mail.text).toContain('Camera 7');
  expect(mail.text).toContain('10 ');
});

test('the English words', () => {
  expect(composeMail(code({ appName: 'Camera' }))).toMatchObject({
    subject: 'Camera: your verification code',
    text: `Your verification code for Camera is:

042137

It is valid for 10 minutes. Do not pass it on to anyone.
If you did not ask for it, ignore this mail.
`,
  });
  expect(composeMail(code()).subject).toBe('Your verification code');
  expect(composeMail(code({ validMinutes: 1 })).text).toContain('valid for 1 minute.');
});

test('the Chinese words', () => {
  expect(composeMail(code({ language: 'zh-CN', appName: 'Camera', validMinutes: 5 }))).toMatchObject({
    subject: 'Camera：您的验证码',
    text: `您在 Camera 的验证码是：

042137

验证码 5 分钟内有效，请勿告诉他人。
如果不是您本人操作，请忽略此邮件。
`,
  });
  expect(composeMail(code({ language: 'zh' })).subject).toBe('您的验证码');
});

const link = 'https://id.example/open?email=ada%40example.com&token=a%2Bb&x=%3Cb%3E';

test('the English words with a link', () => {
  expect(composeMail(code({ link })).text).toBe(`Your verification code is:

042137

Or open this address, which does the same:

${link}

It is valid for 10 minutes. Do not pass it on to anyone.
If you did not ask for it, ignore this mail.
`);
});

test('the Chinese words with a link', () => {
  expect(composeMail(code({ link, language: 'zh' })).text).toBe(`您的验证码是：

042137

也可以打开以下链接：

${link}

验证码 10 分钟内有效，请勿告诉他人。
如果不是您本人操作，请忽略此邮件。
`);
});

test.each(['en', 'zh'])(
  'in %s the link can be clicked in HTML, and adds neither markup nor a line',
  (language) => {
    const escaped = link.replaceAll('&', '&amp;');
    expect(composeMail(code({ language, link })).html.split('\n')).toContain(
      `<p><a href="${escaped}">${escaped}</a></p>`,
    );
    const forged = composeMail(code({ language, link: 'https://id.example/"><b>\r\nx' }));
    expect(forged.html).toContain('<a href="https://id.example/&quot;&gt;&lt;b&gt; x">');
    expect(forged.html).not.toContain('<b>');
    expect(forged.text.split('\n')).toContain('https://id.example/"><b> x');
  },
);

test('without a link nothing speaks of one', () => {
  expect(composeMail(code()).html).not.toContain('<a');
  expect(composeMail(code()).text).not.toContain('open');
});

test.each(['zh', 'zh-CN', 'zh_TW', 'ZH-hans', ' zh'])('%p reads as Chinese', (language) => {
  expect(composeMail(code({ language })).text).toContain('验证码');
});

test.each(['en', 'en-US', 'de', '', 'cn', 'xzh'])('%p reads as English', (language) => {
  expect(composeMail(code({ language })).text).toContain('verification code');
});

test.each([
  ['en', 'Your e-mail address was changed'],
  ['zh-CN', '您的邮箱地址已更改'],
])('the notice of a changed address names the new one in %s', (language, subject) => {
  const mail = composeMail({
    kind: 'email_changed',
    to: 'a@b.example',
    language,
    newAddress: 'new@b.example',
  });
  expect(mail.subject).toBe(subject);
  expect(mail.text.split('\n')).toContain('new@b.example');
  expect(mail.html).toContain('new@b.example');
});

test('no name can add a line, or markup', () => {
  const mail = composeMail(code({ appName: 'A\r\nBcc: x@y.example\u2028\u202e<b>&"' }));
  expect(mail.subject).toBe('A Bcc: x@y.example <b>&": your verification code');
  expect(mail.text.split('\n')[0]).toBe('Your verification code for A Bcc: x@y.example <b>&" is:');
  expect(mail.html).toContain('A Bcc: x@y.example &lt;b&gt;&amp;&quot;');
  expect(mail.html).not.toContain('<b>');
});

test('English lines are ASCII and short, so that a message file reads as it is', () => {
  for (const line of composeMail(code({ appName: 'A'.repeat(32) })).text.split('\n')) {
    expect(line).toMatch(/^[\x20-\x7e]{0,76}$/);
  }
});

test.each([
  ['ada@example.com', { name: '', address: 'ada@example.com' }],
  [' Ada L. <ada@example.com> ', { name: 'Ada L.', address: 'ada@example.com' }],
  ['"Lovelace, Ada" <ada@localhost>', { name: 'Lovelace, Ada', address: 'ada@localhost' }],
  ['<ada@example.com>', { name: '', address: 'ada@example.com' }],
  ['用户@例子.公司', { name: '', address: '用户@例子.公司' }],
])('%p is one mailbox', (text, mailbox) => {
  expect(parseMailbox(text)).toEqual(mailbox);
});

test.each([
  '',
  'ada',
  'a@b@c',
  'a@b, c@d',
  'Ada <a@b>, c@d',
  'Ada <a@b',
  'a@b\r\nBcc: c@d',
  'Ada\n<a@b>',
  'g: a@b;',
])('%p is not one mailbox', (text) => {
  expect(parseMailbox(text)).toBeUndefined();
});

test('an SMTP URL says host, port, TLS and credentials', () => {
  expect(parseSmtpUrl('smtp://mail.example')).toEqual({
    host: 'mail.example',
    port: 587,
    secure: false,
    requireTLS: false,
    auth: null,
    tls: { rejectUnauthorized: true },
  });
  expect(
    parseSmtpUrl('smtps://ada%40x:p%3A%2F@[::1]?tls.rejectUnauthorized=false&tls.servername=mail.example'),
  ).toEqual({
    host: '::1',
    port: 465,
    secure: true,
    requireTLS: false,
    auth: { user: 'ada@x', pass: 'p:/' },
    tls: { rejectUnauthorized: false, servername: 'mail.example' },
  });
  expect(parseSmtpUrl('smtp://mail.example:2525/?requireTLS=true')).toMatchObject({
    port: 2525,
    requireTLS: true,
  });
});

test.each([
  'smtp://h?requireTLS=toString',
  'smtp://h/path',
  'smtp://h#x',
  'smtp://h?requireTls=true',
  'mail.example',
])('%p is no SMTP URL of ours', (text) => {
  expect(parseSmtpUrl(text)).toBeUndefined();
});
