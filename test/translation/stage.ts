import { createSpeaker, type PlannedCall, type Speaker } from '../../src/contract';
import type { OperationName } from '../../src/core';
import type { Said } from '../../src/dialect';
import type { Blanks } from '../../src/translation/blanks';
import type { PlannedWay } from '../../src/translation/ways';
import sharp from 'sharp';
import type { TestGateway } from '../support/gateway';
import { settle, stranger, type Person } from '../support/people';
import { declarationOf, type Subject } from '../support/subjects';
import type { Handed, Story } from './stories';

/** Somebody at one dialect's door. */
export interface Actor {
  subject: Subject;
  person: Person;
  /** What the person becomes by the story. */
  fresh: Person;
  speaker: Speaker;
  handed: Record<string, string>;
}

async function cast(
  gateway: TestGateway,
  subject: Subject,
  kind: Story['person'],
): Promise<{ person: Person; token?: string }> {
  if (kind === 'stranger') return { person: stranger() };
  if (kind === 'known') return { person: await settle(gateway) };
  const person = stranger();
  const { nickname, ...identity } = person;
  const { grant } = await gateway.core.registerUser(
    { ...identity, profile: { nickname }, signIn: true },
    { ...gateway.operator, door: subject.name },
  );
  return { person, token: grant?.accessToken ?? '' };
}

/** A fresh person as the story needs one, with a client of the dialect. */
export async function enterStage(gateway: TestGateway, subject: Subject, story: Story): Promise<Actor> {
  const { person, token } = await cast(gateway, subject, story.person);
  // Looked for, not become, in stories that look somebody up.
  const fresh =
    story.operation === 'queryUsers' ? (await cast(gateway, subject, 'signedIn')).person : stranger();
  return {
    subject,
    person,
    fresh,
    handed: {},
    speaker: createSpeaker({
      declaration: declarationOf(gateway, subject),
      contract: subject.contract,
      baseUrl: gateway.url,
      credential: token,
    }),
  };
}

async function ask(actor: Actor, operation: OperationName, command: object): Promise<Record<string, string>> {
  const outcome = await actor.speaker.perform(operation, command);
  if (!outcome.ok) throw new Error(`${operation} was refused: ${JSON.stringify(outcome)}`);
  return outcome.heard as Record<string, string>;
}

/** A proof for wires that give none for a code: of a link to verify an address, or of a code that the core has sent. */
async function mailedProof(gateway: TestGateway, email: string, { operation }: Story): Promise<string> {
  const { core, operator } = gateway;
  const asked = { purpose: 'prove', target: { email }, audience: 'held', language: 'en' } as const;
  if (operation !== 'verifyEmailByLink') {
    const { verificationId } = await core.requestCode({ caller: null, ...asked }, operator);
    return (await core.redeemCode({ verificationId, code: await gateway.lastCode(email) }, operator))
      .proofToken;
  }
  const link = { template: `${gateway.url}/?token={token}`, use: 'verify_email' } as const;
  await core.requestCode({ caller: null, ...asked, link }, operator);
  const mail = (await gateway.outbox()).findLast(({ to }) => to === email);
  const token = /\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`no link was sent to ${email}`);
  return token;
}

const captchaText = 'ab12';

/** Somebody reads the picture of a captcha. */
async function readCaptcha(
  { core, operator }: TestGateway,
  { handed }: Actor,
  { captchaId = '' }: { captchaId?: string },
): Promise<void> {
  await core.setCaptchaText({ captchaId, text: captchaText }, operator);
  handed['<captcha>'] = captchaId;
  handed['<captcha text>'] = captchaText;
}

/** What the calls before the story's have given, each asked for as a client of the actor's dialect asks. */
export async function handOn(
  gateway: TestGateway,
  actor: Actor,
  story: Story,
  wanted: readonly string[],
): Promise<void> {
  const { person, fresh, speaker, handed } = actor;
  const { earlier } = story;
  if (wanted.includes('<sudo token>'))
    handed['<sudo token>'] =
      (await ask(actor, 'confirmCaller', { credential: { password: person.password } }))['sudoToken'] ?? '';
  if (wanted.includes('<captcha>')) {
    const format = (['png', 'gif'] as const).find(
      (one) => speaker.plan('createCaptcha', { format: one }).calls.length > 0,
    );
    await readCaptcha(gateway, actor, await ask(actor, 'createCaptcha', { format }));
  }
  if (!['<code>', '<verification id>', '<proof token>'].some((name) => wanted.includes(name))) return;
  const isChange = earlier === 'change' || earlier === 'sudoAndChange';
  const email = isChange ? fresh.email : person.email;
  const audience = earlier === 'recover' ? 'registered' : 'unregistered';
  const asking = { target: { email }, audience, language: 'en' };
  if (!wanted.includes('<verification id>') && !wanted.includes('<proof token>')) {
    if (isChange) await ask(actor, 'requestEmailChange', { email, language: 'en' });
    else await ask(actor, 'requestCode', { ...asking, purpose: earlier });
    handed['<code>'] = await gateway.lastCode(email);
    return;
  }
  if (!speaker.speaks('redeemCode')) {
    handed['<proof token>'] = await mailedProof(gateway, email, story);
    return;
  }
  const { verificationId = '' } = await ask(actor, 'requestCode', { ...asking, purpose: 'prove' });
  handed['<verification id>'] = verificationId;
  handed['<code>'] = await gateway.lastCode(email);
  if (!wanted.includes('<proof token>')) return;
  const { proofToken = '' } = await ask(actor, 'redeemCode', { verificationId, code: handed['<code>'] });
  handed['<proof token>'] = proofToken;
}

/** A picture that the gateway takes. */
async function picture(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: '#123456' } })
    .png()
    .toBuffer();
}

function replaceTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, replace));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, replaceTexts(inner, replace)]),
  );
}

/** Sends a call as it is, but for a picture; it must succeed. */
export async function send(actor: Actor, call: PlannedCall): Promise<unknown> {
  const said = call.said.file === undefined ? call.said : { ...call.said, file: await picture() };
  const response = await actor.speaker.send({ ...call, said });
  const verdict = actor.subject.contract.judge(response.status, response.body);
  if (verdict !== 'success')
    throw new Error(
      `${actor.subject.name} ${call.route.method} ${call.route.path} ${JSON.stringify(said)} was answered ${response.status} ${JSON.stringify(response.body)}`,
    );
  return call.hear?.(response) ?? {};
}

/** What somebody fills in who has no earlier answer for it. */
function invented({ person, fresh }: Actor): Handed {
  return {
    '<user name>': person.username,
    '<password>': person.password,
    '<old password>': person.password,
    '<nickname>': 'Invented',
    '<API key>': '0123456789abcdef0123456789abcdef',
    '<URL of the picture>': 'https://example.com/hosted.png',
    '<email>': fresh.email,
  };
}

/** Sends translated calls in turn, each with what the answers before it gave. */
export async function sendTranslated(
  gateway: TestGateway,
  actor: Actor,
  calls: PlannedWay['calls'],
  blanks: Blanks,
): Promise<void> {
  const { person, fresh, handed } = actor;
  for (const { call, operation } of calls) {
    const texts = [JSON.stringify(call.said)];
    const fill = new Map<string, string>();
    for (const { text, sample, kind } of blanks.usedIn(texts)) {
      const value = kind === 'secret' ? sample : (handed[text] ?? invented(actor)[text]);
      if (value === undefined) throw new Error(`nobody knows ${text}`);
      fill.set(sample, value);
    }
    const said = replaceTexts(call.said, (text) =>
      [...fill].reduce((filled, [sample, value]) => filled.replaceAll(sample, value), text),
    ) as Said;
    const heard = (await send(actor, { ...call, said })) as {
      verificationId?: string;
      proofToken?: string;
      sudoToken?: string;
      captchaId?: string;
      captchaPass?: string;
      grant?: { accessToken: string };
    };
    if (heard.verificationId !== undefined) handed['<verification id>'] = heard.verificationId;
    if (heard.proofToken !== undefined) handed['<proof token>'] = heard.proofToken;
    if (heard.sudoToken !== undefined) handed['<sudo token>'] = heard.sudoToken;
    if (heard.captchaPass !== undefined) handed['<captcha pass>'] = heard.captchaPass;
    if (heard.captchaId !== undefined) await readCaptcha(gateway, actor, heard);
    if (heard.grant !== undefined) actor.speaker = actor.speaker.as(heard.grant.accessToken);
    if (operation === 'requestCode' || operation === 'requestEmailChange') {
      // Wires write numbers with spaces, or without the code of the country.
      const spoken = JSON.stringify(said).replaceAll(' ', '');
      const to = [person.email, fresh.email, person.phone, fresh.phone].find((contact) =>
        spoken.includes(contact.replace(/^\+86/, '')),
      );
      if (to !== undefined) handed['<code>'] = await gateway.lastCode(to);
    }
  }
}

/** Everything of the core about the actor, told without what is the actor's alone. */
export async function stateOf(
  gateway: TestGateway,
  { person, fresh }: Actor,
): Promise<Record<string, unknown>> {
  const rows = await gateway.sql<Record<string, unknown> & { id: number }>(
    `SELECT id, username, nickname, real_name AS "realName", first_name AS "firstName", last_name AS "lastName", bio, gender,
            locale, email, phone, avatar, status, role, kind, deleted_at IS NOT NULL AS deleted,
            email_verified_at IS NOT NULL AS "emailProven", phone_verified_at IS NOT NULL AS "phoneProven"
     FROM users WHERE email_key = ANY($1) OR phone = ANY($2) OR username = ANY($3) ORDER BY id`,
    [[person.email, fresh.email], [person.phone], [person.username]],
  );
  const [row] = rows;
  const { id, ...user } = row ?? { id: 0 };
  const count = async (text: string) => (await gateway.sql<{ n: number }>(text, [id]))[0]?.n ?? 0;
  const sessions = await count(
    'SELECT count(*)::int AS n FROM sessions WHERE user_id = $1 AND ended_at IS NULL',
  );
  const actions = await gateway.sql<{ action: string }>(
    "SELECT action FROM history WHERE user_id = $1 AND actor <> 'operator' ORDER BY id",
    [id],
  );
  const passwords: string[] = [];
  for (const password of [person.password, 'Changed_1']) {
    const name =
      (user as { username?: string }).username ?? (user as { email?: string }).email ?? person.username;
    const signedIn = await gateway.core
      .signIn({ identifier: name, password }, gateway.operator)
      .then(() => true)
      .catch(() => false);
    if (signedIn) passwords.push(password);
  }
  const own: readonly [string, string][] = [
    [person.username, '<username>'],
    [person.email, '<email>'],
    [person.phone, '<phone>'],
    [fresh.username, '<new username>'],
    [fresh.email, '<new email>'],
    [fresh.phone, '<new phone>'],
    [String(id), '<id>'],
  ];
  const told = {
    ...user,
    exists: rows.length,
    sessions,
    password: passwords,
    history: actions.map(({ action }) => action),
  };
  return replaceTexts(told, (text) =>
    own.reduce((shown, [value, name]) => (shown === value ? name : shown), text),
  ) as Record<string, unknown>;
}
