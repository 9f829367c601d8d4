import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { idiom } from '../support/command-line';
import { tableRows } from '../../scripts/markdown';
import { readTextIn } from '../../scripts/readme-tables';
import { repository } from '../support/command-line';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

// Whatever opened a database here would fail.
const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
const update = `curl http://old/api/user/detail -H 'token: x' -d '{"user_name":"zhang_san"}'`;
const pair = ['--from', 'anqicms', '--to', 'cloudbase'];

describe('idiom translate', () => {
  it('tells in its help what has to be said, and no default that is none', async () => {
    const { stdout } = await idiom(['translate', '--help']);
    expect(stdout).toMatch(/--from <dialect> .*\(required\)/);
    expect(stdout).not.toContain('default: []');
  });

  it('says when --host cannot tell hosts apart, and when nothing is of the old dialect', async () => {
    const line = '203.0.113.7 - - [10/Oct/2025:13:55:36 +0000] "POST /api/login HTTP/1.1" 200 512';
    const args = ['translate', ...pair, '--host', 'old.example.com', '-'];
    const without = await idiom(args, nowhere, line);
    expect([without.code, without.stderr]).toEqual([
      0,
      'warning: the standard input names no host, so that --host leaves nothing out\n',
    ]);
    const elsewhere = await idiom(args, nowhere, `other.example.com ${line}`);
    expect([elsewhere.code, elsewhere.stderr]).toEqual([
      1,
      'error: Nothing of the standard input is a call of anqicms.\n',
    ]);
    expect(elsewhere.stdout).toContain('Not of anqicms:\n  1  POST other.example.com/api/login\n');
  });

  it('prints a call as a line that can be copied, and opens no database', async () => {
    const { code, stdout, stderr } = await idiom(['translate', ...pair, update], nowhere);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`    -d '{"username":"zhang_san"}'\n`);
  });

  it('asks the environment where the new calls go, unless the call says', async () => {
    const elsewhere = { ...nowhere, PUBLIC_URL: 'https://id.example.com' };
    expect((await idiom(['translate', ...pair, update], elsewhere)).stdout).toContain(
      'curl https://id.example.com/auth/',
    );
    const said = await idiom(['translate', ...pair, '--url', 'https://new.example.com', update], elsewhere);
    expect(said.stdout).toContain('curl https://new.example.com/auth/');
  });

  it('reads the standard input and writes what reports are asked for', async () => {
    const [json, html] = [path.join(folder, 'plan.json'), path.join(folder, 'plan.html')];
    const args = [
      'translate',
      ...pair,
      '--json',
      '--report',
      `json:${json}`,
      '--report',
      `html:${html}`,
      '-',
    ];
    const { code, stdout } = await idiom(args, nowhere, update);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(await readFile(json, 'utf8')));
    expect(JSON.parse(stdout)).toMatchObject({
      from: 'anqicms',
      to: 'cloudbase',
      endpoints: [{ endpoint: 'POST /api/user/detail', becomes: ['POST /auth/v1/user/basic/edit'] }],
    });
    expect(await readFile(html, 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('ends with 1 when nothing can be said, and tells what it knows all the same', async () => {
    const { code, stdout, stderr } = await idiom(
      ['translate', ...pair, `curl http://old/api/user/groups -H 'token: x'`],
      nowhere,
    );
    expect(code).toBe(1);
    expect(stdout).toContain('Why: this wire keeps nothing of its own about users');
    expect(stderr).toBe('error: Nothing of the curl line can be said in cloudbase.\n');
  });

  it('ends with 1 when a report cannot be written', async () => {
    const { code, stderr } = await idiom(
      ['translate', ...pair, '--report', `html:${folder}/no/plan.html`, update],
      nowhere,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: The plan cannot be written: ENOENT/);
  });

  it.each([
    [['--from', 'anqicms', update], `required option '--to <dialect>' not specified`],
    [
      ['--from', 'nope', '--to', 'cloudbase', update],
      'no dialect is named nope; there are anqicms, cloudbase, lancens',
    ],
    [['--from', 'anqicms', '--to', 'anqicms', update], '--from and --to are the same dialect'],
    [[...pair, '/nowhere/app.har'], '/nowhere/app.har: there is no such file, and it is no curl line'],
    [
      [...pair, 'curl http://old/api/login -d @body.json'],
      'the curl line: --data @body.json takes its data from a file',
    ],
    [[...pair, '--report', 'pdf:x', update], 'It must be html:FILE or json:FILE.'],
    [[...pair, '--url', 'new.example.com', update], 'It must be an origin such as https://new.example.com.'],
  ])('ends a wrong call with 2: %j', async (args, message) => {
    const { code, stdout, stderr } = await idiom(['translate', ...args], nowhere);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('goes on where one of several requests cannot be read, and says which', async () => {
    const { code, stdout } = await idiom(
      ['translate', ...pair, '-'],
      nowhere,
      `${update}\ncurl http://old/x -d @body`,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Not read:\n  curl line 2: --data @body takes its data from a file');
  });

  it('refuses a folder and a packed file with a line that says what to do', async () => {
    const packed = path.join(folder, 'access.log.gz');
    await writeFile(packed, gzipSync('POST /api/login'));
    const said = await Promise.all(
      [folder, packed].map((file) => idiom(['translate', ...pair, file], nowhere)),
    );
    expect(said.map(({ code, stderr }) => [code, stderr])).toEqual([
      [2, `error: ${folder}: it is a folder\n`],
      [
        2,
        expect.stringMatching(
          /^error: access\.log\.gz: it is packed with gzip.*gunzip -c FILE \| idiom translate … -\n$/,
        ),
      ],
    ]);
  });

  it('names the place in a file that cannot be read', async () => {
    const file = path.join(folder, 'bad.har');
    await writeFile(file, '{"log":{"entries":[{}]}}');
    const { code, stderr } = await idiom(['translate', ...pair, file], nowhere);
    expect(code).toBe(2);
    expect(stderr).toBe('error: bad.har: not a HAR 1.2 file: log.entries[0].request is required\n');
  });
});

interface Told {
  problems: { problem: string; answers: Record<string, { status: number; body: unknown }> }[];
  calls: { dialect: string; call: string; problem: string; answer: { status: number; body: unknown } }[];
}

describe('idiom errors', () => {
  it('tells what docs/problems.md holds, row for row', async () => {
    const { code, stdout } = await idiom(['errors', '--json'], nowhere);
    expect(code).toBe(0);
    const { problems, calls } = JSON.parse(stdout) as Told;
    const cell = ({ status, body }: { status: number; body: unknown }) =>
      `${status} \`${JSON.stringify(body)}\``;
    const rows = tableRows(readTextIn(repository)('docs/problems.md'));
    expect(rows).toEqual(
      expect.arrayContaining([
        ...problems.map(({ problem, answers }) => [problem, ...Object.values(answers).map(cell)]),
        ...calls.map(({ dialect, call, problem, answer }) => [dialect, `\`${call}\``, problem, cell(answer)]),
      ]),
    );
    // Two headings and two rules are no rows.
    expect(rows).toHaveLength(problems.length + calls.length + 4);
  });

  it('is narrowed to some dialects, and knows no others', async () => {
    const { stdout } = await idiom(['errors', '--dialect', 'lancens,anqicms'], nowhere);
    expect(stdout).toContain(
      'identifier_taken username\n  lancens  400 {"message":"username exist"}\n  anqicms  200 ',
    );
    expect(stdout).not.toContain('cloudbase');
    expect((await idiom(['errors', '--dialect', 'nope'], nowhere)).code).toBe(2);
  });
});
