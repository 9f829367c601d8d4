import { createHash } from 'node:crypto';
import sharp from 'sharp';
import {
  hearResponse,
  type Arrangement,
  type Exchange,
  type RunFacts,
  type Speaker,
} from '../../src/contract';
import { formatPhone, parsePhone } from '../../src/core';
import { startGateway, type TestGateway } from '../support/gateway';
import { enter } from '../support/people';
import { declarationOf, speakerOf, subjects, type Subject } from '../support/subjects';

/** What the run knows under the names of placeholders. */
type Known = Readonly<Record<string, string>>;

type CaptchaKnown = Record<'<captcha>' | '<captcha text>', string>;

interface Stage {
  known: Known;
  token: string | undefined;
  facts: RunFacts;
}

/** The user of an exchange that asks for nobody in particular. */
const anybody = {
  username: 'wang_wu_1',
  nickname: 'Wu',
  email: 'wang.wu@example.com',
  phone: '+8613700137000',
  password: 'Secret_123',
};

/** An empty gateway, in which the next user is the first. */
async function clear(gateway: TestGateway): Promise<void> {
  // The records of nobody go with those of the users, whose table theirs refers to, and come back.
  const seeds = await gateway.sql<{ dialect: string; kind: string; data: object }>(
    'SELECT dialect, kind, data FROM extension_records WHERE user_id IS NULL ORDER BY id',
  );
  await gateway.sql(
    'TRUNCATE users, verification_codes, verification_sends, tickets, attempt_counters, api_keys RESTART IDENTITY CASCADE',
  );
  for (const { dialect, kind, data } of seeds) {
    const text = 'INSERT INTO extension_records (dialect, kind, data) VALUES ($1, $2, $3)';
    await gateway.sql(text, [dialect, kind, JSON.stringify(data)]);
  }
}

const columns: Readonly<Record<string, string>> = {
  nickname: 'nickname',
  realName: 'real_name',
  bio: 'bio',
  avatar: 'avatar',
  email: 'email',
  phone: 'phone',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  lastSignInAt: 'last_sign_in_at',
};

/** Writes what nobody could have chosen through a call, such as times. */
async function rewrite(gateway: TestGateway, userId: number, own: Arrangement['own'] = {}): Promise<void> {
  const values: [string, unknown][] = Object.entries(own).flatMap(([field, value]) => {
    const column = columns[field];
    return column === undefined ? [] : [[column, value]];
  });
  if (own.email !== undefined) values.push(['email_key', own.email?.toLowerCase() ?? null]);
  if (own.edited === 'email') values.push(['email_origin', 'edit']);
  if (values.length === 0) return;
  const assignments = values.map(([column], index) => `${column} = $${index + 2}`).join(', ');
  await gateway.sql(`UPDATE users SET ${assignments} WHERE id = $1`, [
    userId,
    ...values.map(([, value]) => value),
  ]);
}

/** A proof of an address, as a mail or a code gives one. */
async function prove(gateway: TestGateway, email: string): Promise<string> {
  const { core, operator } = gateway;
  const asked = { purpose: 'prove', target: { email }, audience: 'held', language: 'en' } as const;
  const { verificationId } = await core.requestCode({ caller: null, ...asked }, operator);
  const code = await gateway.lastCode(email);
  return (await core.redeemCode({ verificationId, code }, operator)).proofToken;
}

/** A link as a mail brings one. What is in it is told by the mail alone. */
async function mailLink(
  gateway: TestGateway,
  email: string,
  use: NonNullable<Arrangement['link']>,
): Promise<Known> {
  const { core, operator } = gateway;
  const template = `${gateway.url}/?token={token}&code={code}`;
  await core.requestCode(
    {
      caller: null,
      purpose: use === 'recover' ? 'recover' : 'prove',
      target: { email },
      audience: 'held',
      language: 'en',
      link: { template, use },
    },
    operator,
  );
  const mail = (await gateway.outbox()).findLast(({ to }) => to === email);
  const link = new URL(/^http:\S+$/m.exec(mail?.text ?? '')?.[0] ?? '');
  const part = (name: string) => link.searchParams.get(name) ?? '';
  return { '<link token>': part('token'), '<link code>': part('code') };
}

/** Has the wire send a code, and returns it. */
async function sendCode(
  gateway: TestGateway,
  subject: Subject,
  { purpose, to }: NonNullable<Arrangement['code']>,
  contact: string,
): Promise<string> {
  const outcome = await speakerOf(gateway, subject).perform('requestCode', {
    purpose,
    target: to === 'email' ? { email: contact } : { phone: contact },
    audience: purpose === 'register' ? 'unregistered' : 'registered',
    language: 'en',
  });
  if (!outcome.ok) throw new Error(`no code was sent: ${JSON.stringify(outcome)}`);
  return gateway.lastCode(to === 'email' ? contact : (parsePhone(contact, 'CN') ?? contact));
}

/** The placeholders of a proof that is under way, or of one that was had for its code. */
async function startProof(
  gateway: TestGateway,
  speaker: Speaker,
  proof: NonNullable<Arrangement['proof']>,
  email: string,
): Promise<Known> {
  const asked = await speaker.perform('requestCode', {
    purpose: 'prove',
    target: { email },
    audience: 'anyone',
    language: 'en',
  });
  if (!asked.ok) throw new Error(`no code was sent: ${JSON.stringify(asked)}`);
  const { verificationId } = asked.heard as { verificationId: string };
  const code = await gateway.lastCode(email);
  const known = { '<verification id>': verificationId, '<sent code>': code };
  if (proof === 'requested') return known;
  const proven = await speaker.perform('redeemCode', { verificationId, code });
  if (!proven.ok) throw new Error(`the code was refused: ${JSON.stringify(proven)}`);
  return { ...known, '<verification token>': (proven.heard as { proofToken: string }).proofToken };
}

async function confirm(speaker: Speaker, password: string): Promise<Known> {
  const confirmed = await speaker.perform('confirmCaller', { credential: { password } });
  if (!confirmed.ok) throw new Error(`the caller was not confirmed: ${JSON.stringify(confirmed)}`);
  return { '<sudo token>': (confirmed.heard as { sudoToken: string }).sudoToken };
}

/** What is kept of a picture's text is a hash, so that the run puts a text of its own in the place. */
async function drawCaptcha(gateway: TestGateway, speaker: Speaker): Promise<CaptchaKnown> {
  const format = speaker.plan('createCaptcha', { format: 'gif' }).calls.length > 0 ? 'gif' : 'png';
  const drawn = await speaker.perform('createCaptcha', { format });
  if (!drawn.ok) throw new Error(`no picture was drawn: ${JSON.stringify(drawn)}`);
  const { captchaId } = drawn.heard as { captchaId: string };
  const text = 'ab12';
  const hash = (value: string) => createHash('sha256').update(value).digest();
  await gateway.sql('UPDATE tickets SET secret_hash = $1 WHERE token_hash = $2', [
    hash(`${captchaId}:${text}`),
    hash(captchaId),
  ]);
  return { '<captcha>': captchaId, '<captcha text>': text };
}

/** Guesses at a password as a client of the wire can: to be confirmed, for that asks for no captcha, else to sign in. */
async function guess(speaker: Speaker, identifier: string, times: number): Promise<void> {
  const password = 'Wrong_1234';
  for (let time = 0; time < times; time += 1) {
    const guessed = speaker.speaks('confirmCaller')
      ? await speaker.perform('confirmCaller', { credential: { password } })
      : await speaker.perform('signIn', { identifier, password });
    if (guessed.ok) throw new Error('the guess was right');
  }
}

/** Signs out as a client of the wire does. */
async function endSession(speaker: Speaker, identifier: string): Promise<void> {
  const command = speaker.plan('signOut', {}).calls.length > 0 ? {} : { identifier };
  const ended = await speaker.perform('signOut', command);
  if (!ended.ok) throw new Error(`the session went on: ${JSON.stringify(ended)}`);
}

async function createClient(gateway: TestGateway): Promise<Known> {
  const { clientId, secret } = await gateway.core.createClient({ name: 'a program' }, gateway.operator);
  return {
    '<client credentials>': `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
  };
}

/** Brings about what the exchange says is so beforehand. */
async function arrange(gateway: TestGateway, subject: Subject, exchange: Exchange): Promise<Stage> {
  await clear(gateway);
  const {
    own,
    extension,
    records = [],
    code,
    proof,
    sudo,
    captcha,
    link,
    client,
    settings,
    failures = 0,
    nobody,
    other,
    otherContacts,
  } = exchange.arrange ?? {};
  const anonymous = speakerOf(gateway, subject);
  const fresh = {
    '<new username>': 'new_person',
    '<new email>': 'new.person@example.com',
    '<new phone>': '13600136000',
  };
  if (nobody === true) {
    const known = { ...fresh, ...(captcha === true && (await drawCaptcha(gateway, anonymous))) };
    return { known, token: undefined, facts: { publicUrl: gateway.url, userId: undefined } };
  }
  const username = own?.username ?? anybody.username;
  const password = own?.password ?? anybody.password;
  const { email, phone, nickname } = anybody;
  const { user } = await gateway.core.registerUser(
    { username, password, email, phone, profile: { nickname }, signIn: false },
    gateway.operator,
  );
  // Where a setting asks for it, the text of a picture belongs to signing in.
  const drawn =
    settings !== undefined && anonymous.speaks('createCaptcha')
      ? await drawCaptcha(gateway, anonymous)
      : undefined;
  const answer = drawn && { captchaId: drawn['<captcha>'], text: drawn['<captcha text>'] };
  const { speaker, token, refreshToken } = await enter(
    anonymous,
    username,
    password,
    answer && { when: 'always', answer },
  );
  await rewrite(gateway, user.id, own);
  if (extension !== undefined) {
    await gateway.sql('INSERT INTO extensions (user_id, dialect, data) VALUES ($1, $2, $3)', [
      user.id,
      subject.name,
      JSON.stringify(extension),
    ]);
  }
  for (const { kind, data } of records) {
    await gateway.sql(
      'INSERT INTO extension_records (user_id, dialect, kind, data) VALUES ($1, $2, $3, $4)',
      [user.id, subject.name, kind, JSON.stringify(data)],
    );
  }
  const newContact = { email: fresh['<new email>'], phone: fresh['<new phone>'] };
  const contact = code?.purpose === 'recover' ? anybody : newContact;
  const sentCode = code === undefined ? undefined : await sendCode(gateway, subject, code, contact[code.to]);
  const somebodyElse =
    other === undefined
      ? undefined
      : await gateway.core.registerUser(
          { username: other, password, signIn: false, ...otherContacts },
          gateway.operator,
        );
  if (other !== undefined) await enter(speakerOf(gateway, subject), other, password);
  const asksForCode = JSON.stringify(exchange.request).includes('<mailed code>');
  if (asksForCode)
    await speaker.perform('requestEmailChange', { email: fresh['<new email>'], language: 'en' });
  const asksForProof = JSON.stringify(exchange.request).includes('<proof token>');
  const stage: Stage = {
    token,
    facts: { publicUrl: gateway.url, userId: user.id },
    known: {
      ...fresh,
      '<id>': String(user.id),
      '<username>': username,
      '<password>': password,
      '<realm>': nickname,
      '<email>': email,
      '<phone>': formatPhone(phone, 'CN'),
      '<token>': token,
      '<own access token>': token,
      ...(refreshToken !== null && { '<own refresh token>': refreshToken }),
      ...(somebodyElse !== undefined && {
        '<other>': String(somebodyElse.user.id),
        '<taken username>': other ?? '',
      }),
      ...(proof !== undefined && (await startProof(gateway, speaker, proof, fresh['<new email>']))),
      ...(sudo === true && (await confirm(speaker, password))),
      ...(captcha === true && (await drawCaptcha(gateway, speaker))),
      ...(client === true && (await createClient(gateway))),
      ...(link !== undefined && (await mailLink(gateway, email, link))),
      ...(asksForProof && { '<proof token>': await prove(gateway, email) }),
      ...(sentCode !== undefined && { '<sent code>': sentCode }),
      ...(asksForCode && { '<mailed code>': await gateway.lastCode(fresh['<new email>']) }),
    },
  };
  const { taken, keys } = exchange.arrange ?? {};
  if (taken !== undefined) {
    const since = { username: 'somebody_since', [taken]: newContact[taken] };
    await gateway.core.registerUser({ ...since, password, signIn: false }, gateway.operator);
  }
  if (keys === true)
    await gateway.core.createApiKey({ door: subject.name, name: 'an app' }, gateway.operator);
  await guess(speaker, username, failures);
  if (exchange.arrange?.session === 'superseded')
    await enter(speakerOf(gateway, subject), username, password);
  if (exchange.arrange?.session === 'ended') await endSession(speaker, username);
  if (own?.role !== undefined)
    await gateway.core.setUserRole({ userId: user.id, role: own.role }, gateway.operator);
  if (own?.status !== undefined)
    await gateway.core.setUserStatus({ userId: user.id, status: own.status }, gateway.operator);
  gateway.clock.advance(exchange.arrange?.elapsed ?? 0);
  return stage;
}

/** Every string that is a placeholder, replaced; one that nobody knows is a fault of the contract. */
function fill(value: unknown, known: Known): unknown {
  if (typeof value === 'string') {
    const spoken = known[value];
    if (spoken === undefined && /^<[a-z _]+>$/.test(value)) throw new Error(`nobody knows ${value}`);
    return spoken ?? value;
  }
  if (Array.isArray(value)) return value.map((inner) => fill(inner, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, known)]));
}

/** Header values with the placeholders inside them replaced. */
function fillHeaders(headers: Readonly<Record<string, string>>, known: Known): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(/<[a-z _]+>/g, (placeholder) => fill(placeholder, known) as string),
    ]),
  );
}

/** `expected` with the heard value in the place of each placeholder that may stand for it. */
function meet(expected: unknown, heard: unknown, subject: Subject, stage: Stage): unknown {
  if (typeof expected === 'string') {
    const kind = subject.contract.placeholders[expected];
    if (kind !== undefined) return kind(heard, stage.facts) ? heard : expected;
    return stage.known[expected] ?? expected;
  }
  if (typeof expected !== 'object' || expected === null) return expected;
  if (Array.isArray(expected)) {
    const items = Array.isArray(heard) ? (heard as unknown[]) : [];
    return expected.map((item, index) => meet(item, items[index], subject, stage));
  }
  const values = (typeof heard === 'object' && heard !== null ? heard : {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [name, meet(value, values[name], subject, stage)]),
  );
}

async function payload(body: unknown, known: Known): Promise<string | FormData | undefined> {
  if (body === undefined || typeof body === 'string') return body;
  if (typeof body === 'object' && body !== null && 'file' in body) {
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#123456' } })
      .webp()
      .toBuffer();
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/webp' }), 'picture.webp');
    return form;
  }
  return JSON.stringify(fill(body, known));
}

describe.each(subjects)('$name', (subject) => {
  const gateways = new Map<string, Promise<TestGateway>>();
  afterAll(async () => {
    for (const gateway of gateways.values()) await (await gateway).stop();
  });

  /** One gateway for all exchanges with the same settings. */
  function gatewayWith(settings: NonNullable<Arrangement['settings']> = {}): Promise<TestGateway> {
    const name = JSON.stringify(settings);
    const gateway = gateways.get(name) ?? startGateway({ environment: { ...settings } });
    gateways.set(name, gateway);
    return gateway;
  }

  it.each(subject.contract.exchanges.map((exchange) => [exchange.title, exchange] as const))(
    '%s',
    async (_, exchange) => {
      const gateway = await gatewayWith(exchange.arrange?.settings);
      const stage = await arrange(gateway, subject, exchange);
      // The next exchange is about now again.
      const { elapsed = 0 } = exchange.arrange ?? {};
      const { method, path, query, headers, body } = exchange.request;
      const search = new URLSearchParams(fill(query ?? {}, stage.known) as Record<string, string>).toString();
      const sent = await payload(body, stage.known);
      const target = path.replace(/<[a-z ]+>/g, (name) => stage.known[name] ?? name);
      const credential =
        exchange.credential === 'own' && stage.token !== undefined
          ? declarationOf(gateway, subject).accessToken.attach(stage.token)
          : {};
      const response = await hearResponse(
        await fetch(`${gateway.url}${target}${search === '' ? '' : `?${search}`}`, {
          method,
          headers: { ...fillHeaders(headers ?? {}, stage.known), ...credential },
          redirect: 'manual',
          ...(sent !== undefined && { body: sent }),
        }),
      ).finally(() => {
        gateway.clock.advance(-elapsed);
      });

      expect({ status: response.status, body: response.body }).toEqual({
        status: exchange.response.status,
        body: meet(exchange.response.body, response.body, subject, stage),
      });
      expect(subject.contract.judge(response.status, response.body)).not.toBe('foreign');
    },
  );
});
