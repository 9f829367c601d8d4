import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformFile } from '@swc/core';

/** Where the global set-up leaves the folder of the recorder, in which each test file has one of its own. */
export const recorderVariable = 'IDIOM_TEST_RECORDER';

/** What a process loads that knows no TypeScript. */
const parts = ['answer-recorder', 'overhear'];

/** Makes a folder with the recorder in it, as plain JavaScript. */
export async function installRecorder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
  for (const part of parts) {
    const { code } = await transformFile(path.join(__dirname, `${part}.ts`), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
      swcrc: false,
    });
    await writeFile(path.join(folder, `${part}.js`), code);
  }
  return folder;
}
