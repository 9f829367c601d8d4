import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Joi from 'joi';
import { casesOf, subjectOf, type CaseResult, type RunResult } from '../../src/kit';
import { idiom, idiomJson } from '../support/command-line';
import { startFaultyProxy } from '../support/faulty-proxy';
import { startGateway, type TestGateway } from '../support/gateway';
import { lend } from '../support/lend';
import { subjects } from '../support/subjects';
import { readXml } from '../support/xml';

const token = 'a-token-of-the-command';
const door = { TEST_DOOR_TOKEN: token };
/** Long enough for a whole contract on a busy machine. */
const patience = 240_000;

const [first] = subjects;
if (first === undefined) throw new Error('no dialect is under test');
const dialect = first.name;
const known = casesOf(
  subjectOf(first.dialect, first.contract, { publicUrl: 'http://127.0.0.1', phoneRegion: 'CN' }),
);
/** The endpoint that shows the profile: it has cases of most kinds, and nothing that is sent. */
const sample = known.find(({ operations }) => operations.includes('getProfile'))?.endpoint ?? '';
const refusal = known.find(
  ({ endpoint, kind, exchange }) =>
    endpoint === sample && kind !== 'success' && exchange.arrange?.settings === undefined,
);

type RunDocument = RunResult & { format: string; version: number };

/** The shape that `docs/qa.md` promises. */
const documentShape = Joi.object({
  format: Joi.valid('idiom-contract-run').required(),
  version: Joi.valid(1).required(),
  startedAt: Joi.string().isoDate().required(),
  ms: Joi.number().integer().min(0).required(),
  target: Joi.string().uri().required(),
  means: Joi.valid('door', 'identity', 'none').required(),
  strict: Joi.boolean().required(),
  dialects: Joi.array().items(Joi.string()).min(1).required(),
  cases: Joi.array()
    .items(
      Joi.object({
        id: Joi.string().required(),
        dialect: Joi.string().required(),
        title: Joi.string().required(),
        endpoint: Joi.string().required(),
        kind: Joi.valid(
          'success',
          'error',
          'no_credential',
          'bad_credential',
          'wrong_type',
          'boundary',
        ).required(),
        source: Joi.valid('documented', 'server', 'client', 'ours').required(),
        destructive: Joi.boolean().required(),
        state: Joi.valid('passed', 'failed', 'differs', 'skipped').required(),
        reason: Joi.string(),
        sent: Joi.object(),
        curl: Joi.string(),
        expected: Joi.object(),
        received: Joi.object(),
        differences: Joi.array(),
        ms: Joi.number().integer().min(0).required(),
      }),
    )
    .required(),
  counts: Joi.object({
    passed: Joi.number().required(),
    failed: Joi.number().required(),
    differs: Joi.number().required(),
    skipped: Joi.number().required(),
  }).required(),
});

async function readDocument(file: string): Promise<RunDocument> {
  const document: unknown = JSON.parse(await readFile(file, 'utf8'));
  return (await documentShape.validateAsync(document, { convert: false })) as RunDocument;
}

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('idiom contract', () => {
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

  /** A call of `run` on one kind of case, which is quick. */
  const run = (args: readonly string[], environment: Readonly<Record<string, string>> = door) =>
    idiom(['contract', 'run', dialect, '--target', gateway.url, ...args], environment);

  describe('on a gateway with an open door', () => {
    it('runs cases, says so, and writes each report', async () => {
      const reports = ['junit:out.xml', 'html:out.html', 'json:out.json'].flatMap((wish) => {
        const [kind = '', name = ''] = wish.split(':');
        return ['--report', `${kind}:${at(name)}`];
      });
      const outcome = await run(['--only', sample, ...reports]);

      expect(outcome).toMatchObject({ code: 0 });
      const document = await readDocument(at('out.json'));
      const { passed, failed, skipped } = document.counts;
      expect(document).toMatchObject({ target: gateway.url, means: 'door', dialects: [dialect] });
      expect(failed).toBe(0);
      expect(passed).toBeGreaterThan(1);
      expect(outcome.stdout).toMatch(new RegExp(`^${dialect} +${passed} +0 +${skipped}$`, 'm'));
      expect(outcome.stderr.replace(/\n/g, '')).toContain('.'.repeat(passed));

      const xml = readXml(await readFile(at('out.xml'), 'utf8'));
      const suite = xml.children[0];
      expect(xml).toMatchObject({ name: 'testsuites', attributes: { failures: '0' } });
      expect(suite?.attributes).toMatchObject({ name: dialect, tests: String(document.cases.length) });
      const tests = suite?.children.filter(({ name }) => name === 'testcase') ?? [];
      expect(tests.map(({ attributes }) => attributes['name'])).toEqual(
        document.cases.map(({ title }) => title),
      );
      expect(await readFile(at('out.html'), 'utf8')).toContain(`All ${passed} cases that were run passed`);
    });

    it('removes the users that it made', async () => {
      const [before] = await gateway.sql<{ count: string }>('SELECT count(*) FROM users');
      expect((await run(['--only', sample])).code).toBe(0);
      expect(await gateway.sql('SELECT count(*) FROM users')).toEqual([before]);
    });

    it(
      'leaves no secret in a report',
      async () => {
        await run(['--kind', 'success', '--report', `json:${at('secrets.json')}`]);
        const text = await readFile(at('secrets.json'), 'utf8');
        expect(text).toContain('<token>');
        expect(text).not.toContain(token);
        expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/);
        expect(text).not.toMatch(/"\w*(token|key)": "[^<"]{16,}"/);
      },
      patience,
    );

    it('says what a failed case asked, was promised and got, in the terminal and in each report', async () => {
      if (refusal === undefined) throw new Error('no refusal to spoil');
      const { id, title } = refusal;
      const [method, address] = sample.split(' ');
      const proxy = await startFaultyProxy(gateway.url, (request, answer) =>
        request.method === method && request.path === address
          ? { ...answer, body: { ...(answer.body as object), surprise: ']]>\u0001' } }
          : answer,
      );
      try {
        const outcome = await idiom(
          [
            ...['contract', 'run', dialect, '--target', proxy.url, '--only', id],
            ...['--bail', '--report', `junit:${at('bad.xml')}`, '--report', `json:${at('bad.json')}`],
          ],
          door,
        );
        expect(outcome.code).toBe(1);
        expect(outcome.stdout).toContain(`✗ ${dialect}: ${title}`);
        expect(outcome.stdout).toContain('body.surprise was not promised');
        expect(outcome.stdout).toMatch(/^ {2}curl -sS -i .*http:\/\/127\.0\.0\.1/m);
        expect(outcome.stdout).toMatch(/^ {2}\+ +"surprise": /m);
        expect(outcome.stdout).not.toContain('\u001b');
        expect(outcome.stderr).toMatch(/^error: 1 of 1 cases failed\.$/m);

        const xml = readXml(await readFile(at('bad.xml'), 'utf8'));
        expect(xml.attributes).toMatchObject({ failures: '1' });
        const failure = xml.children[0]?.children.find(({ name }) => name === 'testcase')?.children[0];
        expect(failure?.attributes['message']).toContain('body.surprise was not promised');
        expect(failure?.text).toContain('curl -sS -i');
        const [one] = (await readDocument(at('bad.json'))).cases;
        expect(one).toMatchObject({
          state: 'failed',
          differences: [{ at: 'body.surprise', kind: 'unexpected', received: ']]>\u0001' }],
        });
      } finally {
        await proxy.stop();
      }
    });

    it('answers with the JSON report alone where that is asked for', async () => {
      const document = await idiomJson<RunDocument>(
        ['contract', 'run', dialect, '--target', gateway.url, '--only', sample],
        door,
      );
      expect(documentShape.validate(document).error).toBeUndefined();
    });
  });

  describe('on a server of somebody else', () => {
    let foreign: TestGateway;
    // One for each run: what a run leaves at a server of somebody else, such as counted failures, stays there.
    beforeEach(async () => {
      foreign = await startGateway();
    });
    afterEach(() => foreign.stop());

    /** An identity file with people whom no run has used. */
    async function lendFile(): Promise<string> {
      const file = at(`qa-${randomUUID()}.json`);
      await writeFile(file, JSON.stringify(await lend(foreign)));
      return file;
    }

    const runForeign = async (report: string, args: readonly string[] = []) => {
      const outcome = await idiom([
        ...['contract', 'run', dialect, '--target', foreign.url, '--identity', await lendFile()],
        ...['--report', `json:${at(report)}`, ...args],
      ]);
      return { outcome, document: await readDocument(at(report)) };
    };

    it(
      'runs what it can, and skips the rest by name with the reason',
      async () => {
        const { outcome, document } = await runForeign('all.json');
        const skipped = document.cases.filter(({ state }) => state === 'skipped');
        const failed = document.cases.filter(({ state }) => state === 'failed');
        expect(failed.map(({ id, reason, differences }) => ({ id, reason, differences }))).toEqual([]);
        expect(outcome.code).toBe(0);
        expect(document.means).toBe('identity');
        expect(document.counts.passed).toBeGreaterThan(document.counts.skipped);
        expect(skipped.filter(({ reason = '' }) => !reason.startsWith('it '))).toEqual([]);
        // Nothing that changes users was run.
        expect(document.cases.filter(({ destructive, state }) => destructive && state !== 'skipped')).toEqual(
          [],
        );
        expect(outcome.stdout).toContain('it changes users, which is done only with --destructive');
      },
      patience,
    );

    it(
      'runs what changes users only when told to, with codes from the inbox',
      async () => {
        const { document } = await runForeign('changing.json', ['--destructive', '--kind', 'success']);
        const changing = document.cases.filter(({ destructive }) => destructive);
        const failed = document.cases.filter(({ state }) => state === 'failed');
        expect(failed.map(({ id, reason, differences }) => ({ id, reason, differences }))).toEqual([]);
        expect(changing.filter(({ state }) => state === 'passed').length).toBeGreaterThan(3);
      },
      patience,
    );

    it(
      'runs what needs no user where nobody is named',
      async () => {
        const outcome = await idiom([
          ...['contract', 'run', dialect, '--target', foreign.url, '--report', `json:${at('nobody.json')}`],
          ...['--kind', 'error', '--kind', 'success'],
        ]);
        const { cases, means, counts } = await readDocument(at('nobody.json'));
        expect(outcome.code).toBe(0);
        expect(means).toBe('none');
        expect(counts.passed).toBeGreaterThan(0);
        expect(cases.some(({ reason }) => reason?.includes('open the test door') === true)).toBe(true);
      },
      patience,
    );

    it(
      'tells what differs from a choice of ours apart, and fails for it only with --strict',
      async () => {
        const { cases } = await idiomJson<{ cases: CaseResult[] }>(['contract', 'list', dialect], {});
        const choices = cases.filter(({ source, destructive }) => source === 'ours' && !destructive);
        const documented = await readDocument(at('all.json'));
        const ran = new Set(documented.cases.filter(({ state }) => state === 'passed').map(({ id }) => id));
        // Not one that people sign in by: whoever cannot sign in has no case run.
        const entry = known
          .filter(({ operations }) => operations.includes('signIn'))
          .map(({ endpoint }) => endpoint);
        const choice = choices.find(({ id, endpoint }) => ran.has(id) && !entry.includes(endpoint));
        if (choice === undefined) throw new Error('no choice of ours was run');
        const [method, address = ''] = choice.endpoint.split(' ');
        const form = new RegExp(`^${address.replace(/\{[^}]+\}/g, '[^/]+')}$`);
        const proxy = await startFaultyProxy(foreign.url, (request, answer) =>
          choice.endpoint === 'unknown path' || (request.method === method && form.test(request.path))
            ? { ...answer, status: answer.status + 1 }
            : answer,
        );
        try {
          const call = [
            'contract',
            'run',
            dialect,
            '--target',
            proxy.url,
            '--identity',
            await lendFile(),
            '--only',
            choice.id,
          ];
          const lenient = await idiom(call);
          expect(lenient.code).toBe(0);
          expect(lenient.stdout).toContain('Differs from our own choice');
          expect((await idiom([...call, '--strict'])).code).toBe(1);
        } finally {
          await proxy.stop();
        }
      },
      patience,
    );
  });

  describe('a wrong call', () => {
    const wrong: readonly [string, readonly string[], RegExp][] = [
      [
        'an unknown dialect',
        ['contract', 'run', 'nobody', '--target', 'URL'],
        /There is no dialect nobody; there are /,
      ],
      ['no target', ['contract', 'run', dialect], /required option '--target <url>'/],
      [
        'a target that is no URL',
        ['contract', 'run', dialect, '--target', 'localhost'],
        /--target must be an http/,
      ],
      [
        'an unknown kind of report',
        ['contract', 'run', dialect, '--target', 'URL', '--report', 'pdf:x'],
        /It must be junit:FILE/,
      ],
      [
        'a report in no folder',
        ['contract', 'run', dialect, '--target', 'URL', '--report', 'json:/nowhere/at/all/x'],
        /There is no folder/,
      ],
      [
        'a missing identity file',
        ['contract', 'run', dialect, '--target', 'URL', '--identity', '/nowhere/qa.json'],
        /--identity cannot be read/,
      ],
      [
        'a selection of nothing',
        ['contract', 'run', dialect, '--target', 'URL', '--only', 'no such case'],
        /No case is chosen/,
      ],
      [
        'an unknown kind of case',
        ['contract', 'list', dialect, '--kind', 'odd'],
        /It must be one of success/,
      ],
    ];

    it.each(wrong)('%s ends with 2 and a line that says so', async (_, args, message) => {
      const outcome = await idiom(
        args.map((word) => (word === 'URL' ? gateway.url : word)),
        door,
      );
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toMatch(/^error: [^\n]+\n$/);
      expect(outcome.stderr).toMatch(message);
      expect(outcome.stdout).toBe('');
    });

    it('names the member of an identity file that is wrong, and not its value', async () => {
      await writeFile(at('wrong.json'), JSON.stringify({ accounts: [{ username: 'a', password: 5 }] }));
      const outcome = await run(['--identity', at('wrong.json')], {});
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toContain('accounts[0].password must be a string');
    });

    it('a target that nobody answers at', async () => {
      const outcome = await idiom(
        ['contract', 'run', dialect, '--target', `http://127.0.0.1:${await freePort()}`],
        door,
      );
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toMatch(/^error: http:\/\/127\.0\.0\.1:\d+ cannot be reached: /);
    });

    it('a token that does not open the door', async () => {
      const outcome = await run([], { TEST_DOOR_TOKEN: 'another-token-altogether' });
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toContain('has no test door that this token opens');
    });
  });

  it('lists the cases of a dialect', async () => {
    const { stdout, stderr } = await idiom(['contract', 'list', dialect]);
    const { cases } = await idiomJson<{ cases: CaseResult[] }>(['contract', 'list', dialect], {});
    expect(stdout).toMatch(/^ENDPOINT +KIND +SOURCE +CHANGES +TITLE\n/);
    expect(stdout.trim().split('\n')).toHaveLength(cases.length + 1);
    expect(stderr).toBe(`${cases.length} cases\n`);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });
});
