import type { OperationName } from '../core';
import type { Facts } from './effects';

/** A difference between what was done before and what is done now. */
export interface Difference {
  /** A field of the core, or a fact such as `session`. */
  field: string;
  /** `unsaid`: it is not done any more. `added`: it was not done before. `changed`: it is done otherwise. */
  kind: 'unsaid' | 'added' | 'changed';
  before?: unknown;
  after?: unknown;
  /** What happens to it. */
  text: string;
}

/** A call of an operation moves to a dialect. */
export interface Move {
  target: string;
  operation: OperationName;
}

/** Sentences on what becomes of a fact, by its name; `target` is the dialect to which the call moves. */
const fates: Readonly<Record<string, Partial<Record<Difference['kind'], (target: string) => string>>>> = {
  emailProven: {
    unsaid: () =>
      'The address is stored as unproven: until it is proven, it recovers no password and signs nobody in by code.',
    added: () => 'The address is proven on the way.',
  },
  phoneProven: {
    unsaid: () =>
      'The number is stored as unproven: until it is proven, it recovers no password and signs nobody in by code.',
    added: () => 'The number is proven on the way.',
  },
  session: {
    unsaid: () => 'Nobody is signed in by it; a sign-in follows.',
    added: (target) =>
      `${target} signs the person in at once; a client that wants no session drops the token.`,
  },
  nickname: {
    added: (target) => `${target} asks for one, or draws one.`,
    changed: (target) => `${target} takes another.`,
  },
  username: {
    added: (target) => `${target} asks for one, or draws one.`,
    changed: (target) => `${target} takes another.`,
    unsaid: () => 'It is not set; the person keeps the user name they have, or has none.',
  },
  finds: {
    unsaid: (target) =>
      `${target} shows the profile of whoever calls. Where that is the user who is meant, nothing is lost; another cannot be asked for.`,
    changed: () => 'Whom it finds may differ.',
  },
  contactProven: { unsaid: () => 'The address is not proven by it.' },
  password: { added: () => 'A password has to be chosen.' },
  extension: {
    changed: () =>
      'Only one of the two dialects keeps facts of its own about a user; it derives them when a user of the other is read there.',
  },
  audience: {
    unsaid: () => 'Whom the code may go to is not said: an address of either kind is sent one.',
    changed: () => 'Whom the code may go to differs: an address of the other kind is refused.',
  },
  link: { unsaid: () => 'A code is sent and no link.' },
  language: {
    unsaid: () => 'The message comes in the language that the gateway chooses.',
    changed: () => 'The message comes in this language.',
    added: () => 'The message comes in this language.',
  },
  appName: { unsaid: () => 'The message speaks for no app.' },
  format: { changed: () => 'The picture comes in the other format.' },
  avatar: {
    changed: () =>
      'The picture is told by its URL or uploaded, whichever the dialect does; what is shown is the same picture.',
  },
  user: {
    unsaid: (target) =>
      `Users of ${target} change themselves only. Where the id is that of whoever calls, leave it out.`,
  },
};

function fate(field: string, kind: Difference['kind'], { target, operation }: Move): string {
  const own = fates[field]?.[kind]?.(target);
  if (own !== undefined) return own;
  if (kind === 'added') return `${target} asks for it besides.`;
  if (kind === 'changed') return `${target} says it otherwise.`;
  if (operation === 'registerUser')
    return `No call of ${target} says it. A user who is new has none, until a dialect that knows it sets it.`;
  return `No call of ${target} says it. The core keeps the value that it has, and dialects that know it go on showing it.`;
}

/** How two effects differ, field by field. */
export function compareEffects(before: Facts, after: Facts, move: Move): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((field): Difference[] => {
    const [was, is] = [before[field], after[field]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const kind = is === undefined ? 'unsaid' : was === undefined ? 'added' : 'changed';
    return [
      {
        field,
        kind,
        ...(was !== undefined && { before: was }),
        ...(is !== undefined && { after: is }),
        text: fate(field, kind, move),
      },
    ];
  });
}
