import { readFileSync } from 'node:fs';
import { descriptionFile } from '../../src/cli/dialect-files';
import { readDescription } from '../../src/kit/description';
import { declare, subjects } from '../support/subjects';
import { wrongExamples } from './examples';
import { lint } from './lint';
import { wrongOperations } from './operations';

describe.each(subjects)('the description of $name', (subject) => {
  const file = descriptionFile(subject.name);
  const read = () => readDescription(readFileSync(file, 'utf8'));

  it('pleases the linter', async () => {
    expect(await lint(file)).toEqual([]);
  });

  it('is one of OpenAPI 3.1, for the host that it is asked of', () => {
    const { document } = read();
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.servers).toEqual([expect.objectContaining({ url: '/' })]);
  });

  it('has examples that its own schemas allow, each with a name', () => {
    expect(wrongExamples(read())).toEqual([]);
  });

  it('describes the routes that are served and no others, with a token exactly where one is needed', () => {
    expect(wrongOperations(declare(subject), read())).toEqual([]);
  });
});
