import { disagreements } from '../../src/kit/agreement';
import { isCompared, readCookie } from '../../src/kit/compared-headers';
import type { Received } from '../../src/kit';
import { observe, type Observed } from '../../src/kit/references';

const now = Date.parse('2030-01-01T12:00:00Z');

/** A dialect of which these tests need two things: what its placeholders stand for, and the form of its tokens. */
const subject = {
  contract: {
    placeholders: {
      '<id>': (value: unknown) => Number.isInteger(Number(value)),
      '<key>': (value: unknown) => typeof value === 'string' && value.length > 3,
      '<time>': (value: unknown) => typeof value === 'number',
    },
  },
  declaration: { accessToken: { format: { kind: 'opaque', alphabet: 'abcdef0123456789', length: 20 } } },
} as never;

interface Telling {
  body: unknown;
  promised?: unknown;
  known?: Record<string, string>;
  headers?: Record<string, string>;
  cookies?: string[];
  status?: number;
  at?: number;
  origin?: string;
}

function seen({
  body,
  promised,
  known = {},
  headers = {},
  cookies = [],
  status = 200,
  at = now,
  origin,
}: Telling): Observed {
  const received: Received = { status, headers, cookies, text: '', body };
  const url = origin ?? 'http://one.example';
  const stage = { known, facts: { publicUrl: url, userId: undefined } };
  return observe(subject, { status: 200, body: promised }, received, { stage, baseUrl: url, at });
}

/** The places and kinds of all differences. */
function told(left: Telling, right: Telling): string[] {
  return disagreements(seen(left), seen(right)).map(({ at, kind }) => `${at} ${kind}`);
}

describe('the same by reference', () => {
  it.each<[string, Telling, Telling]>([
    ['equal answers', { body: { a: [1, null, 'x'] } }, { body: { a: [1, null, 'x'] } }],
    [
      'a known number',
      { body: { id: 1003 }, known: { '<id>': '1003' } },
      { body: { id: 5417 }, known: { '<id>': '5417' } },
    ],
    [
      'a known text inside another',
      { body: 'hello ada_1', known: { '<username>': 'ada_1' } },
      { body: 'hello bob', known: { '<username>': 'bob' } },
    ],
    [
      'a known id in a path',
      { body: 'http://one.example/people/1003.html', known: { '<id>': '1003' } },
      {
        body: 'http://two.example/people/5417.html',
        known: { '<id>': '5417' },
        origin: 'http://two.example',
      },
    ],
    [
      'a number that is an id on one side by chance',
      { body: { limit: 1003, text: 'at most 1003' }, known: { '<id>': '1003' } },
      { body: { limit: 1003, text: 'at most 1003' }, known: { '<id>': '5417' } },
    ],
    [
      'what the contract lets differ',
      { body: { k: 'one key' }, promised: { k: '<key>' } },
      { body: { k: 'other key' }, promised: { k: '<key>' } },
    ],
    [
      'tokens by their form',
      { body: { k: 'abcdef0123456789abcd', j: 'eyJhbGciOi.eyJzdWIi.c2ln' } },
      { body: { k: '0123456789abcdefabcd', j: 'eyJhbGciOi.eyJzdWIz.c3ln' } },
    ],
    [
      'a new token that is the one of before by chance',
      {
        body: { k: 'abcdef0123456789abcd' },
        known: { '<token>': 'abcdef0123456789abcd' },
        promised: { k: '<key>' },
      },
      {
        body: { k: '0123456789abcdefabcd' },
        known: { '<token>': 'abcdef01234567890000' },
        promised: { k: '<key>' },
      },
    ],
    [
      'moments as far from the answer',
      { body: { t: now / 1000 + 3600, iso: '2030-01-01T12:00:00.120Z' } },
      { body: { t: now / 1000 + 90_000, iso: '2030-01-02T12:00:01Z' }, at: now + 86_400_000 },
    ],
    [
      'two moments that are one on one side',
      { body: { a: now / 1000, b: now / 1000 } },
      { body: { a: now / 1000, b: now / 1000 + 1 } },
    ],
    [
      'moments where the contract has any',
      { body: { t: 1_600_000_000 }, promised: { t: '<time>' } },
      { body: { t: 1_700_000_000 }, promised: { t: '<time>' } },
    ],
    [
      'somebody in the place of a person of the contract',
      { body: { name: 'admin' } },
      { body: { name: 'qa_admin' }, known: { admin: 'qa_admin' } },
    ],
    [
      'a name that one side does not know',
      { body: { id: 1003 }, promised: { id: '<id>' }, known: { '<id>': '1003' } },
      { body: { id: 5417 }, promised: { id: '<id>' } },
    ],
    [
      'headers that nobody reads',
      { body: '', headers: { date: 'now', etag: '1', 'x-request-id': 'a' } },
      { body: '', headers: { date: 'then', 'cache-control': 'no-store' } },
    ],
    [
      'a type that is spelled differently',
      { body: '', headers: { 'content-type': 'application/json;charset=UTF-8' } },
      { body: '', headers: { 'content-type': 'application/json; charset=utf-8' } },
    ],
    [
      'a wait that runs down',
      { body: '', headers: { 'retry-after': '60' } },
      { body: '', headers: { 'retry-after': '58' } },
    ],
    [
      'a renewed token beside the answer',
      { body: '', headers: { 'update-token': 'eyJhbGciOi.eyJzdWIi.c2ln' } },
      { body: '', headers: { 'update-token': 'eyJhbGciOi.eyJzdWIz.c3ln' } },
    ],
    [
      'a cookie with another token',
      {
        body: '',
        cookies: ['token=abcdef0123456789abcd; Path=/; HttpOnly; Expires=Tue, 01 Jan 2030 13:00:00 GMT'],
      },
      {
        body: '',
        cookies: ['token=0123456789abcdefabcd; path=/; httponly; expires=Wed, 02 Jan 2030 13:00:00 GMT'],
      },
    ],
  ])('%s', (_, left, right) => {
    expect(told(left, right)).toEqual([]);
    expect(told(right, left)).toEqual([]);
  });
});

describe('not the same by reference', () => {
  const key = (k: string, l: string): Telling => ({ body: { k, l }, promised: { k: '<key>', l: '<key>' } });
  it.each<[string, Telling, Telling, string[]]>([
    ['another status', { body: 1 }, { body: 1, status: 201 }, ['status value']],
    ['a member less', { body: { a: 1, b: 2 } }, { body: { a: 1 } }, ['body.b missing']],
    ['a member more', { body: [{}] }, { body: [{ a: null }] }, ['body[0].a unexpected']],
    ['another type', { body: { a: 1 } }, { body: { a: '1' } }, ['body.a type']],
    ['null for a text', { body: { a: 'x' } }, { body: { a: null } }, ['body.a type']],
    ['an empty text for a value', key('some key', 'x'), key('', 'x'), ['body.k value']],
    [
      'another type of a known value',
      { body: { id: 1003 }, known: { '<id>': '1003' } },
      { body: { id: '5417' }, known: { '<id>': '5417' } },
      ['body.id type'],
    ],
    [
      'an id that is nobody’s',
      { body: { id: 1003 }, promised: { id: '<id>' }, known: { '<id>': '1003' } },
      { body: { id: 5418 }, promised: { id: '<id>' }, known: { '<id>': '5417' } },
      ['body.id value'],
    ],
    ['two where there was one', key('the same', 'the same'), key('one key', 'two keys'), ['body.l value']],
    ['one where there were two', key('one key', 'two keys'), key('the same', 'the same'), ['body.l value']],
    [
      'another lifetime',
      { body: { t: now / 1000 + 3600 } },
      { body: { t: now / 1000 + 7200 } },
      ['body.t value'],
    ],
    ['another message', { body: { m: 'not found' } }, { body: { m: 'forbidden' } }, ['body.m value']],
    [
      'a header that is gone',
      { body: '', headers: { 'access-control-allow-origin': '*' } },
      { body: '' },
      ['headers.access-control-allow-origin missing'],
    ],
    [
      'another way',
      { body: '', headers: { location: 'http://one.example/a' } },
      { body: '', headers: { location: 'http://one.example/b' } },
      ['headers.location value'],
    ],
    [
      'no renewed token',
      { body: '', headers: { 'update-token': 'eyJhbGciOi.eyJzdWIi.c2ln' } },
      { body: '' },
      ['headers.update-token missing'],
    ],
    [
      'a cookie with other attributes',
      { body: '', cookies: ['a=1; Path=/; HttpOnly; Max-Age=60'] },
      { body: '', cookies: ['a=1; Path=/x; Max-Age=60; Secure'] },
      [
        'cookies.a.attributes.path value',
        'cookies.a.attributes.httponly missing',
        'cookies.a.attributes.secure unexpected',
      ],
    ],
  ])('%s', (_, left, right, differences) => {
    expect(told(left, right)).toEqual(differences);
  });
});

it('the headers that are compared are those that a client acts on', () => {
  const names = [
    'content-type',
    'location',
    'access-control-allow-origin',
    'retry-after',
    'www-authenticate',
  ];
  expect([...names, 'update-token', 'date', 'etag', 'cache-control', 'server'].filter(isCompared)).toEqual([
    ...names,
    'update-token',
  ]);
});

it('a cookie may have a value with an equals sign, and none at all', () => {
  expect(readCookie('a=b=c; Secure')).toEqual({ name: 'a', value: 'b=c', attributes: { secure: true } });
  expect(readCookie('a')).toEqual({ name: 'a', value: '', attributes: {} });
});

describe('the value of a cookie', () => {
  const line = (value: string) => `sid=${value}; Path=/; HttpOnly`;

  it.each(['s3cr3t', 'two words, and a comma', '9123', 'ada_1', String(now / 1000)])(
    'is never kept, whatever it looks like: %s',
    (value) => {
      const { values: _, ...kept } = seen({
        body: { ok: true },
        cookies: [line(value)],
        known: { '<username>': 'ada_1', bob: 'ada_1' },
      });
      expect(kept.cookies).toMatchObject({ sid: { value: expect.stringMatching(/^<#\d>$/) } });
      expect(JSON.stringify(kept)).not.toContain(value);
    },
  );

  it('may be another one on the other side, but must be there and be the same wherever it is the same', () => {
    const both = (one: string, other: string) => ({
      body: '',
      cookies: [`a=${one}; Path=/`, `b=${other}; Path=/`],
    });
    expect(told(both('x1', 'x1'), both('y1', 'y1'))).toEqual([]);
    expect(told(both('x1', 'x1'), both('y1', 'y2'))).toEqual(['cookies.b.value value']);
    expect(told({ body: '', cookies: [line('x1')] }, { body: '', cookies: [line('')] })).toEqual([
      'cookies.sid.value value',
    ]);
  });
});

describe('what a JWT says', () => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = now / 1000;
  const usual = {
    iss: 'http://one.example',
    aud: 'app',
    sub: '1003',
    sid: '0b5e4c1e-9f53-4c55-8a8b-6a2c7b1f0d11',
    iat: seconds,
    exp: seconds + 7200,
    t: String(seconds + 7200),
  };
  const elsewhere = {
    ...usual,
    iss: 'http://two.example',
    sub: '5417',
    sid: 'f2a1e7aa-52cf-4c43-9f0e-2b8f4e0f9a77',
    iat: seconds + 3,
    exp: seconds + 7203,
    t: String(seconds + 7203),
  };
  const telling = (claims: object, header: object = { alg: 'RS256', typ: 'JWT', kid: 'one' }): Telling => ({
    body: { k: `${part(header)}.${part(claims)}.c2ln` },
    promised: { k: '<key>' },
    known: { '<id>': '1003' },
  });
  const there = (claims: object, header?: object): Telling => ({
    ...telling(claims, header ?? { alg: 'RS256', typ: 'JWT', kid: 'other' }),
    known: { '<id>': '5417' },
    origin: 'http://two.example',
  });

  it('may be of another person, session, moment, server and key', () => {
    expect(told(telling(usual), there(elsewhere))).toEqual([]);
  });

  it('goes by what the answer calls the same value, in whatever type', () => {
    const answer = (id: number, other: Telling) => ({
      ...other,
      body: { ...(other.body as object), id },
      promised: { k: '<key>', id: '<id>' },
      known: {},
    });
    expect(told(answer(1003, telling(usual)), answer(5417, there(elsewhere)))).toEqual([]);
    const claims = { ...elsewhere, sub: 5417 };
    expect(told(answer(1003, telling(usual)), answer(5417, there(claims)))).toEqual([
      'body.k.jwt.claims.sub type',
    ]);
  });

  it('must have the same claims, of the same types and meanings, signed in the same way', () => {
    const { sid: _, ...without } = elsewhere;
    const changed = {
      ...without,
      sub: 5417,
      aud: 'other',
      iss: 'http://one.example',
      exp: seconds + 600,
      t: String(seconds),
      more: 1,
    };
    expect(told(telling(usual), there(changed, { alg: 'HS256' })).sort()).toEqual(
      [
        'body.k.jwt.header.alg value',
        'body.k.jwt.header.typ missing',
        'body.k.jwt.claims.iss value',
        'body.k.jwt.claims.aud value',
        'body.k.jwt.claims.sub type',
        'body.k.jwt.claims.sid missing',
        'body.k.jwt.claims.exp value',
        'body.k.jwt.claims.t value',
        'body.k.jwt.claims.more unexpected',
      ].sort(),
    );
  });

  it('must be said on both sides', () => {
    const opaque: Telling = { body: { k: 'abcdef0123456789abcd' }, promised: { k: '<key>' } };
    expect(told(telling(usual), opaque)).toEqual(['body.k.jwt missing']);
  });

  it('is kept without the token', () => {
    const { values: _, ...kept } = seen(telling(usual));
    expect(JSON.stringify(kept)).toContain('"aud":"app"');
    expect(JSON.stringify(kept)).not.toContain(part(usual));
    expect(JSON.stringify(kept)).not.toContain(usual.sid);
  });
});
