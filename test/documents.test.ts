import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dialects } from '../dialects';
import { describeProblems } from '../scripts/problems-document';

it('docs/problems.md says what the error tables of the dialects say', () => {
  const present = readFileSync(path.join(__dirname, '../docs/problems.md'), 'utf8');
  expect(present).toBe(describeProblems(dialects));
});
