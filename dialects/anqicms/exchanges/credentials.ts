import type { Exchange } from '../../../src/contract';
import { exchange, failure, get, json, mustSignIn, saved, signedIn, type Facts } from './answers';

/** The calls that need a token, each with a request that a token would let pass. */
const calls: readonly (readonly [name: string, request: Exchange['request']])[] = [
  ['reading details', { method: 'GET', path: '/api/user/detail' }],
  ['updating', { method: 'POST', path: '/api/user/detail', body: { introduce: 'x' } }],
  ['uploading', { method: 'POST', path: '/api/user/avatar', body: { file: '<image>' } }],
  [
    'changing the password',
    {
      method: 'POST',
      path: '/api/user/password',
      body: { old_password: '<password>', password: '12345678' },
    },
  ],
  ['listing groups', { method: 'GET', path: '/api/user/groups' }],
  ['reading a group', { method: 'GET', path: '/api/user/group/detail', query: { id: '1' } }],
];

/** A JWT that the reference shows, signed with a key of its own. */
const foreign =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0IjoiMTc2NzIyNTYwMCIsInVzZXJJZCI6IjEwMDAifQ.gpo4oc8Hr9VR7ZoSLpHgjTFJz_PRieAMegCGGsgs3Fg';
/** A JWT that says it needs no signature. */
const unsigned = 'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJ0IjoiNDEwMjQ0NDgwMCIsInVzZXJJZCI6IjEwMDAifQ.';

function tries(
  title: string,
  { headers: sent, ...request }: Exchange['request'],
  response: Exchange['response'],
  { headers, ...facts }: Facts,
): Exchange {
  const all = { ...sent, ...headers };
  return exchange(
    title,
    { ...request, ...(Object.keys(all).length > 0 && { headers: all }) },
    response,
    facts,
  );
}

type Rows = readonly (readonly [how: string, facts: Facts])[];

const everywhere: Rows = [
  ['without a token', { kind: 'no_credential' }],
  ['with a token that is none', { kind: 'bad_credential', headers: { Token: 'abc' } }],
  ['with a token of another key', { kind: 'bad_credential', headers: { Token: foreign } }],
  [
    'with a token that was signed out',
    { kind: 'bad_credential', source: 'ours', credential: 'own', arrange: { session: 'ended' } },
  ],
];

const onReading: Rows = [
  ['with an empty token', { kind: 'no_credential', headers: { Token: '' } }],
  [
    'with the token as a bearer alone',
    { kind: 'no_credential', given: signedIn, headers: { Authorization: 'Bearer <token>' } },
  ],
  ['with a token that nobody signed', { kind: 'bad_credential', headers: { Token: unsigned } }],
  [
    'with a token that has expired',
    { kind: 'bad_credential', credential: 'own', arrange: { elapsed: 2_592_001 } },
  ],
  [
    'with the token of a blocked user',
    { kind: 'bad_credential', source: 'ours', credential: 'own', arrange: { own: { status: 'blocked' } } },
  ],
];

const cookie = 'token=<token>';
const update: Exchange['request'] = {
  method: 'POST',
  path: '/api/user/detail',
  headers: json,
  body: { introduce: 'x' },
};
const elsewhere = { Cookie: cookie, 'Sec-Fetch-Site': 'cross-site' };
const stranger = { Cookie: cookie, Origin: 'https://elsewhere.example' };

/** The cookie of a browser (reference 2.2), and who may write by it. */
const cookies: readonly Exchange[] = [
  tries('a write by the cookie', update, saved, {
    kind: 'success',
    given: signedIn,
    headers: { Cookie: cookie },
  }),
  tries('a write by the cookie beside an empty header', update, saved, {
    kind: 'success',
    given: signedIn,
    headers: { Cookie: cookie, Token: '' },
  }),
  tries('a write by the cookie from a page of one’s own machine', update, saved, {
    kind: 'success',
    given: signedIn,
    headers: { Cookie: cookie, Origin: 'http://localhost:5173', 'Sec-Fetch-Site': 'cross-site' },
  }),
  tries('a write by the header from a page elsewhere', update, saved, {
    kind: 'success',
    given: signedIn,
    credential: 'own',
    headers: { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' },
  }),
  tries('a bad header is not rescued by a good cookie', update, mustSignIn, {
    kind: 'bad_credential',
    given: signedIn,
    headers: { Cookie: cookie, Token: 'abc' },
  }),
  tries('a bad cookie', update, mustSignIn, { kind: 'bad_credential', headers: { Cookie: 'token=abc' } }),
  ...calls
    .filter(([, { method }]) => method === 'POST')
    .flatMap(([name, request]) =>
      (
        [
          ['from a page elsewhere', elsewhere],
          ['from an origin that is not listed', stranger],
        ] as const
      ).map(([from, headers]) =>
        tries(`${name} by the cookie ${from}`, request, mustSignIn, {
          kind: 'bad_credential',
          source: 'ours',
          given: signedIn,
          headers,
        }),
      ),
    ),
];

const latest: Facts = { kind: 'boundary', given: signedIn, credential: 'own' };

/** Tokens, and what is as good as none (reference 2.2, 6). */
export const credentials: readonly Exchange[] = [
  ...calls.flatMap(([name, request]) =>
    (request.method === 'GET' ? [...everywhere, ...onReading] : everywhere)
      // The vendor's pages show the plainest of them for these three.
      .filter(([how]) => how !== 'without a token' || !/details|updating|uploading/.test(name))
      .map(([how, facts]) => tries(`${name} ${how}`, request, mustSignIn, facts)),
  ),
  ...cookies,
  tries('a token is good for thirty days', update, saved, { ...latest, arrange: { elapsed: 2_591_940 } }),
  tries(
    'a token in its last hour brings the next one',
    update,
    { ...saved, headers: { 'update-token': '<token>' } },
    { ...latest, arrange: { elapsed: 2_590_200 } },
  ),
  tries(
    'a failure brings the next token too',
    { ...update, body: { email: 'a@b' } },
    { ...failure('邮箱不正确'), headers: { 'update-token': '<token>' } },
    { ...latest, arrange: { elapsed: 2_590_200 } },
  ),
  tries('a second sign-in leaves the first token good', update, saved, {
    ...latest,
    kind: 'success',
    arrange: { session: 'superseded' },
  }),
  get('a token in the query is none', '/api/user/detail', { token: '<token>' }, mustSignIn, {
    kind: 'no_credential',
    given: signedIn,
  }),
];
