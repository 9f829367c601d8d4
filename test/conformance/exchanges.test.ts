import sharp from 'sharp';
import { hearResponse, type Arrangement, type Exchange, type RunFacts } from '../../src/contract';
import { formatPhone } from '../../src/core';
import { startGateway, type TestGateway } from '../support/gateway';
import { enter } from '../support/people';
import { declarationOf, speakerOf, subjects, type Subject } from '../support/subjects';

/** What the run knows under the names of placeholders. */
type Known = Readonly<Record<string, string>>;

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
  await gateway.sql('TRUNCATE users, verification_codes, verification_sends RESTART IDENTITY CASCADE');
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
  if (values.length === 0) return;
  const assignments = values.map(([column], index) => `${column} = $${index + 2}`).join(', ');
  await gateway.sql(`UPDATE users SET ${assignments} WHERE id = $1`, [
    userId,
    ...values.map(([, value]) => value),
  ]);
}

/** Brings about what the exchange says is so beforehand. */
async function arrange(gateway: TestGateway, subject: Subject, exchange: Exchange): Promise<Stage> {
  await clear(gateway);
  const { own, extension, nobody, other } = exchange.arrange ?? {};
  const fresh = {
    '<new username>': 'new_person',
    '<new email>': 'new.person@example.com',
    '<new phone>': '13600136000',
  };
  if (nobody === true) {
    return { known: fresh, token: undefined, facts: { publicUrl: gateway.url, userId: undefined } };
  }
  const username = own?.username ?? anybody.username;
  const password = own?.password ?? anybody.password;
  const { email, phone, nickname } = anybody;
  const { user } = await gateway.core.registerUser(
    { username, password, email, phone, profile: { nickname }, signIn: false },
    gateway.operator,
  );
  const { speaker, token, refreshToken } = await enter(speakerOf(gateway, subject), username, password);
  await rewrite(gateway, user.id, own);
  if (extension !== undefined) {
    await gateway.sql('INSERT INTO extensions (user_id, dialect, data) VALUES ($1, $2, $3)', [
      user.id,
      subject.name,
      JSON.stringify(extension),
    ]);
  }
  const somebodyElse =
    other === undefined
      ? undefined
      : await gateway.core.registerUser({ username: other, signIn: false }, gateway.operator);
  const asksForCode = JSON.stringify(exchange.request).includes('<mailed code>');
  if (asksForCode)
    await speaker.perform('requestEmailChange', { email: fresh['<new email>'], language: 'en' });
  return {
    token,
    facts: { publicUrl: gateway.url, userId: user.id },
    known: {
      ...fresh,
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
      ...(asksForCode && { '<mailed code>': await gateway.lastCode(fresh['<new email>']) }),
    },
  };
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
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it.each(subject.contract.exchanges.map((exchange) => [exchange.title, exchange] as const))(
    '%s',
    async (_, exchange) => {
      const stage = await arrange(gateway, subject, exchange);
      const { method, path, query, headers, body } = exchange.request;
      const search = new URLSearchParams(fill(query ?? {}, stage.known) as Record<string, string>).toString();
      const sent = await payload(body, stage.known);
      const credential =
        exchange.credential === 'own' && stage.token !== undefined
          ? declarationOf(gateway, subject).accessToken.attach(stage.token)
          : {};
      const response = await hearResponse(
        await fetch(`${gateway.url}${path}${search === '' ? '' : `?${search}`}`, {
          method,
          headers: { ...headers, ...credential },
          ...(sent !== undefined && { body: sent }),
        }),
      );

      expect({ status: response.status, body: response.body }).toEqual({
        status: exchange.response.status,
        body: meet(exchange.response.body, response.body, subject, stage),
      });
      expect(subject.contract.judge(response.status, response.body)).not.toBe('foreign');
    },
  );
});
