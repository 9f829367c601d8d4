import { readFile } from 'node:fs/promises';
import { readTextIn } from '../scripts/readme-tables';
import { readIdentity } from '../src/kit';
import {
  makePlace,
  repository,
  serve,
  stopServing,
  type Place,
  type ServeProcess,
} from './support/command-line';
import { runBlocks, runInBash } from './support/readme';
import { readXml } from './support/xml';

const document = readTextIn(repository)('docs/qa.md');
const blocks = runBlocks(document);
const token = 'rehearsal-only-4711';

describe('docs/qa.md', () => {
  let place: Place;
  let gateway: ServeProcess | undefined;
  let printed: string[];
  beforeAll(async () => {
    place = await makePlace('external');
    gateway = await serve({ ...place.environment, TEST_DOOR_TOKEN: token });
    const last = { line: 0, script: 'echo "$REPORTS/contract.xml"', shown: '' };
    printed = (await runInBash([...blocks, last], { IDIOM: gateway.url })).printed;
  }, 240_000);
  afterAll(async () => {
    if (gateway !== undefined) await stopServing(gateway);
    await place.remove();
  });

  it('leads from an open test door to a JUnit file without a failure', async () => {
    const [run = '', list = '', , file = ''] = printed;
    expect(run).toMatch(/^lancens +[1-9]\d* +0 +0$/m);
    expect(list).toMatch(/^ENDPOINT +KIND/);
    const report = readXml(await readFile(file.trim(), 'utf8'));
    expect(report.attributes).toMatchObject({ failures: '0', errors: '0' });
    expect(Number(report.attributes['tests'])).toBeGreaterThan(5);
  });

  it('finds a server like itself, in a recording and beside it', () => {
    const [, , compared = ''] = printed;
    expect(compared.match(/^lancens +[1-9]\d* +0 +0$/gm)).toHaveLength(2);
  });

  it('shows an identity file that is one', () => {
    const [, example = ''] = /^```json\n([\s\S]*?)^```$/m.exec(document) ?? [];
    expect(readIdentity(example, '/qa').accounts).toHaveLength(2);
  });

  it('opens the door with the token that it then uses', () => {
    expect(document.split(token).length).toBeGreaterThan(2);
  });
});
