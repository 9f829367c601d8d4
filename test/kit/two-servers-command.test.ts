import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { casesOf, subjectOf, type RunResult } from '../../src/kit';
import { idiom } from '../support/command-line';
import { startFaultyProxy, type FaultyProxy, type PassingAnswer } from '../support/faulty-proxy';
import { startGateway, type TestGateway } from '../support/gateway';
import { subjects } from '../support/subjects';

// Whole processes, each of which makes people and signs them in, twice: a busy machine does that slowly.
jest.setTimeout(240_000);

const token = 'a-token-of-two-servers';
const door = { TEST_DOOR_TOKEN: token };

const [first] = subjects;
if (first === undefined) throw new Error('no dialect is under test');
const dialect = first.name;
const known = casesOf(
  subjectOf(first.dialect, first.contract, { publicUrl: 'http://127.0.0.1', phoneRegion: 'CN' }),
);
/** A case without a user, which is quick: a call that lacks its credential. */
const sample = known.find(
  ({ kind, exchange }) => kind === 'no_credential' || (kind === 'error' && exchange.credential === 'none'),
);
if (sample === undefined) throw new Error('no case is fit for it');
const { id, endpoint } = sample;
const samplePath = sample.exchange.request.path;

describe('idiom diff, record and contract run --against', () => {
  let gateways: TestGateway[];
  let proxy: FaultyProxy;
  let folder: string;
  let fault: ((answer: PassingAnswer) => PassingAnswer) | undefined;
  const at = (name: string): string => path.join(folder, name);
  const url = (side: 0 | 1): string => gateways[side]?.url ?? '';
  const diff = (args: readonly string[]) =>
    idiom(['diff', dialect, '--left', url(0), '--right', proxy.url, '--only', id, ...args], door);

  beforeAll(async () => {
    gateways = [await startGateway({ environment: door }), await startGateway({ environment: door })];
    proxy = await startFaultyProxy(url(1), (request, answer) =>
      request.path === samplePath ? (fault?.(answer) ?? answer) : answer,
    );
    folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
  });
  afterEach(() => {
    fault = undefined;
  });
  afterAll(async () => {
    await proxy.stop();
    for (const gateway of gateways) await gateway.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('finds two gateways alike, and writes that down', async () => {
    const outcome = await diff(['--out', at('alike.html'), '--report', `json:${at('alike.json')}`]);
    expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining(`left ${url(0)}`) });
    expect(outcome.stdout).toContain(`right ${proxy.url}`);
    expect(await readFile(at('alike.html'), 'utf8')).toContain('are alike');
    const document = JSON.parse(await readFile(at('alike.json'), 'utf8')) as RunResult;
    expect(document.counts).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
    expect(document.compared).toMatchObject({ left: url(0), right: proxy.url, healed: [] });
  });

  it('tells what is other at the right, puts up with what is accepted, and tells when that is over', async () => {
    fault = ({ status, body }) => ({ status, body: { ...(body as object), surplus: 'here' } });
    const accepted = at('accepted.json');
    await writeFile(accepted, JSON.stringify([{ case: id, where: 'body.surplus', reason: 'known' }]));
    const found = await diff(['--out', at('other.html'), '--report', `junit:${at('other.xml')}`]);
    expect(found).toMatchObject({ code: 1, stderr: expect.stringContaining('1 of 1 cases differ.') });
    expect(found.stdout).toContain('body.surplus: nothing at the left, "here" at the right');
    expect(found.stdout).toContain('- Left');
    expect(found.stdout).toContain('+ Right');
    expect(await readFile(at('other.html'), 'utf8')).toContain('1 of 1 cases differ');
    expect(await readFile(at('other.xml'), 'utf8')).toContain('body.surplus: nothing at the left');

    const put = await diff(['--accept', accepted]);
    expect(put).toMatchObject({ code: 0, stdout: expect.stringContaining('accepted: known') });
    fault = undefined;
    const healed = await diff(['--accept', accepted]);
    expect(healed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${id}  body.surplus  (known)`),
    });
    const strict = await diff(['--accept', accepted, '--strict']);
    expect(strict).toMatchObject({ code: 1, stderr: expect.stringContaining('1 accepted differences') });
  });

  it('records a server and holds another one to it', async () => {
    const book = at('book.json');
    const recorded = await idiom(['record', dialect, '--target', url(0), '--only', id, '--out', book], door);
    expect(recorded).toMatchObject({ code: 0, stdout: expect.stringContaining(`1 answers of ${url(0)}`) });
    const replay = (args: readonly string[]) =>
      idiom(['contract', 'run', dialect, '--target', proxy.url, '--against', book, ...args], door);
    const same = await replay(['--only', id]);
    expect(same).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`held to what ${url(0)} answered`),
    });
    const document = JSON.parse(
      (await replay(['--only', endpoint, '--kind', sample.kind, '--json'])).stdout,
    ) as RunResult;
    expect(document.recording).toMatchObject({ target: url(0) });
    const basis = document.cases.find((one) => one.id === id)?.basis;
    expect(basis).toMatch(`recorded from ${url(0)} on `);
    for (const one of document.cases.filter((other) => other.id !== id))
      expect(one.basis).toBe('documented only');

    fault = (answer) => ({ ...answer, status: answer.status + 1 });
    const other = await replay(['--only', id]);
    expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining('status: ') });
  });

  it('refuses calls that could not be right, before anything is asked', async () => {
    await writeFile(at('none.json'), '{}');
    const sides = ['--left', url(0), '--right', url(1)];
    const nobody = ['--left', 'http://127.0.0.1:1', '--right', url(1)];
    for (const [args, message] of [
      [['diff', 'none', ...sides], 'There is no dialect none'],
      [['diff', dialect, ...sides, '--accept', at('none.json')], 'value must be an array'],
      [['diff', dialect, ...sides, '--accept', at('nowhere.json')], '--accept cannot be read'],
      [['diff', dialect, ...sides, '--out', at('no/where.html')], 'There is no folder'],
      [['diff', dialect, ...nobody], 'http://127.0.0.1:1 cannot be reached'],
      [['diff', dialect, '--left', 'nowhere', '--right', url(1)], '--left must be'],
      [['record', 'all', '--target', url(0), '--out', at('x.json')], 'A recording is of one dialect'],
      [['record', dialect, '--target', url(0), '--out', at('no/x.json')], 'There is no folder'],
      [['contract', 'run', dialect, '--target', url(0), '--against', at('none.json')], 'format is required'],
    ] as const) {
      const outcome = await idiom(args, door);
      expect([args, outcome.code, outcome.stderr]).toEqual([args, 2, expect.stringContaining(message)]);
    }
  });
});
