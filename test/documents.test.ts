import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { dialects } from '../dialects';
import { describeProblems } from '../scripts/problems-document';
import { fillReadme, readTextIn } from '../scripts/readme-tables';

const root = path.join(__dirname, '..');
const readText = readTextIn(root);

it('docs/problems.md says what the error tables of the dialects say', () => {
  expect(readText('docs/problems.md')).toBe(describeProblems(dialects));
});

it('the tables of the README say what the code says', () => {
  expect(readText('README.md')).toBe(fillReadme(root));
});

it('the example of an environment has every variable of the table', () => {
  const example = readText('.env.example');
  const variables = [...readText('README.md').matchAll(/^\| `([A-Z][A-Z_]+)` /gm)].map(
    ([, name = '']) => name,
  );
  expect(variables.length).toBeGreaterThan(15);
  expect(variables.filter((name) => !new RegExp(`^#?${name}=`, 'm').test(example))).toEqual([]);
});

const folders = ['.', 'docs', 'docs/decisions', ...dialects.map(({ name }) => `dialects/${name}`)];
const documents = folders.flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);

/** What a group finds in a text, each once. */
function found(text: string, form: RegExp): string[] {
  return [...new Set([...text.matchAll(form)].map(([, name = '']) => name))];
}

describe.each(documents)('%s', (document) => {
  const text = readText(document);

  it('links to files that are there', () => {
    const targets = found(text, /\]\((?!https?:|#)([^)#]+)/g);
    expect(targets.filter((target) => !existsSync(path.join(root, path.dirname(document), target)))).toEqual(
      [],
    );
  });

  it('names files and folders that are there', () => {
    const names = found(text, /`((?:src|dialects|migrations|docs|scripts|test|bench)\/[\w./-]+)`/g);
    expect(names.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });

  it('names npm scripts that there are', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const names = found(text, /\bnpm run (?:--silent )?([a-z][a-z:]*)/g);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });
});
