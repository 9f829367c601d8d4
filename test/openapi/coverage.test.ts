import { readFileSync } from 'node:fs';
import { descriptionFile } from '../../src/cli/dialect-files';
import { coverageOf, missingFrom, readDescription } from '../../src/kit';
import { declare, subjects } from '../support/subjects';

it.each(subjects)('every endpoint of $name is tried in every way that it can be', (subject) => {
  const description = readDescription(readFileSync(descriptionFile(subject.name), 'utf8'));
  const { name, contract } = subject;
  expect(missingFrom(coverageOf({ name, contract, declaration: declare(subject) }, description))).toEqual([]);
});
