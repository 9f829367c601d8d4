import { statSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { ReportKind } from '../kit';

const kinds: readonly ReportKind[] = ['junit', 'html', 'json'];

/** A report that was asked for. */
export interface ReportWish {
  kind: ReportKind;
  file: string;
}

export function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Reads `junit:out.xml`, one of several. A file that could not be written is refused before anything runs. */
export function readReport(text: string, earlier: readonly ReportWish[] = []): ReportWish[] {
  const colon = text.indexOf(':');
  const kind = kinds.find((one) => one === text.slice(0, colon));
  const file = text.slice(colon + 1);
  if (kind === undefined || file === '')
    throw new InvalidArgumentError(`It must be ${kinds.map((one) => `${one}:FILE`).join(', ')}.`);
  if (!isFolder(path.dirname(file)))
    throw new InvalidArgumentError(`There is no folder ${path.dirname(file)}.`);
  if (isFolder(file)) throw new InvalidArgumentError(`${file} is a folder.`);
  return [...earlier, { kind, file }];
}
