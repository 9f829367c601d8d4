import path from 'node:path';
import { dialects } from '../../dialects';
import { createSpeaker, type Contract, type Speaker } from '../../src/contract';
import type { Declaration } from '../../src/dialect';
import type { TestGateway } from './gateway';

/** A dialect under test, with what its clients are promised. */
export interface Subject {
  name: string;
  contract: Contract;
}

/** The folder of a dialect has its name; this is where its contract is. */
function contractOf(name: string): Contract {
  const folder = path.join(__dirname, '../../dialects', name);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the list of dialects is all that may name one
  return (require(path.join(folder, 'contract')) as { contract: Contract }).contract;
}

export const allSubjects: readonly Subject[] = dialects.map(({ name }) => ({
  name,
  contract: contractOf(name),
}));

const wanted = process.env['DIALECT']?.split(',');

/** The dialects that this run is about: those named in `DIALECT`, or all. */
export const subjects = allSubjects.filter(({ name }) => wanted?.includes(name) ?? true);
if (subjects.length === 0) throw new Error(`no dialect is named ${String(wanted)}`);

/** How a running gateway serves a dialect. */
export function declarationOf(gateway: TestGateway, { name }: Subject): Declaration {
  const served = gateway.served.find((candidate) => candidate.name === name);
  if (served === undefined) throw new Error(`this gateway does not serve ${name}`);
  return served.declaration;
}

/** A client of the dialect, talking to a running gateway. */
export function speakerOf(gateway: TestGateway, subject: Subject, credential?: string): Speaker {
  return createSpeaker({
    declaration: declarationOf(gateway, subject),
    contract: subject.contract,
    baseUrl: gateway.url,
    credential,
  });
}
