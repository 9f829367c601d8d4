import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createNetServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Recording, RunResult } from '../../src/kit';
import { begin } from '../support/command-line';
import { startGateway, type TestGateway } from '../support/gateway';
import { mailedCase } from '../support/inbox-cases';
import { settle } from '../support/people';
import { subjects } from '../support/subjects';
import { until } from '../support/until';

const door = { TEST_DOOR_TOKEN: 'a-token-of-the-interrupted' };
const dialect = subjects[0]?.name ?? '';

let gateway: TestGateway;
let folder: string;
const at = (name: string): string => path.join(folder, name);
beforeAll(async () => {
  gateway = await startGateway({ environment: door });
  folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
});
afterAll(async () => {
  await gateway.stop();
  await rm(folder, { recursive: true, force: true });
});

const users = () => gateway.sql('SELECT id FROM users ORDER BY id');
const hasBegun = (stderr: string): boolean => /[.Fs]{3}/.test(stderr);

describe('the first signal', () => {
  it('ends a run behind the present case, with its users removed and the reports written', async () => {
    const before = await users();
    const reports = ['json:cut.json', 'junit:cut.xml', 'html:cut.html'].flatMap((wish) => {
      const [kind = '', name = ''] = wish.split(':');
      return ['--report', `${kind}:${at(name)}`];
    });
    const call = begin(
      ['contract', 'run', dialect, '--target', gateway.url, '--kind', 'success', ...reports],
      door,
    );
    await until(() => hasBegun(call.stderr()));
    call.signal('SIGINT');
    const { code, stdout, stderr } = await call.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^error: The run was interrupted\.$/m);
    expect(await users()).toEqual(before);
    const { cases, interrupted } = JSON.parse(await readFile(at('cut.json'), 'utf8')) as RunResult;
    const left = interrupted?.left ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(cases.length).toBeGreaterThanOrEqual(3);
    const line = `Interrupted: ${left} of ${cases.length + left} cases were not run.`;
    expect(stdout).toContain(line);
    expect(await readFile(at('cut.xml'), 'utf8')).toContain(`<property name="interrupted" value="${line}"`);
    expect(await readFile(at('cut.html'), 'utf8')).toContain(line);
  });

  it('ends a recording, which keeps the answers so far', async () => {
    const before = await users();
    const call = begin(
      ['record', dialect, '--target', gateway.url, '--kind', 'success', '--out', at('cut-book.json')],
      door,
    );
    await until(() => hasBegun(call.stderr()));
    call.signal('SIGTERM');
    expect((await call.ended).code).toBe(143);
    expect(await users()).toEqual(before);
    const { cases, missing } = JSON.parse(await readFile(at('cut-book.json'), 'utf8')) as Recording;
    expect(Object.keys(cases).length).toBeGreaterThan(0);
    expect(Object.values(missing)).toContain('the run was ended before');
  });

  it('ends a comparison, which tells what was compared', async () => {
    const before = await users();
    const call = begin(
      [
        ...['diff', dialect, '--left', gateway.url, '--right', gateway.url, '--kind', 'success'],
        ...['--report', `json:${at('cut-diff.json')}`],
      ],
      door,
    );
    await until(() => hasBegun(call.stderr()));
    call.signal('SIGINT');
    expect((await call.ended).code).toBe(130);
    expect(await users()).toEqual(before);
    const { interrupted } = JSON.parse(await readFile(at('cut-diff.json'), 'utf8')) as RunResult;
    expect(interrupted?.left).toBeGreaterThan(0);
  });

  it('ends an inbox command that is waiting, and what that has started', async () => {
    const foreign = await startGateway();
    // Whoever runs there holds a connection, which closes with their end.
    const watch = createNetServer();
    await new Promise<void>((resolve) => watch.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = watch.address() as AddressInfo;
      const { username, password, email, nickname } = await settle(foreign);
      const held = `require('node:net').connect(${port}, '127.0.0.1')`;
      const command = ['sh', '-c', `"${process.execPath}" -e "${held}" & wait`];
      const accounts = [{ username, password, email, nickname }];
      await writeFile(at('qa.json'), JSON.stringify({ accounts, inbox: { command, timeoutSeconds: 3_600 } }));
      const { dialect: name, id } = mailedCase();
      const call = begin([
        ...['contract', 'run', name, '--target', foreign.url, '--identity', at('qa.json'), '--only', id],
        ...['--destructive', '--report', `json:${at('inbox.json')}`],
      ]);
      const [socket] = (await once(watch, 'connection')) as [Socket];
      const closed = once(socket.resume(), 'close');
      call.signal('SIGTERM');
      expect((await call.ended).code).toBe(143);
      await closed;
      const { cases } = JSON.parse(await readFile(at('inbox.json'), 'utf8')) as RunResult;
      expect(cases).toMatchObject([{ id, reason: 'the run was ended before a code was there' }]);
    } finally {
      watch.close();
      await foreign.stop();
    }
  });
});

describe('the second signal', () => {
  let silent: Server;
  let asked = 0;
  beforeAll(async () => {
    // Answers that it is there, and nothing else.
    silent = createServer((request, response) => {
      if (request.method === 'HEAD') response.end();
      else asked += 1;
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    silent.close();
    silent.closeAllConnections();
  });

  it('ends the process at once', async () => {
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const report = at('never.json');
    const call = begin([
      ...['contract', 'run', dialect, '--target', url, '--timeout', '600', '--kind', 'no_credential'],
      ...['--report', `json:${report}`],
    ]);
    await until(() => asked > 0);
    call.signal('SIGINT');
    await until(() => call.stderr().includes('once more ends at once'));
    call.signal('SIGINT');
    expect((await call.ended).code).toBe(130);
    expect(existsSync(report)).toBe(false);
  });
});
