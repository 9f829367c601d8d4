import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import {
  compare,
  differencesOf,
  fill,
  readIdentity,
  readIdentityPair,
  readTarget,
  redactWith,
  selects,
  UnknownPlaceholder,
  type Case,
  type Received,
} from '../../src/kit';
import { curlLine, quoteForShell, type Contract } from '../../src/contract';
import { declare, subjects } from '../support/subjects';

const contract: Contract = {
  exchanges: [],
  placeholders: {
    '<id>': (value, { userId }) => value === userId,
    '<key>': (value) => typeof value === 'string',
  },
  judge: (status) => (status === 200 ? 'success' : status === 400 ? 'failure' : 'foreign'),
  problems: {},
  unsupported: {},
};
const stage = { known: { '<name>': 'ada' }, facts: { publicUrl: 'http://127.0.0.1', userId: 7 } };

function answer(body: unknown, more: Partial<Received> = {}): Received {
  const text = JSON.stringify(body);
  return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], text, body, ...more };
}

function differences(promised: unknown, received: Received) {
  return compare({ contract }, { status: 200, body: promised }, received, stage).differences;
}

describe('comparing an answer', () => {
  it('takes values for placeholders of their kind, and the known one for a name', () => {
    const promised = { id: '<id>', key: '<key>', name: '<name>' };
    const { differences: none, met } = compare(
      { contract },
      { status: 200, body: promised },
      answer({ id: 7, key: 'k', name: 'ada' }),
      stage,
    );
    expect(none).toEqual([]);
    expect(met).toEqual({ '<key>': 'k' });
  });

  it.each([
    ['a status', answer({ a: 1 }, { status: 201 }), 'status', 'value'],
    ['a missing member', answer({}), 'body.a', 'missing'],
    ['a further member', answer({ a: 1, b: null }), 'body.b', 'unexpected'],
    ['another type', answer({ a: '1' }), 'body.a', 'type'],
    ['null for a value', answer({ a: null }), 'body.a', 'type'],
    ['another value', answer({ a: 2 }), 'body.a', 'value'],
    [
      'another content type',
      answer({ a: 1 }, { headers: { 'content-type': 'text/plain' } }),
      'headers.content-type',
      'value',
    ],
    ['no content type', answer({ a: 1 }, { headers: {} }), 'headers.content-type', 'missing'],
    ['a list for an object', answer([1]), 'body', 'type'],
    ['no body', answer(undefined, { text: '' }), 'body', 'missing'],
  ])('tells %s by its place', (_, received, at, kind) => {
    expect(differences({ a: 1 }, received)).toEqual([expect.objectContaining({ at, kind })]);
  });

  it('looks at the headers that the contract names, and at no others', () => {
    const promised = { status: 200, headers: { location: '/there' }, body: undefined };
    const received = answer(undefined, { text: '', headers: { location: '/elsewhere', server: 'x' } });
    expect(compare({ contract }, promised, received, stage).differences).toEqual([
      { at: 'headers.location', kind: 'value', expected: '/there', received: '/elsewhere' },
    ]);
  });

  it('tells a placeholder of another value than its kind', () => {
    expect(differences({ id: '<id>' }, answer({ id: 8 }))).toEqual([
      { at: 'body.id', kind: 'value', expected: '<id>', received: 8 },
    ]);
  });

  it('tells an answer that no server of the wire gives, be it the promised one', () => {
    const odd = compare({ contract }, { status: 500, body: {} }, answer({}, { status: 500 }), stage);
    expect(odd.differences).toEqual([{ at: 'body', kind: 'foreign', received: {} }]);
  });

  it('finds no difference between equal values, and some between others', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const text = (value: unknown): string =>
          JSON.stringify(value, (_, inner: unknown) =>
            typeof inner === 'object' && inner !== null && !Array.isArray(inner)
              ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
              : inner,
          );
        expect(differencesOf(one, structuredClone(one), 'body')).toEqual([]);
        const equal = text(one) === text(other);
        expect(
          differencesOf(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)), 'body').length ===
            0,
        ).toBe(equal);
      }),
    );
  });
});

describe('filling a request', () => {
  it('replaces what is known at any depth, and what only looks like a placeholder stays', () => {
    expect(fill({ a: ['<name>', '<b>x'], '<name>': 1 }, stage.known)).toEqual({
      a: ['ada', '<b>x'],
      '<name>': 1,
    });
  });

  it('refuses a placeholder that nobody knows', () => {
    expect(() => fill({ a: '<nobody>' }, stage.known)).toThrow(UnknownPlaceholder);
  });
});

describe('a line for a shell', () => {
  it('comes out of a shell as it went in, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
        (text) => {
          const said = execFileSync('sh', ['-c', `printf %s ${quoteForShell(text)}`], { encoding: 'utf8' });
          expect(said).toBe(text);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is the request: method, address, each header, body', () => {
    const sent = {
      method: 'POST',
      url: 'http://127.0.0.1/a?b=[1]',
      headers: { 'content-type': 'application/json', empty: '' },
      body: `{"it's":"@file"}`,
    };
    expect(curlLine(sent, { flags: ['-sS', '-i'] })).toBe(
      `curl -sS -i -g 'http://127.0.0.1/a?b=[1]' -H 'content-type: application/json' -H 'empty;' -d '{"it'\\''s":"@file"}'`,
    );
    const { url } = sent;
    const file = { part: 'file', name: 'picture.webp', type: 'image/webp' };
    expect(curlLine({ method: 'PUT', url, headers: {}, file })).toContain(
      "-F 'file=@picture.webp;type=image/webp'",
    );
  });
});

describe.each(subjects)('what a report shows of $name', (subject) => {
  const known = { '<token>': 'tok-en/1', '<password>': 'Secret 1', '<id>': '7', '<sent code>': '123456' };
  const redact = redactWith({ declaration: declare(subject) }, known);

  it('has the names of secrets in their places, and leaves what is none', () => {
    expect(redact.text('token: tok-en/1; tok-en%2F1; 7; 123456')).toBe(
      'token: <token>; <token>; 7; <sent code>',
    );
    expect(redact.value({ a: ['Secret 1', 7], phone: '13123456789' })).toEqual({
      a: ['<password>', 7],
      phone: '13123456789',
    });
  });

  it('has no token that nobody knew', () => {
    const jwt = `eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl`;
    expect(redact.text(`Bearer ${jwt}`)).toBe('Bearer <a token>');
    expect(redact.value({ refresh_token: 'm.0123456789abcdef' })).toEqual({ refresh_token: '<redacted>' });
    const difference = {
      at: 'body.refresh_token',
      kind: 'unexpected',
      received: 'm.0123456789abcdef',
    } as const;
    expect(redact.difference(difference)).toEqual({ ...difference, received: '<redacted>' });
  });

  it('has no value of a cookie, and the rest of its line', () => {
    const line = 'sid=s3=c, r3t; Path=/a; Expires=Wed, 02 Jan 2030 13:00:00 GMT; HttpOnly, b=; Path=/, c=x';
    const shown =
      'sid=<a cookie>; Path=/a; Expires=Wed, 02 Jan 2030 13:00:00 GMT; HttpOnly, b=; Path=/, c=<a cookie>';
    expect(redact.header('set-cookie', line)).toBe(shown);
    expect(redact.header('Cookie', 'path=s3cr3t; token=tok-en/1')).toBe('path=<a cookie>; token=<token>');
    const difference = {
      at: 'headers.set-cookie',
      kind: 'value',
      expected: '<cookie_gone>',
      received: line,
    } as const;
    expect(redact.difference(difference)).toEqual({ ...difference, received: shown });
  });
});

describe('an identity file', () => {
  const person = { username: 'qa', password: 'secret' };
  const read = (value: unknown) => readIdentity(JSON.stringify(value), '/qa');

  it('needs somebody to sign in as, and may name more', () => {
    expect(read({ accounts: [person] }).accounts).toEqual([person]);
    const full = {
      accounts: [{ ...person, email: 'a@b.c', phone: '1', nickname: 'N', id: 1, role: 'admin' }],
      other: person,
      newContact: { email: 'qa+{n}@b.c' },
      publicUrl: 'https://example.com',
      variables: { 'client credentials': 'Basic x' },
    };
    expect(read({ ...full, inbox: { command: ['./inbox'] } }).inbox).toEqual({
      command: ['/qa/inbox'],
      timeoutSeconds: 60,
    });
    expect(read({ ...full, inbox: { command: ['node', './inbox'] } }).inbox).toMatchObject({
      command: ['node', './inbox'],
    });
    expect(read({ ...full, inbox: { prompt: true } }).inbox).toEqual({ prompt: true });
  });

  it.each([
    [{}, 'accounts is required'],
    [{ accounts: [] }, 'accounts must not be empty'],
    [{ accounts: [{ username: 'qa' }] }, 'accounts[0].password is required'],
    [{ accounts: [{ ...person, role: 'root' }] }, 'accounts[0].role must be admin'],
    [{ accounts: [person], inbox: { command: [] } }, 'inbox.command must not be empty'],
    [{ accounts: [person], inbox: { prompt: false } }, 'inbox.prompt must be true'],
    [{ accounts: [person], acounts: 1 }, 'acounts is not allowed'],
    [[], 'value must be an object'],
  ])('%j is told as: %s', (value, message) => {
    expect(() => read(value)).toThrow(message);
  });

  it('for two targets is two, or one for both', () => {
    const one = { accounts: [person] };
    expect(readIdentityPair(JSON.stringify(one), '/qa')).toEqual({ left: one, right: one });
    const two = { left: one, right: { accounts: [{ ...person, username: 'other' }] } };
    expect(readIdentityPair(JSON.stringify(two), '/qa')).toEqual(two);
    expect(() => readIdentityPair(JSON.stringify({ left: one }), '/qa')).toThrow('right is required');
  });

  it('that is no JSON is told as such', () => {
    expect(() => readIdentity('{', '/qa')).toThrow('it is no JSON');
  });
});

it.each([
  ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
  ['https://example.com/base/', 'https://example.com/base'],
  ['localhost:3000', undefined],
  ['https://example.com?x=1', undefined],
  ['https://ada:secret@example.com', undefined],
  ['ftp://example.com', undefined],
])('%s as a target is %s', (text, target) => {
  expect(readTarget(text)).toBe(target);
});

it('cases are chosen by id, endpoint, a part of a title, and kind', () => {
  const one = (id: string, endpoint: string, title: string, kind: string) =>
    ({ id, endpoint, title, kind }) as unknown as Case;
  const all = [
    one('w/a', 'GET /v1/user', 'reading', 'success'),
    one('w/ab', 'GET /v1/user/token', 'Reading a token', 'error'),
  ];
  const chosen = (selection: Parameters<typeof selects>[0]) =>
    all.filter((each) => selects(selection)(each, all)).map(({ id }) => id);
  expect(chosen({})).toEqual(['w/a', 'w/ab']);
  expect(chosen({ only: 'w/a' })).toEqual(['w/a']);
  expect(chosen({ only: 'GET /v1/user' })).toEqual(['w/a']);
  expect(chosen({ only: 'reading' })).toEqual(['w/a', 'w/ab']);
  expect(chosen({ only: 'a token' })).toEqual(['w/ab']);
  expect(chosen({ kinds: ['error'] })).toEqual(['w/ab']);
});
