import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The version of this build, as its package says it. */
export function readVersion(): string {
  let folder = __dirname;
  // The sources and what is compiled from them lie at different depths.
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
