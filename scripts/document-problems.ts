import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dialects } from '../dialects';
import { describeProblems } from './problems-document';

/** Relative to the folder in which npm runs a script: that of package.json. */
const file = path.join('docs', 'problems.md');

/** Writes docs/problems.md. With `--check` it writes nothing, and fails when the file is not what would be written. */
async function main(): Promise<void> {
  const document = describeProblems(dialects);
  if (!process.argv.includes('--check')) {
    await writeFile(file, document);
    return;
  }
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === document) return;
  console.error(`${file} is not what the error tables say; run \`npm run generate\`.`);
  process.exitCode = 1;
}

void main();
