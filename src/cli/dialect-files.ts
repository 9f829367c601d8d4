import path from 'node:path';
import type { Contract } from '../contract';

/** A dialect's folder has its name, from the sources as well as from what was built of them. */
function fileOf(name: string, file: string): string {
  return path.join(__dirname, '../../dialects', name, file);
}

/** What the clients of a dialect are promised. */
export function contractOf(name: string): Contract {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the list of dialects is all that may name one
  return (require(fileOf(name, 'contract')) as { contract: Contract }).contract;
}

/** Where the description of a dialect's wire is. */
export function descriptionFile(name: string): string {
  return fileOf(name, 'openapi.yaml');
}
