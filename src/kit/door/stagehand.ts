import { createSpeaker, type Arrangement, type Exchange, type Speaker } from '../../contract';
import { formatPhone, parsePhone } from '../../core';
import { actionsOf } from '../../dialect';
import type { Case } from '../case';
import type { Received } from '../message';
import { needsUser, speaksOf, textsOf } from '../needs';
import { CannotArrange, type Known, type Stage, type Stagehand } from '../stage';
import {
  confirm,
  drawCaptcha,
  endSession,
  enter,
  mailChangeCode,
  sendCode,
  startProof,
  type Entered,
  type ReadCode,
} from '../steps';
import type { Subject } from '../subject';
import { DoorRefusal, type Door, type DoorCircumstances, type DoorUser } from './client';

export interface DoorStagehandOptions {
  door: Door;
  /** Where the wires are served; no trailing slash. */
  baseUrl: string;
}

type Own = NonNullable<Arrangement['own']>;

/** The user of an exchange that asks for nobody in particular. */
const anybody = {
  username: 'wang_wu_1',
  nickname: 'Wu',
  email: 'wang.wu@example.com',
  phone: '+8613700137000',
  password: 'Secret_123',
};

/** Somebody who is not a user yet. */
const newcomer = { username: 'new_person', email: 'new.person@example.com', phone: '+8613600136000' };

/** The operations that make users of people who are none. */
const making: ReadonlySet<string> = new Set(['registerUser', 'signInAnonymously', 'signInByProof']);

/** What pictures show once the run has put it there. */
const captchaText = 'ab12';

/** Texts that a person may be known by. Short numbers are ids, and ids are somebody else's. */
function mayNameSomebody(text: string): boolean {
  return text !== '' && text.length <= 254 && !/^\d{1,6}$/.test(text);
}

/** The user of a case as the door makes one; a contact that the case denies is left out. */
function staged(own: Own): DoorUser {
  const { username, nickname, email, phone, password } = anybody;
  const chosen = { username, nickname, email, phone, password, ...own };
  const names = ['username', 'password', 'email', 'phone', 'nickname', 'realName', 'bio', 'avatar'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = chosen[name];
      return value === null || value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

/** What signing in would overwrite, and what only the dialect keeps. */
function circumstancesOf(dialect: string, arrange: Arrangement): DoorCircumstances {
  const { own = {}, extension, records } = arrange;
  const times = (['createdAt', 'updatedAt', 'lastSignInAt'] as const).flatMap((name) => {
    const time = own[name];
    return time === null || time === undefined ? [] : [[name, time.toISOString()]];
  });
  return {
    ...(Object.fromEntries(times) as DoorCircumstances),
    ...(extension !== undefined && { extensions: { [dialect]: extension } }),
    ...(records !== undefined && { records: records.map((record) => ({ dialect, ...record })) }),
  };
}

/** The id of a user that a call made, where its answer tells it. */
function madeBy({ route }: Case, received: Received | undefined): string[] {
  if (route === undefined || received === undefined) return [];
  return actionsOf(route).flatMap((action) => {
    if (!making.has(action.operation) || action.hear === undefined) return [];
    try {
      const { user } = action.hear(received) as { user?: { id?: unknown } };
      return Number.isSafeInteger(user?.id) ? [String(user?.id)] : [];
    } catch {
      // The answer is none that tells of a user, such as a refusal.
      return [];
    }
  });
}

/** A stagehand for a gateway whose test door is open: it makes the users of each case, and removes them again. */
export function createDoorStagehand({ door, baseUrl }: DoorStagehandOptions): Stagehand {
  const { publicUrl, phoneRegion } = door.facts;
  /** Whom a run before this one may have left. */
  const cleared = new Set<string>();

  const readCode: ReadCode = (to) =>
    door.lastCode('email' in to ? to.email : (parsePhone(to.phone, phoneRegion) ?? to.phone));

  /** Makes sure that nobody is known by these texts. */
  async function erase(identifiers: readonly string[]): Promise<void> {
    for (const identifier of identifiers) {
      try {
        await door.eraseUser(identifier);
      } catch (error) {
        if (!(error instanceof DoorRefusal) || error.status !== 409) throw error;
        throw new CannotArrange(`a user of the target’s own is known as ${identifier}`);
      }
    }
  }

  async function eraseOnce(identifiers: readonly string[]): Promise<void> {
    const unseen = identifiers.filter((identifier) => !cleared.has(identifier));
    await erase(unseen);
    for (const identifier of unseen) cleared.add(identifier);
  }

  /** Makes the user, and signs them in as a client of the wire does. */
  async function bringIn(speaker: Speaker, dialect: string, arrange: Arrangement): Promise<Entered> {
    const user = staged(arrange.own ?? {});
    const { id } = await door.stageUser(user);
    const entered = await enter(speaker, user.username ?? '', user.password ?? '');
    const circumstances = circumstancesOf(dialect, arrange);
    if (Object.keys(circumstances).length > 0) await door.adjustUser(id, circumstances);
    return { ...entered, userId: id };
  }

  function freshOnes(): Known {
    return {
      '<new username>': newcomer.username,
      '<new email>': newcomer.email,
      '<new phone>': formatPhone(newcomer.phone, phoneRegion),
    };
  }

  /** What is known of the user, and of what they were given on the way. */
  async function meetUser(
    speaker: Speaker,
    { dialect, exchange }: Case,
    undo: (() => Promise<void>)[],
  ): Promise<Stage> {
    const arrange = exchange.arrange ?? {};
    const { own = {}, code, proof, sudo, other } = arrange;
    const user = staged(own);
    const { username = '', password = '', nickname = '', email, phone } = user;
    undo.push(() => door.eraseUser(username));
    const entered = await bringIn(speaker, dialect, arrange);
    const { userId, token, refreshToken } = entered;
    undo[undo.length - 1] = () => door.eraseUser(String(userId));

    const contact = code?.purpose === 'recover' ? { email, phone } : { email: newcomer.email, phone: newcomer.phone };
    const { email: codeEmail = '', phone: codePhone = '' } = contact;
    const target =
      code?.to === 'email' ? { email: codeEmail } : { phone: formatPhone(codePhone, phoneRegion) };
    const sentCode =
      code === undefined ? undefined : await sendCode(speaker, readCode, code.purpose, target);

    let otherId: number | undefined;
    if (other !== undefined) {
      undo.push(() => door.eraseUser(other));
      otherId = (await door.stageUser({ username: other, password })).id;
      undo[undo.length - 1] = () => door.eraseUser(String(otherId));
      await enter(speaker, other, password);
    }
    const known: Known = {
      ...freshOnes(),
      '<id>': String(userId),
      '<username>': username,
      '<password>': password,
      '<realm>': nickname,
      ...(email !== undefined && { '<email>': email }),
      ...(phone !== undefined && { '<phone>': formatPhone(phone, phoneRegion) }),
      '<token>': token,
      '<own access token>': token,
      ...(refreshToken !== null && { '<own refresh token>': refreshToken }),
      ...(otherId !== undefined && { '<other>': String(otherId), '<taken username>': other ?? '' }),
      ...(sentCode !== undefined && { '<sent code>': sentCode }),
      ...(speaksOf(exchange, '<mailed code>') && {
        '<mailed code>': await mailChangeCode(entered.speaker, readCode, newcomer.email),
      }),
      ...(proof !== undefined && (await startProof(entered.speaker, readCode, proof, newcomer.email))),
      ...(sudo === true && (await confirm(entered.speaker, password))),
      ...(speaksOf(exchange, '<proof token>') && {
        '<proof token>': (await door.prove(email ?? '')).proofToken,
      }),
    };
    await leaveBehind(speaker, entered, user, arrange);
    return { known, token, facts: { publicUrl, userId }, tidy: () => Promise.resolve() };
  }

  /** What happened to the user once everything else was brought about. */
  async function leaveBehind(
    speaker: Speaker,
    entered: Entered,
    { username = '', password = '' }: DoorUser,
    { session, own: { role, status } = {} }: Arrangement,
  ): Promise<void> {
    if (session === 'superseded') await enter(speaker, username, password);
    if (session === 'ended') await endSession(entered.speaker, username);
    const changed = { ...(role !== undefined && { role }), ...(status !== undefined && { status }) };
    if (Object.keys(changed).length > 0) await door.adjustUser(entered.userId, changed);
  }

  /** What is known without anybody. */
  async function impersonal(
    speaker: Speaker,
    { captcha, client }: Arrangement,
    undo: (() => Promise<void>)[],
  ): Promise<Known> {
    const known: Record<string, string> = {};
    if (captcha === true) {
      const captchaId = await drawCaptcha(speaker);
      await door.setCaptchaText(captchaId, captchaText);
      Object.assign(known, { '<captcha>': captchaId, '<captcha text>': captchaText });
    }
    if (client === true) {
      const { clientId, secret } = await door.createClient();
      undo.push(() => door.eraseClient(clientId));
      const credentials = Buffer.from(`${clientId}:${secret}`).toString('base64');
      known['<client credentials>'] = `Basic ${credentials}`;
    }
    return known;
  }

  /** Whom the request may make, by the texts that may become their identifiers. */
  function namesIn({ request }: Exchange, known: Known): string[] {
    const texts = textsOf([request.query, request.body]).map((text) => known[text] ?? text);
    return [...new Set(texts)].filter(mayNameSomebody);
  }

  async function forget(certain: readonly string[], perhaps: readonly string[]): Promise<void> {
    try {
      await door.forget([...new Set([...certain, ...perhaps])]);
    } catch (error) {
      if (!(error instanceof DoorRefusal) || error.status !== 409) throw error;
      // One of the texts that only might name somebody names a user of the target's own.
      await door.forget([...certain]);
    }
  }

  return {
    async arrange(subject: Subject, one: Case): Promise<Stage> {
      const { exchange } = one;
      const arrange = exchange.arrange ?? {};
      const { declaration, contract } = subject;
      const speaker = createSpeaker({ declaration, contract, baseUrl });
      const undo: (() => Promise<void>)[] = [];
      const makes = one.operations.some((operation) => making.has(operation));
      const names = makes ? namesIn(exchange, freshOnes()) : [];
      const { username = '', email, phone } = staged(arrange.own ?? {});
      const certain = [username, email, phone, newcomer.email, newcomer.phone].filter(
        (text): text is string => text !== undefined,
      );

      async function undoAll(): Promise<void> {
        for (const step of undo.toReversed()) await step();
      }

      try {
        await eraseOnce([newcomer.username, newcomer.email, newcomer.phone, ...names]);
        await forget(certain, namesIn(exchange, freshOnes()));
        const met = needsUser(exchange, contract)
          ? await meetUser(speaker, one, undo)
          : { known: freshOnes(), token: undefined, facts: { publicUrl, userId: undefined } };
        const known = { ...met.known, ...(await impersonal(speaker, arrange, undo)) };
        if (arrange.elapsed !== undefined) {
          undo.push(() => door.resetClock());
          await door.advanceClock(arrange.elapsed);
        }
        return {
          ...met,
          known,
          tidy: async (received) => {
            await undoAll();
            if (makes) await erase([...names, ...madeBy(one, received)]);
          },
        };
      } catch (error) {
        await undoAll();
        throw error;
      }
    },
  };
}
