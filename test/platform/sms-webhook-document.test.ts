import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { SmsMessage } from '../../src/core';
import { createSmsSender } from '../../src/platform/sms';
import { until } from '../support/until';

const message: SmsMessage = {
  kind: 'verification_code',
  to: '+8613800138000',
  code: '042137',
  language: 'zh-CN',
  appName: '相机',
  validMinutes: 5,
};

let folder = '';
let document = '';
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  document = await readFile(resolve(__dirname, '../../docs/sms-webhook.md'), 'utf8');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idiom-receiver-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

/** The documented code in this language: there is one block of each. */
function example(language: string): string {
  const blocks = [...document.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))];
  expect(blocks).toHaveLength(1);
  return blocks[0]?.[1] ?? '';
}

/** Runs the documented receiver; `lines` is what it says. */
async function startReceiver(secret: string): Promise<{ url: string; lines: string[] }> {
  const file = join(folder, 'receiver.cjs');
  await writeFile(file, example('js'));
  const child = spawn(process.execPath, [file], {
    env: { PORT: '0', SMS_WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  closing.push(() => {
    child.kill();
    return exited;
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const [first] = (await once(reader, 'line')) as [string];
  reader.on('line', (line) => lines.push(line));
  return { url: `http://127.0.0.1:${first.replace('listening on ', '')}/`, lines };
}

function sender(webhookUrl: string, secret: string | undefined, clock = () => new Date()) {
  const made = createSmsSender({
    webhookUrl,
    secret,
    outboxFolder: folder,
    clock,
    log: { warn: () => undefined },
  });
  closing.push(() => made.close());
  return made;
}

test('the documented receiver takes what the gateway signs, and nothing else', async () => {
  const { url, lines } = await startReceiver('geheim');
  const refused = 'the SMS webhook answered 401';
  await expect(sender(url, 'another').send(message)).rejects.toThrow(refused);
  await expect(sender(url, undefined).send(message)).rejects.toThrow(refused);
  const anHourAgo = () => new Date(Date.now() - 3_600_000);
  await expect(sender(url, 'geheim', anHourAgo).send(message)).rejects.toThrow(refused);
  expect(lines).toEqual([]);
  await sender(url, 'geheim').send(message);
  // Its words come through a pipe, which is not in step with its answer.
  await until(() => lines.length > 0);
  expect(lines).toEqual(['+8613800138000: 相机：您的验证码是 042137，5 分钟内有效，请勿告诉他人。']);
});

test('the documented body has the members of a real one, and the documented text is what they give', async () => {
  const documented = JSON.parse(example('json')) as SmsMessage & { text: string; sentAt: string };
  const { to, code, language, appName, validMinutes, sentAt } = documented;
  const posted: unknown[] = [];
  const server = createServer((request, response) => {
    void request.toArray().then((chunks: Buffer[]) => {
      posted.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(204).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => new Promise((closed) => server.close(closed)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  await sender(`http://127.0.0.1:${address.port}/`, undefined, () => new Date(sentAt)).send({
    kind: 'verification_code',
    to,
    code,
    language,
    appName,
    validMinutes,
  });
  expect(posted).toEqual([{ ...documented, id: expect.any(String) }]);
});
