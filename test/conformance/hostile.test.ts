import { request } from 'node:http';
import fc from 'fast-check';
import { actionsOf, type Route } from '../../src/dialect';
import { startGateway, type TestGateway } from '../support/gateway';
import { enter, settle } from '../support/people';
import { declarationOf, declare, speakerOf, subjects, type Subject } from '../support/subjects';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['RUNS'] ?? 200);

jest.setTimeout(600 * numRuns);

/** What must be in no line of the log, however it was sent. */
const password = 'Sesame_open_1';

interface Attack {
  headers: Readonly<Record<string, string>>;
  query: string;
  body: Buffer;
  /** With the token of a user who is in, with none, or with what the headers say. */
  isIn: boolean;
}

interface Heard {
  status: number;
  body: unknown;
  text: string;
}

/** Node's own client, because `fetch` refuses to send much of what is sent here. `target` travels as it stands. */
function send(
  base: string,
  method: string,
  target: string,
  { headers, body }: Pick<Attack, 'headers' | 'body'>,
): Promise<Heard> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        hostname,
        port,
        method,
        path: target,
        headers: { ...headers, 'content-length': String(body.length) },
        agent: false,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('error', reject);
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const type = incoming.headers['content-type'] ?? '';
          const isJson = type.startsWith('application/json');
          resolve({
            status: incoming.statusCode ?? 0,
            text,
            body: text === '' ? undefined : isJson ? (JSON.parse(text) as unknown) : text,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The value of a body; undefined for one that is no JSON, as an exchange may show what becomes of it. */
function valueOf(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The wire's own member names make a random body reach further than any other would. */
function memberNames(subject: Subject): string[] {
  const seen = new Set<string>(['', '__proto__', 'constructor', 'toString', 'length']);
  for (const { request: sent } of subject.contract.exchanges) {
    const body = valueOf(sent.body);
    if (typeof body === 'object' && body !== null) for (const name of Object.keys(body)) seen.add(name);
  }
  return [...seen];
}

const bigNumbers = fc.constantFrom('1e400', '-0', '9'.repeat(400), '1E-400', '0.1e1', '9007199254740993');
const scalars = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    '\ud800',
    '\u0000',
    '',
    ' ',
    'null',
    '+86 13800138000',
    'a@b.co',
    '2147483648',
    '-1',
    password,
  ),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);

function bodies(names: readonly string[]): fc.Arbitrary<Buffer> {
  const values = fc.oneof(
    { weight: 5, arbitrary: scalars },
    { weight: 1, arbitrary: fc.array(scalars, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...names), scalars, { maxKeys: 3 }) },
  );
  const objects = fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 6 })), values), {
      maxLength: 8,
    })
    .map(
      (members) =>
        `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
    );
  const text = fc.oneof(
    { weight: 6, arbitrary: objects },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: objects.map((whole) => whole.slice(0, -2)) },
    { weight: 1, arbitrary: bigNumbers.map((number) => `{"${names.at(-1) ?? ''}":${number}}`) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((depth) => '['.repeat(depth)) },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', 'null', '[]', '""', '0', '\ufeff{}', '{}{}', '{},') },
  );
  return fc.oneof(
    { weight: 8, arbitrary: text.map((json) => Buffer.from(json, 'utf8')) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );
}

const headerValues = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019 ;,=/"%-_.*\u00e9\u00ff')), maxLength: 40 }),
  fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'application/json; charset="',
    'text/plain;charset=UTF-8',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'gzip',
    'Bearer a.b.c',
    'Bearer ' + 'a'.repeat(5000),
    'eyJhbGciOiJub25lIn0.e30.',
    'token=%ff; lang=%; invite=99999999999',
    'zh-CN,en;q=NaN,*;q=-1',
    '*',
    'null',
    'http://evil.example',
  ),
);
const headerNames = fc.constantFrom(
  'content-type',
  'content-encoding',
  'authorization',
  'token',
  'cookie',
  'accept',
  'accept-language',
  'lang',
  'origin',
  'sec-fetch-site',
  'if-match',
  'range',
  'x-device-id',
  'x-request-id',
  'x-forwarded-for',
  'x-forwarded-host',
  'user-agent',
);

const queries = fc.oneof(
  fc.constant(''),
  fc
    .array(
      fc.tuple(
        fc.constantFrom('userId', 'client_id', 'appname', 'language', 'site_id', 'a'),
        fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
      ),
      { maxLength: 3 },
    )
    .map((pairs) => `?${pairs.map((pair) => pair.join('=')).join('&')}`),
  fc.constantFrom(
    '?',
    '?&&=',
    '?userId=%',
    '?userId=%ff&userId=2',
    '?client_id=%00',
    '?__proto__=1',
    '?userId=1e3',
  ),
);

function attacks(subject: Subject): fc.Arbitrary<Attack> {
  return fc.record({
    headers: fc.dictionary(headerNames, headerValues, { maxKeys: 5, noNullPrototype: true }),
    query: queries,
    body: bodies(memberNames(subject)),
    isIn: fc.boolean(),
  });
}

const serves = (subject: Subject): Route[] => [...declare(subject).routes];

describe(`seed ${seed}`, () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  const secrets: string[] = [password];

  describe.each(subjects)('$name', (subject) => {
    let token = '';
    beforeAll(async () => {
      const person = await settle(gateway, { password });
      const entered = await enter(speakerOf(gateway, subject), person.username, password);
      token = entered.token;
      secrets.push(token, ...(entered.refreshToken === null ? [] : [entered.refreshToken]));
    });

    const own = (): Readonly<Record<string, string>> =>
      declarationOf(gateway, subject).accessToken.attach(token);

    async function attack(
      method: string,
      path: string,
      { headers, query, body, isIn }: Attack,
    ): Promise<void> {
      const types = { 'content-type': 'application/json', ...headers };
      const sent = { ...types, ...(isIn && own()) };
      const heard = await send(gateway.url, method.toUpperCase(), `${path}${query}`, {
        headers: sent,
        body,
      });
      expect([heard.status, heard.text]).toEqual([expect.any(Number), expect.any(String)]);
      expect([heard.status < 500 || heard.status === 501, heard.text]).toEqual([true, heard.text]);
      expect([subject.contract.judge(heard.status, heard.body), heard]).not.toEqual(['foreign', heard]);
    }

    const routes = serves(subject).map((route) => ({
      route,
      title: `${route.method} ${route.path}: ${actionsOf(route)
        .map(({ operation }) => operation)
        .join()}`,
    }));

    it.each(routes)('$title answers any request in its own shape', async ({ route }) => {
      await fc.assert(
        fc.asyncProperty(attacks(subject), (one) => attack(route.method, route.path, one)),
        { seed, numRuns },
      );
    });

    it('answers any path and method of its own in its own shape', async () => {
      const [mount = ''] = declare(subject).mounts;
      const paths = fc
        .string({ unit: fc.constantFrom(...Array.from('abc/.%20:;@~_-')), maxLength: 30 })
        .map((tail) => `${mount}/${tail.replaceAll('%', '%25')}`);
      const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE');
      await fc.assert(fc.asyncProperty(methods, paths, attacks(subject), attack), { seed, numRuns });
    });
  });

  it('no secret has reached the log', async () => {
    expect(gateway.logLines.length).toBeGreaterThan(100);
    const rows = await gateway.sql<{ password_hash: string }>('SELECT password_hash FROM credentials');
    secrets.push(...rows.map((row) => row.password_hash));
    const leaks = gateway.logLines.filter((line) => secrets.some((secret) => line.includes(secret)));
    expect(leaks).toEqual([]);
    const levels = gateway.logLines.map((line) => (JSON.parse(line) as { level: number }).level);
    expect(levels.filter((level) => level >= 50)).toEqual([]);
  });
});
