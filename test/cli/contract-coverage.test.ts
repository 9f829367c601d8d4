import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { idiom, repository } from '../support/command-line';

interface Document {
  dialects: { dialect: string; exchanges: number; endpoints: { endpoint: string }[]; missing: string[] }[];
}

/** The built command line with another description of lancens in it. */
async function copyWith(change: (description: string) => string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
  for (const built of ['dist', 'package.json'])
    await cp(path.join(repository, built), path.join(folder, built), { recursive: true });
  await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'));
  const file = path.join(folder, 'dist/dialects/lancens/openapi.yaml');
  await writeFile(file, change(await readFile(file, 'utf8')));
  return folder;
}

describe('idiom contract coverage', () => {
  test('shows a line for each endpoint, and ends well when nothing is left out', async () => {
    const { code, stdout, stderr } = await idiom(['contract', 'coverage', 'lancens']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^lancens: \d+ cases\n\nENDPOINT +SUCCESS +ERRORS +NO CREDENTIAL +BAD CREDENTIAL +WRONG TYPE +BOUNDARY\n/,
    );
    expect(stdout).toMatch(/^GET \/v1\/api\/user +\d+ +(\d+) of \1 +\d+ +\d+ +– +–$/m);
    expect(stdout).toMatch(/^unknown path +– +1 of 1 +– +– +– +–$/m);
  });

  test('says all of it as JSON, for every dialect', async () => {
    const { stdout } = await idiom(['contract', 'coverage', '--json']);
    const { dialects } = JSON.parse(stdout) as Document;
    expect(dialects.map(({ dialect }) => dialect)).toEqual(['anqicms', 'cloudbase', 'lancens']);
    for (const { endpoints, missing } of dialects) {
      expect(endpoints.length).toBeGreaterThan(10);
      expect(missing).toEqual([]);
    }
  });

  test('fails, and names it, when something is described that no case tries', async () => {
    const folder = await copyWith((description) =>
      description.replace(
        'x-unknown-path:',
        "$&\n  '400':\n    content: { a/b: { examples: { gone: { value: { message: gone } } } } }",
      ),
    );
    try {
      const { code, stdout, stderr } = await idiom(['contract', 'coverage', 'lancens'], {}, '', folder);
      expect({ code, lines: stdout.split('\n').slice(-3), stderr }).toEqual({
        code: 1,
        lines: ['Missing:', 'lancens: unknown path: no case expects gone', ''],
        stderr: 'error: Not covered by a case: 1.\n',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('takes no dialect that is not there', async () => {
    const { code, stderr } = await idiom(['contract', 'coverage', 'nobody']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: There is no dialect nobody/);
  });
});
