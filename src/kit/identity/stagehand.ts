import { randomInt } from 'node:crypto';
import { createSpeaker, effects, ForeignAnswerError, type Arrangement, type Speaker } from '../../contract';
import type { Case } from '../case';
import { AnswerError, messageOf } from '../failures';
import { needsUser, placeholdersIn, speaksOf } from '../needs';
import { CannotArrange, type Known, type Stage, type Stagehand } from '../stage';
import {
  confirm,
  endSession,
  enter,
  mailChangeCode,
  sendCode,
  startProof,
  type Entered,
  type ReadCode,
} from '../steps';
import type { Subject } from '../subject';
import { changeBack, profileOf } from './change-back';
import type { Identity } from './identity';
import { createInbox, type InboxRoom } from './inbox';
import { choose, sendPauseMs, standIns, type Lent } from './people';
import {
  refuseFixedNames,
  refuseSpellings,
  refuseStrangers,
  refuseUnknown,
  refuseWhatIsInside,
} from './refusals';

export interface IdentityStagehandOptions extends Omit<InboxRoom, 'from'> {
  /** Undefined: nobody and nothing is lent, and only what needs no user runs. */
  identity: Identity | undefined;
  /** Where the wires are served; no trailing slash. */
  baseUrl: string;
  /** Whether cases may change the people that were lent. */
  destructive: boolean;
}

/** A server that is asked too often has no fault by that: what needs more of it now is skipped. */
function skipLimited(error: unknown): never {
  if ((error instanceof AnswerError || error instanceof ForeignAnswerError) && error.status === 429)
    throw new CannotArrange(`the server answers 429, too many requests: ${error.message}`);
  throw error;
}

/** A stagehand for a target that is somebody else's: it uses the people and the inbox of an identity file. */
export function createIdentityStagehand(options: IdentityStagehandOptions): Stagehand {
  const { identity, baseUrl, destructive } = options;
  const readInbox = createInbox(identity?.inbox, { ...options, from: baseUrl });
  const people: Lent[] = (identity?.accounts ?? []).map((person) => ({
    person,
    sessions: new Map(),
    wasIn: false,
    unproven: new Set(),
  }));
  const publicUrl = identity?.publicUrl ?? baseUrl;
  const variables = Object.entries(identity?.variables ?? {}).map(([name, value]) => [`<${name}>`, value]);

  // A target may take its time to answer. Nobody was sent another code within this.
  const readCode: ReadCode = (to) =>
    readInbox('email' in to ? to.email : to.phone, new Date(Date.now() - sendPauseMs / 2));

  /** New contacts that an earlier case has used up: they are somebody's now, or were sent a code. */
  const taken = new Set<string>();

  /** Contacts of nobody yet, different for each case as far as the identity file allows. */
  function fresh(): Known {
    const n = String(randomInt(100_000_000)).padStart(8, '0');
    const { email, phone } = identity?.newContact ?? {};
    const contacts = [
      ['<new email>', email?.replaceAll('{n}', n)],
      ['<new phone>', phone?.replaceAll('{n}', n)],
    ].filter(([, contact]) => contact !== undefined && !taken.has(contact));
    return {
      ...(Object.fromEntries([...variables, ...contacts]) as Known),
      '<new username>': `new_${n}`,
    };
  }

  /** Remembers which new contacts are new no more. */
  function take({ exchange, destructive: changes, sends }: Case, known: Known): void {
    for (const name of ['<new email>', '<new phone>']) {
      const contact = known[name];
      if ((changes || sends) && contact !== undefined && speaksOf(exchange, name)) taken.add(contact);
    }
  }

  async function signIn(speaker: Speaker, dialect: string, lent: Lent): Promise<Entered> {
    const open = lent.sessions.get(dialect);
    if (open !== undefined) return open;
    const { username, password } = lent.person;
    try {
      const entered = await enter(speaker, username, password);
      lent.sessions.set(dialect, entered);
      lent.wasIn = true;
      return entered;
    } catch (error) {
      // Another try would be counted against them.
      lent.spent = `${username} cannot sign in: ${messageOf(error)}`;
      if (lent.wasIn) throw new CannotArrange(lent.spent);
      // Where nobody ever gets in, everything would be skipped, and a run with wrong passwords would look good.
      throw new Error(`${lent.spent}; is the identity file right?`, { cause: error });
    }
  }

  /** What the case is given on its way, through the wire itself. */
  async function handOut(
    { exchange }: Case,
    { speaker }: Entered,
    lent: Lent,
    newcomer: Known,
  ): Promise<Known> {
    const { code, proof, sudo } = exchange.arrange ?? {};
    const { email, phone, password } = lent.person;
    const known: Record<string, string> = {};
    const need = (value: string | undefined, what: string): string => {
      if (value === undefined) throw new CannotArrange(`it needs ${what} in the identity file`);
      return value;
    };
    if (code !== undefined) {
      const isNew = code.purpose === 'register';
      const target =
        code.to === 'email'
          ? { email: need(isNew ? newcomer['<new email>'] : email, 'an e-mail address') }
          : { phone: need(isNew ? newcomer['<new phone>'] : phone, 'a phone number') };
      Object.assign(known, await sendCode(speaker, readCode, code.purpose, target));
    }
    const newEmail = (): string => need(newcomer['<new email>'], 'newContact.email');
    if (speaksOf(exchange, '<mailed code>'))
      known['<mailed code>'] = await mailChangeCode(speaker, readCode, newEmail());
    if (proof !== undefined) Object.assign(known, await startProof(speaker, readCode, proof, newEmail()));
    if (speaksOf(exchange, '<proof token>')) {
      if (!speaker.speaks('redeemCode'))
        throw new CannotArrange('it needs a proof that comes in a link, which only the test door reads');
      const proven = await startProof(speaker, readCode, 'redeemed', need(email, 'an e-mail address'));
      known['<proof token>'] = proven['<verification token>'] ?? '';
    }
    if (sudo === true) Object.assign(known, await confirm(speaker, password));
    return known;
  }

  /** Somebody else, who is made known at this dialect. */
  async function meetOther(speaker: Speaker, { other, otherContacts = {} }: Arrangement): Promise<Known> {
    if (other === undefined) return {};
    if (identity?.other === undefined) throw new CannotArrange('it needs other in the identity file');
    const { username, password, id } = identity.other;
    const known: Record<string, string> = { [other]: username };
    for (const kind of ['email', 'phone'] as const) {
      const [literal, value] = [otherContacts[kind], identity.other[kind]];
      if (literal === undefined) continue;
      if (value === undefined) throw new CannotArrange(`it needs other.${kind} in the identity file`);
      known[literal] = value;
    }
    const { userId } = await enter(speaker, username, password);
    return { ...known, '<taken username>': username, '<other>': String(id ?? userId) };
  }

  /** Makes the person again what they were. Whoever cannot sign in any more is of no more use. */
  async function restore(
    speaker: Speaker,
    dialect: string,
    lent: Lent,
    { entered, before }: { entered: Entered; before: object | undefined },
  ): Promise<void> {
    lent.sessions.delete(dialect);
    if (before === undefined) return;
    // Whoever has another name now is known to nobody but to the session that is open, if it still is.
    const changedBack = (await changeBack(entered.speaker, before)) ?? [];
    let again: Entered;
    try {
      again = await signIn(speaker, dialect, lent);
    } catch (error) {
      if (!(error instanceof CannotArrange)) throw error;
      lent.spent = `${lent.person.username} was changed by an earlier case, and nobody else is left`;
      return;
    }
    const more = await changeBack(again.speaker, before);
    if (more === undefined)
      lent.spent = `${lent.person.username} was changed by an earlier case, and could not be changed back`;
    for (const kind of ['email', 'phone'] as const)
      if (changedBack.includes(kind) || more?.includes(kind) === true) lent.unproven.add(kind);
  }

  async function meetUser(speaker: Speaker, one: Case): Promise<Stage> {
    const { exchange, dialect } = one;
    const { own = {}, session } = exchange.arrange ?? {};
    const newcomer = fresh();
    if (identity === undefined)
      throw new CannotArrange('it needs a user: open the test door, or name people with --identity');
    const spoken = new Set([...placeholdersIn(exchange.request), ...placeholdersIn(exchange.response.body)]);
    const { code } = exchange.arrange ?? {};
    const toThem =
      one.sends || (code !== undefined && code.purpose !== 'register') || spoken.has('<proof token>');
    const lent = choose(people, { own, spoken, sends: toThem });
    const { person } = lent;
    const literals = standIns(own, person);
    refuseSpellings(exchange);
    if (toThem) lent.sentAt = Date.now();
    const entered = await signIn(speaker, dialect, lent);
    const { token, refreshToken, userId } = entered;
    const known: Known = {
      ...newcomer,
      ...literals,
      '<id>': String(person.id ?? userId),
      '<username>': person.username,
      '<password>': person.password,
      ...(person.nickname !== undefined && { '<nickname>': person.nickname }),
      ...(person.email !== undefined && { '<email>': person.email }),
      ...(person.phone !== undefined && { '<phone>': person.phone }),
      '<token>': token,
      '<own access token>': token,
      ...(refreshToken !== null && { '<own refresh token>': refreshToken }),
      ...(await meetOther(speaker, exchange.arrange ?? {})),
      ...(await handOut(one, entered, lent, newcomer)),
    };
    refuseUnknown(exchange, known);
    // Also of a change that is to be refused: it may not be.
    const mayChange = one.operations.some((name) => effects[name] === 'changes');
    const before = mayChange ? await profileOf(entered.speaker) : undefined;
    if (session === 'superseded') await enter(speaker, person.username, person.password);
    if (session === 'ended') await endSession(entered.speaker, person.username);
    const stays = session === undefined && one.operations.every((name) => effects[name] === 'reads');
    return {
      known,
      token,
      facts: { publicUrl, userId: person.id ?? userId },
      tidy: async () => {
        take(one, known);
        if (!stays) await restore(speaker, dialect, lent, { entered, before });
      },
    };
  }

  return {
    async arrange(subject: Subject, one: Case): Promise<Stage> {
      const { exchange } = one;
      if (one.destructive && !destructive)
        throw new CannotArrange('it changes users, which is done only with --destructive');
      const { declaration, contract } = subject;
      const speaker = createSpeaker({ declaration, contract, baseUrl });
      const newcomer = fresh();
      refuseWhatIsInside(exchange, newcomer);
      refuseStrangers(one);
      refuseFixedNames(one);
      if (needsUser(exchange, contract)) return await meetUser(speaker, one).catch(skipLimited);
      refuseUnknown(exchange, newcomer);
      return {
        known: newcomer,
        token: undefined,
        facts: { publicUrl, userId: undefined },
        tidy: () => {
          take(one, newcomer);
          return Promise.resolve();
        },
      };
    },
  };
}
