import type { Declaration } from '../../src/dialect';
import type { Side } from '../../src/translation';
import type { TestGateway } from '../support/gateway';
import { allSubjects, declarationOf, declare, type Subject } from '../support/subjects';

/** A dialect as translation takes it, declared where nothing is set. */
export function sideOf(subject: Subject, declaration: Declaration = declare(subject)): Side {
  return { name: subject.name, declaration, contract: subject.contract };
}

export const servedSide = (gateway: TestGateway, subject: Subject): Side =>
  sideOf(subject, declarationOf(gateway, subject));

export function subjectNamed(name: string): Subject {
  const found = allSubjects.find((subject) => subject.name === name);
  if (found === undefined) throw new Error(`no dialect is named ${name}`);
  return found;
}

/** Every ordered pair of different dialects. */
export const pairs = allSubjects.flatMap((from) =>
  allSubjects.filter((to) => to !== from).map((to) => ({ title: `${from.name} to ${to.name}`, from, to })),
);
