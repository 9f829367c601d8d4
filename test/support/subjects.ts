import { dialects } from '../../dialects';
import { contractOf } from '../../src/cli/dialect-files';
import { createSpeaker, type Contract, type Speaker } from '../../src/contract';
import type { OperationName } from '../../src/core';
import { declareByDefault, type Declaration, type Dialect } from '../../src/dialect';
import type { TestGateway } from './gateway';

/** A dialect under test, with what its clients are promised. */
export interface Subject {
  name: string;
  dialect: Dialect;
  contract: Contract;
}

export const allSubjects: readonly Subject[] = dialects.map((dialect) => ({
  name: dialect.name,
  dialect,
  contract: contractOf(dialect.name),
}));

const wanted = process.env['DIALECT']?.split(',');

/** What to set for an operation that some dialect brings only then. */
export function environmentFor(operation: OperationName): Record<string, string> {
  const switches = allSubjects.flatMap(({ contract }) => contract.switches ?? []);
  const wanted = switches.filter(({ brings }) => brings.includes(operation));
  return Object.assign({}, ...wanted.map(({ environment }) => environment)) as Record<string, string>;
}

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

/** The dialect as it is declared where nothing is set, or where these variables are. */
export function declare(
  { dialect }: Pick<Subject, 'dialect'>,
  variables: Readonly<Record<string, string>> = {},
): Declaration {
  return declareByDefault(dialect, variables);
}

/** A client that reaches no gateway: what the dialect could say can be asked of it, and nothing more. */
export function planner(subject: Subject): Speaker {
  const { contract } = subject;
  return createSpeaker({ declaration: declare(subject), contract, baseUrl: 'http://127.0.0.1:1' });
}

/** A suite for each dialect under test that speaks the operation; none of them may. `$name` is the dialect's. */
export function describeSpeakersOf(
  operation: OperationName,
  title: string,
  suite: (subject: Subject) => void,
): void {
  for (const subject of subjects.filter((candidate) => planner(candidate).speaks(operation))) {
    describe(title.replace('$name', subject.name), () => {
      suite(subject);
    });
  }
}
