import { readTextIn } from '../scripts/readme-tables';
import {
  makePlace,
  repository,
  serve,
  stopServing,
  type Place,
  type ServeProcess,
} from './support/command-line';
import { masked, runBlocks, runInBash } from './support/readme';

const blocks = runBlocks(readTextIn(repository)('README.md'));

describe('the lines that the README says to try', () => {
  let place: Place;
  let gateway: ServeProcess | undefined;
  let printed: string[];
  let stderr: string;

  beforeAll(async () => {
    place = await makePlace('embedded');
    gateway = await serve(place.environment);
    const outcome = await runInBash(blocks, { ...place.environment, IDIOM: gateway.url });
    printed = outcome.printed;
    stderr = outcome.stderr;
  });

  afterAll(async () => {
    if (gateway !== undefined) await stopServing(gateway);
    await place.remove();
  });

  it('are all run, and complain about nothing', () => {
    expect(blocks.length).toBeGreaterThan(10);
    expect({ count: printed.length, stderr }).toEqual({ count: blocks.length, stderr: '' });
  });

  it.each(blocks.map((block, index) => ({ ...block, index })))(
    'print at line $line what the README shows',
    ({ index, shown }) => {
      expect(masked(printed[index] ?? '')).toBe(masked(shown));
    },
  );
});
