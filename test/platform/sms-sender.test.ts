import { createHmac } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SmsMessage } from '../../src/core';
import { createSmsSender } from '../../src/platform/sms';
import type { WebhookTiming } from '../../src/platform/sms/webhook';

const now = new Date('2025-03-01T12:34:56.789Z');
const message: SmsMessage = {
  kind: 'verification_code',
  to: '+8613800138000',
  code: '042137',
  language: 'zh-CN',
  appName: 'Camera',
  validMinutes: 5,
};
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let parent = '';
let outboxFolder = '';
let warnings: { details: Record<string, unknown>; message: string }[] = [];
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'idiom-sms-'));
  outboxFolder = join(parent, 'outbox');
  warnings = [];
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(parent, { recursive: true, force: true });
});

const quick: Partial<WebhookTiming> = { backOff: 20 };

function sender(webhookUrl?: string, options: { secret?: string; timing?: Partial<WebhookTiming> } = {}) {
  const made = createSmsSender({
    webhookUrl,
    secret: options.secret,
    outboxFolder,
    clock: () => now,
    log: {
      warn: (details, text) => {
        warnings.push({ details, message: text });
      },
    },
    timing: options.timing ?? quick,
  });
  closing.push(() => made.close());
  return made;
}

interface Received {
  at: number;
  request: IncomingMessage;
  body: string;
}

type Answer = (response: ServerResponse) => void;

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers).end('{"any":"body"}');
  };

/** A webhook that gives these answers in turn, the last one for good. */
async function serve(...answers: Answer[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ at: performance.now(), request, body: Buffer.concat(chunks).toString() });
      answers[Math.min(received.length, answers.length) - 1]?.(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}/send?to=provider`, received };
}

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('an accepted message was posted once, as documented', async () => {
  const { url, received } = await serve(status(200));
  await sender(url).send(message);
  expect(received).toHaveLength(1);
  const { request, body } = received[0] as Received;
  expect([request.method, request.url]).toEqual(['POST', '/send?to=provider']);
  expect(request.headers['content-type']).toBe('application/json');
  expect(request.headers['idempotency-key']).toMatch(uuid);
  expect(request.headers.authorization).toBeUndefined();
  expect(request.headers['x-idiom-signature']).toBeUndefined();
  expect(JSON.parse(body)).toEqual({
    id: request.headers['idempotency-key'],
    to: '+8613800138000',
    text: 'Camera：您的验证码是 042137，5 分钟内有效，请勿告诉他人。',
    code: '042137',
    language: 'zh-CN',
    appName: 'Camera',
    purpose: 'verification_code',
    validMinutes: 5,
    sentAt: '2025-03-01T12:34:56.789Z',
  });
  expect(warnings).toEqual([]);
});

test.each([200, 201, 202, 204])('%d is an acceptance', async (code) => {
  const { url, received } = await serve(status(code));
  await sender(url).send(message);
  expect(received).toHaveLength(1);
});

test('two messages have two keys', async () => {
  const { url, received } = await serve(status(204));
  const { send } = sender(url);
  await Promise.all([send(message), send(message)]);
  expect(new Set(received.map(({ request }) => request.headers['idempotency-key'])).size).toBe(2);
});

test('a webhook that recovers gets the same message under the same key', async () => {
  const { url, received } = await serve(status(500), status(500), status(200));
  await sender(url, { secret: 's3cret' }).send(message);
  expect(received).toHaveLength(3);
  expect(new Set(received.map(({ request }) => request.headers['idempotency-key'])).size).toBe(1);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  expect(warnings.map(({ details }) => details['tries'])).toEqual([1, 2]);
});

test('a webhook that stays broken is tried three times, with longer and longer waits', async () => {
  const { url, received } = await serve(status(503));
  await expect(sender(url, { timing: { backOff: 200 } }).send(message)).rejects.toThrow(
    'the SMS webhook answered 503',
  );
  expect(received).toHaveLength(3);
  const [first = 0, second = 0, third = 0] = received.map(({ at }) => at);
  expect(second - first).toBeGreaterThanOrEqual(95);
  expect(third - second).toBeGreaterThanOrEqual(195);
});

test.each([400, 401, 403, 404, 409, 422])('%d fails at once', async (code) => {
  const { url, received } = await serve(status(code), status(200));
  await expect(sender(url).send(message)).rejects.toThrow(`the SMS webhook answered ${code}`);
  expect(received).toHaveLength(1);
  expect(warnings).toEqual([]);
});

test.each([301, 302, 303, 307, 308])('a redirect by %d is refused', async (code) => {
  const elsewhere = await serve(status(200));
  const { url, received } = await serve(status(code, { location: elsewhere.url }));
  await expect(sender(url).send(message)).rejects.toThrow(`the SMS webhook answered ${code}`);
  expect(received).toHaveLength(1);
  expect(elsewhere.received).toEqual([]);
});

test.each([
  ['seconds', '1'],
  ['a date', new Date(now.getTime() + 1_000).toUTCString()],
])('429 is tried again, not before Retry-After, in %s', async (form, retryAfter) => {
  const { url, received } = await serve(status(429, { 'retry-after': retryAfter }), status(200));
  await sender(url).send(message);
  expect(received).toHaveLength(2);
  const [first = 0, second = 0] = received.map(({ at }) => at);
  // A date has no part of a second: what is left of this one's is 0.211 s.
  expect(second - first).toBeGreaterThanOrEqual(form === 'seconds' ? 990 : 200);
});

test.each(['soon', '-1', ''])('a Retry-After that says nothing, %p, is no wait', async (retryAfter) => {
  const { url, received } = await serve(status(429, { 'retry-after': retryAfter }), status(200));
  await sender(url).send(message);
  expect(received).toHaveLength(2);
});

test.each(['10', '3600', '99999999999999999999', 'Sat, 01 Mar 2025 13:00:00 GMT'])(
  'a Retry-After beyond the time limit, %p, fails at once',
  async (retryAfter) => {
    const { url, received } = await serve(status(503, { 'retry-after': retryAfter }), status(200));
    const start = performance.now();
    await expect(sender(url).send(message)).rejects.toThrow('the SMS webhook answered 503');
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(received).toHaveLength(1);
  },
);

test('a webhook that never answers is left after each try, and for good after three', async () => {
  const { url, received } = await serve(() => undefined);
  await expect(sender(url, { timing: { perTry: 100, backOff: 10 } }).send(message)).rejects.toMatchObject({
    message: 'the SMS webhook could not be reached',
    cause: { message: 'no answer within 100 ms' },
  });
  expect(received).toHaveLength(3);
});

test('one hanging try does not lose the message', async () => {
  const { url, received } = await serve(() => undefined, status(200));
  await sender(url, { timing: { perTry: 100, backOff: 10 } }).send(message);
  expect(received).toHaveLength(2);
});

test('the total limit cuts the last try short', async () => {
  const { url, received } = await serve(() => undefined);
  const start = performance.now();
  await expect(
    sender(url, { timing: { total: 400, perTry: 300, backOff: 10 } }).send(message),
  ).rejects.toThrow('could not be reached');
  const took = performance.now() - start;
  expect(took).toBeGreaterThanOrEqual(350);
  expect(took).toBeLessThan(2_000);
  expect(received).toHaveLength(2);
});

test('an acceptance counts although its body never ends', async () => {
  const { url, received } = await serve((response) => {
    response.writeHead(200).write('{');
  });
  await sender(url, { timing: { perTry: 100 } }).send(message);
  expect(received).toHaveLength(1);
});

test('a refused connection rejects after three tries', async () => {
  const port = await deadPort();
  await expect(sender(`http://127.0.0.1:${port}/`).send(message)).rejects.toMatchObject({
    message: 'the SMS webhook could not be reached',
    cause: { code: 'ECONNREFUSED' },
  });
  expect(warnings).toHaveLength(2);
});

test('a connection that ends without an answer is tried again', async () => {
  const { url, received } = await serve((response) => response.socket?.destroy(), status(200));
  await sender(url).send(message);
  expect(received).toHaveLength(2);
});

test('a webhook that wants TLS and does not get it rejects', async () => {
  const { port, received } = await serve(status(200));
  await expect(sender(`https://127.0.0.1:${port}/`).send(message)).rejects.toThrow('could not be reached');
  expect(received).toEqual([]);
});

test('with a secret each try is signed over the very bytes that arrive', async () => {
  const { url, received } = await serve(status(500), status(200));
  await sender(url, { secret: 'gehe1m 密钥' }).send({ ...message, appName: '"相机"' });
  expect(received).toHaveLength(2);
  for (const { request, body } of received) {
    const [, seconds, mac] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['x-idiom-signature'])) ?? [];
    expect(seconds).toBe('1740832496');
    expect(mac).toBe(createHmac('sha256', 'gehe1m 密钥').update(`${seconds}.${body}`).digest('hex'));
  }
});

test('credentials of the URL become a header', async () => {
  const { port, received } = await serve(status(200));
  await sender(`http://ad%40a:p%3Ass%20w%C3%B6rd@127.0.0.1:${port}/x`).send(message);
  const { request } = received[0] as Received;
  expect(request.url).toBe('/x');
  expect(request.headers.host).toBe(`127.0.0.1:${port}`);
  expect(request.headers.authorization).toBe(`Basic ${Buffer.from('ad@a:p:ss wörd').toString('base64')}`);
});

test('errors and warnings name neither secrets, nor the code, nor the number', async () => {
  const port = await deadPort();
  const failing = sender(`http://ada:hunter2@127.0.0.1:${port}/?key=hunter2`, { secret: 'hunter2' });
  const error: unknown = await failing.send(message).catch((caught: unknown) => caught);
  const seen = [error, ...warnings.map(({ details }) => details['err'])].map(
    (each) => `${String(each)} ${String((each as Error).cause)} ${JSON.stringify(each)}`,
  );
  expect(seen).toHaveLength(3);
  for (const text of [...seen, JSON.stringify(warnings)]) {
    expect(text).not.toMatch(/hunter2|042137|13800138000/);
  }
});

test.each(['ftp://h', 'sms.example', 'http://hunter2:50%@h'])('%p is refused at once', (url) => {
  expect(() => sender(url)).toThrow(/^the SMS webhook URL has an unknown form$/);
});

test('close lets a message under way arrive, and takes no other', async () => {
  const { url, received } = await serve((response) => {
    setTimeout(() => {
      status(200)(response);
    }, 100);
  });
  const made = sender(url);
  const sending = made.send(message);
  await made.close();
  await sending;
  expect(received).toHaveLength(1);
  await expect(made.send(message)).rejects.toThrow('closed');
  await made.close();
});

test.each([
  ['an answer', [() => undefined]],
  ['the next try', [status(503, { 'retry-after': '5' })]],
])('close ends the wait for %s', async (_, answers: Answer[]) => {
  const { url, received } = await serve(...answers);
  const made = sender(url, { timing: { closing: 100 } });
  const sending = expect(made.send(message)).rejects.toThrow('the SMS webhook');
  const start = performance.now();
  await made.close();
  await sending;
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(received).toHaveLength(1);
});

test('without a webhook each message is a file that only its owner reads', async () => {
  await sender().send({ ...message, language: 'en', appName: null });
  const [name = '', ...others] = await readdir(outboxFolder);
  expect(others).toEqual([]);
  expect(name).toMatch(/^sms-20250301T123456789Z-000001-[0-9a-f]{8}\.json$/);
  const file = join(outboxFolder, name);
  expect((await stat(outboxFolder)).mode & 0o777).toBe(0o700);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    id: expect.stringMatching(uuid),
    to: '+8613800138000',
    text: 'Your verification code is 042137. It is valid for 5 minutes. Do not pass it on to anyone.',
    code: '042137',
    language: 'en',
    appName: null,
    purpose: 'verification_code',
    validMinutes: 5,
    sentAt: '2025-03-01T12:34:56.789Z',
  });
});

test('files sort in the order of sending, even within one moment', async () => {
  const { send } = sender();
  const codes = ['000004', '000002', '000003', '000001'];
  for (const code of codes) await send({ ...message, code });
  const names = (await readdir(outboxFolder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(outboxFolder, name), 'utf8')));
  expect(texts.map((text) => (JSON.parse(text) as { code: string }).code)).toEqual(codes);
});

test('an outbox that cannot be written rejects', async () => {
  await writeFile(outboxFolder, 'a file where the folder should be');
  await expect(sender().send(message)).rejects.toMatchObject({ code: 'EEXIST' });
});
