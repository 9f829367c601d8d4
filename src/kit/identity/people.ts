import type { Arrangement } from '../../contract';
import { CannotArrange } from '../stage';
import type { Entered } from '../steps';
import type { Person } from './identity';

/** Somebody of the identity file, and what the run has made of them. */
export interface Lent {
  person: Person;
  /** Signed in, and good for the next case too. By dialect. */
  sessions: Map<string, Entered>;
  /** They could sign in, so that the identity file is right about them. */
  wasIn: boolean;
  /** Contacts that were changed and changed back: they are theirs again, and not known to be any more. */
  unproven: Set<'email' | 'phone'>;
  /** When a code last went to them; servers send one in a minute. */
  sentAt?: number;
  /** Why they are of no more use. */
  spent?: string;
}

/** What a case wants of whoever stands for its user. */
export interface Wanted {
  own: Own;
  /** The placeholders that it speaks of. */
  spoken: ReadonlySet<string>;
  /** Whether a code is sent to them. */
  sends: boolean;
}

type Own = NonNullable<Arrangement['own']>;

/** How long servers wait before they send another code to somebody. */
export const sendPauseMs = 60_000;

/** What a case may ask of its user that an identity file can say. */
const sayable: ReadonlySet<string> = new Set(['username', 'password', 'email', 'phone', 'nickname', 'role']);

/** Why a person cannot stand for the user of a case; undefined when they can. */
function misfit(
  { person, unproven, spent, sentAt = 0 }: Lent,
  { own, spoken, sends }: Wanted,
): string | undefined {
  if (spent !== undefined) return spent;
  if (own.role !== undefined && person.role !== own.role) return 'it needs an administrator';
  // A number is written in many ways, so that another one cannot stand for it.
  if (typeof own.phone === 'string' && own.phone !== person.phone)
    return 'it needs a user with a fixed phone number';
  for (const kind of ['email', 'phone'] as const) {
    const wanted = own[kind];
    const name = kind === 'email' ? 'e-mail address' : 'phone number';
    if (wanted === null && person[kind] !== undefined) return `it needs a user without ${name}`;
    const isSpoken = typeof wanted === 'string' || spoken.has(`<${kind}>`);
    if (isSpoken && person[kind] === undefined)
      return `it needs a user whose ${name} the identity file gives`;
    if ((isSpoken || sends) && unproven.has(kind))
      return `it needs a user whose ${name} no earlier case has changed`;
  }
  if ((own.nickname !== undefined || spoken.has('<nickname>')) && person.nickname === undefined)
    return 'it needs a user whose nickname the identity file gives';
  if (sends && Date.now() - sentAt < sendPauseMs)
    return 'it needs a user to whom no code was sent in the last minute: name more accounts';
  return undefined;
}

/** Somebody who can stand for the user of a case. Throws `CannotArrange` where there is nobody. */
export function choose(people: readonly Lent[], wanted: Wanted): Lent {
  const unsayable = Object.keys(wanted.own).filter((name) => !sayable.has(name));
  if (unsayable.length > 0)
    throw new CannotArrange(
      `it needs a user with a given ${unsayable.join(', ')}, which only the test door makes`,
    );
  const reasons: string[] = [];
  for (const lent of people) {
    const reason = misfit(lent, wanted);
    if (reason === undefined) return lent;
    reasons.push(reason);
  }
  throw new CannotArrange(reasons.at(-1) ?? 'the identity file has nobody');
}

/** The literal values of a case's user, and what stands for them here. */
export function standIns(own: Own, person: Person): Readonly<Record<string, string>> {
  const names = ['username', 'password', 'email', 'phone', 'nickname'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const [literal, value] = [own[name], person[name]];
      return typeof literal === 'string' && literal !== '' && value !== undefined ? [[literal, value]] : [];
    }),
  );
}
