import { writeFileSync } from 'node:fs';
import { fillReadme, readTextIn } from './readme-tables';

const file = 'README.md';
/** npm runs a script in the folder of package.json. */
const root = '.';
const filled = fillReadme(root);

// Writes the tables of the README. With `--check` it writes nothing, and fails when they are not what would be written.
if (!process.argv.includes('--check')) writeFileSync(file, filled);
else if (filled !== readTextIn(root)(file)) {
  console.error(`The tables of ${file} are not what the code says; run \`npm run generate\`.`);
  process.exitCode = 1;
}
