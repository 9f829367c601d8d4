import { readFileSync } from 'node:fs';
import { descriptionFile } from '../../src/cli/dialect-files';
import type { NamedDeclaration } from '../../src/dialect';
import { splitTarget } from '../../src/http/wire-request';
import { readDescription, type Description } from '../../src/kit/description';
import type { Overheard } from './overhear';
import { createCheck, type Check } from './schemas';
import { undescribedIn, type SentAnswer } from './undescribed';
import { collectUndescribed } from './undescribed-answers';

export type Reader = (name: string) => { description: Description; check: Check };

/** Reads each description when the first answer of its dialect is seen; `textOf` gives its text. */
export function createReader(textOf: (name: string) => string): Reader {
  const known = new Map<string, ReturnType<Reader>>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const description = readDescription(textOf(name));
    const ready = { description, check: createCheck(description) };
    known.set(name, ready);
    return ready;
  };
}

const readPublished = createReader((name) => readFileSync(descriptionFile(name), 'utf8'));

/** A description that cannot be used, such as one that is missing or has a misspelt keyword, is a fault of every answer that it is for. */
function faultsOf(name: string, answer: SentAnswer, read: Reader): readonly string[] {
  try {
    const { description, check } = read(name);
    return undescribedIn(description, check, answer);
  } catch (error) {
    return [`cannot be used: ${(error as Error).message}`];
  }
}

/**
 * Holds an answer of a gateway to the description of the dialect under whose mount it was given, and collects it for
 * `throwUndescribed` where that does not know it. An answer under no mount of what is served is nobody's.
 */
export function judgeAnswer(
  served: readonly NamedDeclaration[],
  { target, ...sent }: Overheard,
  read: Reader = readPublished,
): void {
  const { path } = splitTarget(target);
  const owner = served.find(({ declaration }) =>
    declaration.mounts.some((mount) => `${path}/`.startsWith(`${mount}/`)),
  );
  if (owner === undefined) return;
  const { name } = owner;
  const faults = faultsOf(name, { ...sent, path }, read);
  if (faults.length === 0) return;
  const { method, status, text } = sent;
  const lines = [
    `dialects/${name}/openapi.yaml does not describe the answer of ${method} ${path}: ${status}`,
    ...faults,
  ];
  collectUndescribed(`${lines.join('\n  ')}\n  body: ${text.slice(0, 2_000)}`);
}
