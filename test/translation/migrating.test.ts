import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../support/command-line';
import { runBlocks, runInBash } from '../support/readme';

const blocks = runBlocks(readFileSync(path.join(repository, 'docs/migrating.md'), 'utf8'));

describe('the lines of docs/migrating.md', () => {
  let outcome: Awaited<ReturnType<typeof runInBash>>;
  beforeAll(async () => {
    outcome = await runInBash(blocks, {});
  });

  it('are all run, and complain about nothing', () => {
    expect(blocks.length).toBeGreaterThan(6);
    expect({ count: outcome.printed.length, stderr: outcome.stderr }).toEqual({
      count: blocks.length,
      stderr: '',
    });
  });

  it.each(blocks.map((block, index) => ({ ...block, index })))(
    'print at line $line what the page shows',
    ({ index, shown }) => {
      expect(outcome.printed[index]).toBe(shown);
    },
  );
});
