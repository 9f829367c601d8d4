import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { idiom } from '../support/command-line';
import { startGateway, type TestGateway } from '../support/gateway';
import { mailedCase } from '../support/inbox-cases';
import { settle } from '../support/people';

describe('the inbox command', () => {
  let foreign: TestGateway;
  let folder: string;
  beforeAll(async () => {
    foreign = await startGateway();
    folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
  });
  afterAll(async () => {
    await foreign.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Writes an identity file whose inbox command notes its environment, and prints a code. */
  async function lend(noted: string): Promise<string> {
    const { username, password, email, nickname } = await settle(foreign);
    const script = `require('node:fs').writeFileSync(${JSON.stringify(noted)}, JSON.stringify(process.env)); console.log(123456)`;
    const file = path.join(folder, 'qa.json');
    const inbox = { command: [process.execPath, '-e', script] };
    await writeFile(file, JSON.stringify({ accounts: [{ username, password, email, nickname }], inbox }));
    return file;
  }

  it('gets the environment, and none of the gateway’s secrets or the door’s token in it', async () => {
    const noted = path.join(folder, 'environment.json');
    const secrets = {
      TEST_DOOR_TOKEN: 'a-token-that-opens-users',
      DATABASE_URL: 'postgres://idiom:secret-of-the-database@127.0.0.1:5432/idiom',
      SMTP_URL: 'smtp://me:secret-of-the-mail@127.0.0.1:25',
      SMS_WEBHOOK_URL: 'https://me:secret-of-the-webhook@sms.example.com',
      SMS_WEBHOOK_SECRET: 'secret-of-the-signature',
      QA_DOOR: 'a-token-by-another-name',
      QA_DATABASE: 'postgres://idiom:secret-of-the-database@127.0.0.1:5432/idiom',
    };
    const { dialect, id } = mailedCase();
    await idiom(
      [
        ...['contract', 'run', dialect, '--target', foreign.url, '--identity', await lend(noted)],
        ...['--only', id, '--destructive', '--test-door-token', secrets.QA_DOOR],
      ],
      { ...secrets, MAILBOX_PASSWORD: 'the one of the inbox' },
    );
    const text = await readFile(noted, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      MAILBOX_PASSWORD: 'the one of the inbox',
      TO: expect.stringContaining('@'),
    });
    expect(
      Object.entries(secrets).filter(([name, value]) => text.includes(name) || text.includes(value)),
    ).toEqual([]);
  });
});
