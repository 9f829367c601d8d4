import type { Exchange, RunFacts, Speaker } from '../../contract';
import { formatPhone, parsePhone, type CaptchaDemand } from '../../core';
import { speaksOf } from '../needs';
import type { Known } from '../stage';
import {
  confirm,
  drawCaptcha,
  editEmail,
  endSession,
  enter,
  enterAsClient,
  guess,
  mailChangeCode,
  passCaptcha,
  sendCode,
  startProof,
  type Entered,
  type ReadCode,
} from '../steps';
import type { Door, DoorUser } from './client';
import { circumstancesOf, newcomer, newcomerAsKnown, staged } from './people';

/** What puts things back, the last first. */
export type Undo = (() => Promise<void>)[];

export interface SceneOptions {
  door: Door;
  /** Nobody's client of the wire. */
  speaker: Speaker;
  dialect: string;
  exchange: Exchange;
  undo: Undo;
}

/** The user of a case, as it finds them. */
interface Met {
  known: Known;
  token: string;
  facts: RunFacts;
}

export interface Scene {
  /** Brings about the user of the case, and all that they were given on the way. */
  meetUser(): Promise<Met>;
  /** What the case is given without anybody. */
  impersonal(): Promise<Known>;
}

/** What pictures show once the run has put it there. */
const captchaText = 'ab12';

/** Brings about, over the door and through the wire, what one exchange says is so beforehand. */
export function createScene({ door, speaker, dialect, exchange, undo }: SceneOptions): Scene {
  const { publicUrl, phoneRegion } = door.facts;
  const arrange = exchange.arrange ?? {};
  const { own = {} } = arrange;

  const readCode: ReadCode = (to) =>
    door.lastCode('email' in to ? to.email : (parsePhone(to.phone, phoneRegion) ?? to.phone));

  async function stage(user: DoorUser): Promise<number> {
    undo.push(() => door.eraseUser(user.username ?? ''));
    const { id } = await door.stageUser(user);
    undo[undo.length - 1] = () => door.eraseUser(String(id));
    return id;
  }

  async function draw(): Promise<string> {
    const captchaId = await drawCaptcha(speaker);
    await door.setCaptchaText(captchaId, captchaText);
    return captchaId;
  }

  /** Where a setting brings pictures, signing in asks for the text of one. */
  async function captchaOfSignIn(): Promise<CaptchaDemand | undefined> {
    if (arrange.settings === undefined || !speaker.speaks('createCaptcha')) return undefined;
    return { when: 'always', answer: { captchaId: await draw(), text: captchaText } };
  }

  async function enterAs({ username = '', password = '' }: DoorUser): Promise<Entered> {
    return enter(speaker, username, password, await captchaOfSignIn());
  }

  /** Makes the user, and signs them in as a client of the wire does. */
  async function bringIn({ email, ...user }: DoorUser): Promise<Entered> {
    const isEdited = own.edited === 'email';
    const userId = await stage({ ...user, ...(email !== undefined && !isEdited && { email }) });
    const entered = await enterAs(user);
    if (isEdited) await editEmail(entered.speaker, email ?? '');
    const circumstances = circumstancesOf(dialect, arrange);
    if (Object.keys(circumstances).length > 0) await door.adjustUser(userId, circumstances);
    return { ...entered, userId };
  }

  async function bringOther(password: string): Promise<Known> {
    const { other, otherContacts: { email, phone, proven } = {} } = arrange;
    if (other === undefined) return {};
    const user = {
      username: other,
      password,
      ...(email !== undefined && { email }),
      ...(phone !== undefined && { phone }),
      ...(proven === 'email' && { emailVerified: true }),
    };
    const id = await stage(user);
    await enterAs(user);
    return {
      '<other>': String(id),
      '<taken username>': other,
      ...(speaksOf(exchange, '<other proof token>') && {
        '<other proof token>': (await door.prove(email ?? '', 'prove')).proofToken,
      }),
    };
  }

  /** The code of an arrangement: to the new contact to register, and otherwise to the user's own. */
  async function code({ email = '', phone = '' }: DoorUser): Promise<Known> {
    if (arrange.code === undefined) return {};
    const { purpose, to } = arrange.code;
    const contact = purpose === 'register' ? newcomer : { email, phone };
    const target =
      to === 'email' ? { email: contact.email } : { phone: formatPhone(contact.phone, phoneRegion) };
    return sendCode(speaker, readCode, purpose, target);
  }

  async function proofs(email: string): Promise<Known> {
    const { link } = arrange;
    const opened = link === undefined ? undefined : await door.prove(email, link);
    return {
      ...(speaksOf(exchange, '<proof token>') && {
        '<proof token>': (await door.prove(email, 'prove')).proofToken,
      }),
      ...(opened !== undefined && { '<link token>': opened.proofToken, '<link code>': opened.code }),
    };
  }

  /** What happened on the way of the case, to nobody of its users. */
  async function comeBetween(password: string): Promise<void> {
    const { taken, keys } = arrange;
    if (taken !== undefined) await stage({ username: 'somebody_since', password, [taken]: newcomer[taken] });
    if (keys === true) {
      const { id } = await door.createApiKey(dialect);
      undo.push(() => door.eraseApiKey(id));
    }
  }

  /** What happened to the user once everything else was brought about. */
  async function leaveBehind(entered: Entered, user: DoorUser): Promise<void> {
    const { username = '' } = user;
    await guess(entered.speaker, username, arrange.failures ?? 0);
    if (arrange.session === 'superseded') await enterAs(user);
    if (arrange.session === 'ended') await endSession(entered.speaker, username);
    const { role, status } = own;
    const changed = { ...(role !== undefined && { role }), ...(status !== undefined && { status }) };
    if (Object.keys(changed).length > 0) await door.adjustUser(entered.userId, changed);
  }

  return {
    async meetUser() {
      const user = staged(own);
      const { username = '', password = '', nickname = '', email, phone } = user;
      const entered = await bringIn(user);
      const { userId, token, refreshToken } = entered;
      const { proof, sudo } = arrange;
      const known: Known = {
        ...newcomerAsKnown(phoneRegion),
        '<id>': String(userId),
        '<username>': username,
        '<password>': password,
        '<nickname>': nickname,
        ...(email !== undefined && { '<email>': email }),
        ...(phone !== undefined && { '<phone>': formatPhone(phone, phoneRegion) }),
        '<token>': token,
        '<own access token>': token,
        ...(refreshToken !== null && { '<own refresh token>': refreshToken }),
        ...(await code(user)),
        ...(await bringOther(password)),
        ...(speaksOf(exchange, '<mailed code>') && {
          '<mailed code>': await mailChangeCode(entered.speaker, readCode, newcomer.email),
        }),
        ...(proof !== undefined && (await startProof(entered.speaker, readCode, proof, newcomer.email))),
        ...(sudo === true && (await confirm(entered.speaker, password))),
        ...(await proofs(email ?? '')),
      };
      await comeBetween(password);
      await leaveBehind(entered, user);
      return { known, token, facts: { publicUrl, userId } };
    },

    async impersonal() {
      const known: Record<string, string> = {};
      const { captcha, client } = arrange;
      if (captcha !== undefined) {
        const captchaId = await draw();
        Object.assign(known, { '<captcha>': captchaId, '<captcha text>': captchaText });
        if (captcha === 'passed') Object.assign(known, await passCaptcha(speaker, captchaId, captchaText));
      }
      if (client === true) {
        const credentials = await door.createClient();
        undo.push(() => door.eraseClient(credentials.clientId));
        Object.assign(known, await enterAsClient(speaker, credentials));
      }
      return known;
    },
  };
}
