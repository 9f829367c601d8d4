import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { MailMessage } from '../../src/core';
import { createMailer } from '../../src/platform/mail';

const now = new Date('2025-03-01T12:34:56.789Z');
const message: MailMessage = {
  kind: 'verification_code',
  to: 'ada@example.com',
  code: '042137',
  language: 'zh-CN',
  appName: 'Camera',
  validMinutes: 10,
};

let outboxFolder = '';
let parent = '';
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'idiom-mail-'));
  outboxFolder = join(parent, 'outbox');
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(parent, { recursive: true, force: true });
});

function mailer(smtpUrl?: string, timeLimitMilliseconds = 5_000) {
  const made = createMailer({
    smtpUrl,
    from: 'Idiom <no-reply@gateway.example>',
    outboxFolder,
    clock: () => now,
    timeLimitMilliseconds,
  });
  closing.push(() => made.close());
  return made;
}

interface Received {
  envelope: { from: string | false; to: string[]; user: unknown; secure: boolean };
  mail: ParsedMail;
}

/** A mail server that keeps what it takes. */
async function serve(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    onConnect(_session, callback) {
      connections += 1;
      callback();
    },
    onAuth(auth, _session, callback) {
      if (auth.username === 'ada' && auth.password === 'p@ss word') callback(null, { user: 'ada' });
      else callback(new Error('Invalid credentials'));
    },
    onData(stream, session, callback) {
      simpleParser(stream).then((mail) => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          envelope: {
            from: mailFrom === false ? false : mailFrom.address,
            to: rcptTo.map((recipient) => recipient.address),
            user: session.user,
            secure: session.secure,
          },
          mail,
        });
        callback();
      }, callback);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  );
  const { port } = server.server.address() as AddressInfo;
  return { port, received, connections: () => connections };
}

/** A server that says `lines`, one for every chunk it hears (the first for the connection), then nothing more. */
async function mute(lines: readonly string[] = []) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let next = 0;
    const speak = () => {
      const line = lines[next];
      next += 1;
      if (line !== undefined) socket.write(`${line}\r\n`);
    };
    socket.on('data', speak);
    socket.on('error', () => undefined);
    speak();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

test('a mail arrives whole, with both alternatives and one recipient', async () => {
  const { port, received } = await serve({ hideSTARTTLS: true });
  await mailer(`smtp://127.0.0.1:${port}`).send(message);
  expect(received).toHaveLength(1);
  const { envelope, mail } = received[0] as Received;
  expect(envelope).toMatchObject({ from: 'no-reply@gateway.example', to: ['ada@example.com'] });
  expect(mail.subject).toBe('Camera：您的验证码');
  expect(mail.from?.value).toEqual([{ name: 'Idiom', address: 'no-reply@gateway.example' }]);
  expect(mail.to).toMatchObject({ value: [{ name: '', address: 'ada@example.com' }] });
  expect(mail.date).toEqual(new Date('2025-03-01T12:34:56.000Z'));
  expect(mail.text?.split('\n')).toContain('042137');
  expect(mail.html).toContain('<strong>042137</strong>');
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.attachments).toEqual([]);
});

test('a long link arrives whole, on a line of its own', async () => {
  const { port, received } = await serve({ hideSTARTTLS: true });
  const link = `https://id.example/open?email=ada%40example.com&token=${'A=b'.repeat(60)}&state=.`;
  await mailer(`smtp://127.0.0.1:${port}`).send({ ...message, link });
  const mail = received[0]?.mail;
  expect(mail?.text?.split('\n')).toContain(link);
  expect(mail?.html).toContain(`href="${link.replaceAll('&', '&amp;')}"`);
});

test('several mails share a connection', async () => {
  const { port, received, connections } = await serve({ hideSTARTTLS: true });
  const { send } = mailer(`smtp://127.0.0.1:${port}`);
  for (let index = 0; index < 3; index += 1) await send(message);
  expect(received).toHaveLength(3);
  expect(connections()).toBe(1);
});

test('credentials of the URL are used, percent-decoded', async () => {
  const { port, received } = await serve({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    authOptional: false,
  });
  await mailer(`smtp://ada:p%40ss%20word@127.0.0.1:${port}`).send(message);
  expect(received[0]?.envelope.user).toBe('ada');
});

test('wrong credentials reject, without naming the password', async () => {
  const { port, received } = await serve({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    authOptional: false,
  });
  const failure = mailer(`smtp://ada:hunter2@127.0.0.1:${port}`).send(message);
  await expect(failure).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 });
  await expect(failure).rejects.toThrow(expect.not.stringContaining('hunter2') as string);
  expect(received).toEqual([]);
});

test('a refused recipient rejects, and the next mail still arrives', async () => {
  const { port, received } = await serve({
    hideSTARTTLS: true,
    onRcptTo(address, _session, callback) {
      callback(address.address.startsWith('gone@') ? new Error('no such mailbox') : null);
    },
  });
  const { send } = mailer(`smtp://127.0.0.1:${port}`);
  await expect(send({ ...message, to: 'gone@example.com' })).rejects.toMatchObject({ code: 'EENVELOPE' });
  await send(message);
  expect(received).toHaveLength(1);
});

test('a message that is refused after its data rejects', async () => {
  const { port } = await serve({
    hideSTARTTLS: true,
    onData(stream, _session, callback) {
      stream.resume();
      stream.on('end', () => {
        callback(new Error('mailbox full'));
      });
    },
  });
  await expect(mailer(`smtp://127.0.0.1:${port}`).send(message)).rejects.toMatchObject({ code: 'EMESSAGE' });
});

test('nobody listening rejects', async () => {
  const port = await mute();
  for (const close of closing.splice(0)) await close();
  await expect(mailer(`smtp://127.0.0.1:${port}`).send(message)).rejects.toMatchObject({ code: 'ESOCKET' });
});

test.each([
  ['never greets', []],
  ['never answers the first command', ['220 hello']],
  ['never answers for the recipient', ['220 hello', '250 hello', '250 sender ok']],
])('a server that %s rejects once the time limit is over', async (_, lines) => {
  const port = await mute(lines);
  await expect(mailer(`smtp://127.0.0.1:${port}`, 150).send(message)).rejects.toMatchObject({
    code: 'ETIMEDOUT',
  });
});

test('a server that keeps talking without an answer rejects as well', async () => {
  const server = createServer((socket) => {
    socket.write('220-hello\r\n');
    const timer = setInterval(() => socket.write('220-still here\r\n'), 20);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  await expect(mailer(`smtp://127.0.0.1:${port}`, 150).send(message)).rejects.toThrow();
});

test('a server that hangs up on every connection rejects', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  await expect(mailer(`smtp://127.0.0.1:${port}`, 300).send(message)).rejects.toThrow();
});

test('a demanded TLS that the server does not offer rejects, and no mail goes out in the clear', async () => {
  const { port, received } = await serve({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  await expect(mailer(`smtp://127.0.0.1:${port}?requireTLS=true`).send(message)).rejects.toMatchObject({
    code: 'ETLS',
  });
  expect(received).toEqual([]);
});

test.each([
  ['smtp', '?requireTLS=true', false],
  ['smtp', '', false],
  ['smtps', '', true],
])('a certificate that does not hold rejects over %s://…%s', async (scheme, query, secure) => {
  const { port, received } = await serve({ secure });
  await expect(mailer(`${scheme}://127.0.0.1:${port}${query}`).send(message)).rejects.toThrow(
    /self-signed|certificate/i,
  );
  expect(received).toEqual([]);
});

test.each([
  ['smtp', '?requireTLS=true&tls.rejectUnauthorized=false', false],
  ['smtps', '?tls.rejectUnauthorized=false', true],
])('TLS is used over %s://…%s', async (scheme, query, secure) => {
  const { port, received } = await serve({ secure });
  await mailer(`${scheme}://127.0.0.1:${port}${query}`).send(message);
  expect(received[0]?.envelope.secure).toBe(true);
});

test.each(['a@b.example, c@d.example', 'Ada <a@b.example>', 'a@b.example\r\nBcc: c@d.example', ''])(
  'a recipient that is not one plain address rejects: %p',
  async (to) => {
    await expect(mailer().send({ ...message, to })).rejects.toThrow('not one mail address');
    expect(await readdir(parent)).toEqual([]);
  },
);

test('a sender or server that cannot be read is refused at once', () => {
  const settings = { outboxFolder, clock: () => now };
  expect(() => createMailer({ ...settings, from: 'nobody' })).toThrow('sender');
  expect(() => createMailer({ ...settings, from: 'a@b.example', smtpUrl: 'http://hunter2@h' })).toThrow(
    expect.not.stringContaining('hunter2') as string,
  );
});

test('after close nothing is sent', async () => {
  const { port } = await serve({ hideSTARTTLS: true });
  for (const url of [undefined, `smtp://127.0.0.1:${port}`]) {
    const made = mailer(url);
    await made.send(message);
    await made.close();
    await expect(made.send(message)).rejects.toThrow('closed');
    await made.close();
  }
});

test('close lets a mail under way arrive', async () => {
  const { port, received } = await serve({ hideSTARTTLS: true });
  const made = mailer(`smtp://127.0.0.1:${port}`);
  const sending = made.send(message);
  await made.close();
  await sending;
  expect(received).toHaveLength(1);
});

test('without a server each mail is a file that only its owner reads', async () => {
  await mailer().send(message);
  const names = await readdir(outboxFolder);
  expect(names).toEqual([expect.stringMatching(/^20250301T123456789Z-000001-[0-9a-f]{8}\.eml$/)]);
  const file = join(outboxFolder, names[0] ?? '');
  expect((await stat(outboxFolder)).mode & 0o777).toBe(0o700);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const mail = await simpleParser(await readFile(file));
  expect(mail.subject).toBe('Camera：您的验证码');
  expect(mail.to).toMatchObject({ value: [{ address: 'ada@example.com' }] });
  expect(mail.from?.text).toBe('"Idiom" <no-reply@gateway.example>');
  expect(mail.text?.split('\n')).toContain('042137');
  expect(mail.date).toEqual(new Date('2025-03-01T12:34:56.000Z'));
});

test.each(['en', 'zh-CN'])(
  'a script finds the code in a file on a line of its own, in %s',
  async (language) => {
    await mailer().send({ ...message, language });
    const [name = ''] = await readdir(outboxFolder);
    const lines = (await readFile(join(outboxFolder, name), 'utf8')).split('\n');
    expect(lines.filter((line) => /^\d{6}$/.test(line))).toEqual(['042137']);
  },
);

test('files sort in the order of sending, even within one moment', async () => {
  const { send } = mailer();
  for (const code of ['000001', '000002', '000003', '000004']) await send({ ...message, code });
  const names = (await readdir(outboxFolder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(outboxFolder, name), 'utf8')));
  expect(texts.map((text) => /^\d{6}$/m.exec(text)?.[0])).toEqual(['000001', '000002', '000003', '000004']);
});

test('an outbox that cannot be written rejects', async () => {
  await writeFile(outboxFolder, 'a file where the folder should be');
  await expect(mailer().send(message)).rejects.toMatchObject({ code: 'EEXIST' });
});

test('the notice of a changed address arrives too', async () => {
  await mailer().send({
    kind: 'email_changed',
    to: 'old@b.example',
    language: 'en',
    newAddress: 'new@b.example',
  });
  const [name = ''] = await readdir(outboxFolder);
  const mail = await simpleParser(await readFile(join(outboxFolder, name)));
  expect(mail.text).toContain('new@b.example');
});
