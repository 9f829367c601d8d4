import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { repository } from '../support/command-line';

const run = promisify(execFile);

/** Everything that the linter has to say of a description, warnings included. */
export async function lint(file: string): Promise<unknown> {
  const given = [path.join(__dirname, 'lint-process.cjs'), path.join(repository, 'redocly.yaml'), file];
  const { stdout } = await run(process.execPath, given, { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}
