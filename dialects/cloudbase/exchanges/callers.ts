import type { Exchange } from '../../../src/contract';
import { noObject, noToken, text, tooLarge, success, unauthenticated, unserved } from './answers';
import { rowsOf, type Call } from './rows';

type Method = Call['method'];

/** Every call that needs an access token, but for introspection, which answers to a bad one. */
const needing: readonly (readonly [Method, path: string])[] = [
  ['GET', 'user/me'],
  ['DELETE', 'user/me'],
  ['POST', 'user/basic/edit'],
  ['PATCH', 'user/profile'],
  ['GET', 'user/query'],
  ['GET', 'checkUsername'],
  ['POST', 'user/sudo'],
  ['PATCH', 'user/password'],
  ['PATCH', 'user/contact'],
  ['POST', 'user/reauthenticate'],
  ['POST', 'user/signout'],
  ['DELETE', 'user/revoke/all'],
  ['DELETE', 'user/authorized/devices/0123456789abcdef0123456789abcdef'],
  ['GET', 'user/security/history'],
  ['GET', 'user/provider'],
  ['POST', 'user/provider/bind'],
  ['DELETE', 'user/provider/github'],
  ['POST', 'user/provider/github/trans'],
  ['PATCH', 'user/trans/by/provider'],
];

/** Calls whose body must be an object. */
const reading: readonly (readonly [Method, path: string, credential: 'own' | 'none'])[] = [
  ['POST', 'signup', 'none'],
  ['POST', 'signin', 'none'],
  ['POST', 'signin/anonymously', 'none'],
  ['POST', 'token', 'none'],
  ['POST', 'token/clientCredential', 'none'],
  ['POST', 'reset', 'none'],
  ['POST', 'verification', 'none'],
  ['POST', 'verification/verify', 'none'],
  ['POST', 'captcha/data/verify', 'none'],
  ['POST', 'user/basic/edit', 'own'],
  ['PATCH', 'user/profile', 'own'],
  ['POST', 'user/sudo', 'own'],
  ['PATCH', 'user/password', 'own'],
  ['PATCH', 'user/contact', 'own'],
  ['POST', 'user/reauthenticate', 'own'],
  ['POST', 'user/signout', 'own'],
];

const own = { method: 'GET', path: 'user/me', credential: 'own' } as const;
const edit: Call = { method: 'POST', path: 'user/basic/edit', credential: 'own' };

/** A body of so many bytes. */
const bodyOf = (bytes: number): string => `{"more":"${'x'.repeat(bytes - 11)}"}`;

const credentials: readonly Exchange[] = [
  ...needing.flatMap(([method, path]) => [
    ...rowsOf({ method, path }, { kind: 'no_credential', source: 'client', answer: noToken }, [
      [`a token is required (${method})`, {}],
    ]),
    ...rowsOf(
      { method, path, headers: { authorization: 'Bearer none' } },
      { kind: 'bad_credential', source: 'client', answer: unauthenticated },
      [[`a token that is none is refused (${method})`, {}]],
    ),
  ]),
  ...rowsOf(own, { kind: 'bad_credential', source: 'client', answer: unauthenticated }, [
    ['an access token is refused after two hours', {}, unauthenticated, { elapsed: 7_200 }],
    ['a token of a session that has ended is refused', {}, unauthenticated, { session: 'ended' }],
    ['a blocked user’s token is refused', {}, unauthenticated, { own: { status: 'blocked' } }],
  ]),
  ...rowsOf(
    { ...own, credential: 'none', headers: { authorization: 'Basic bm9ib2R5Og==' } },
    { kind: 'no_credential', source: 'ours' },
    [['Basic authorization counts as none', {}, noToken]],
  ),
  ...rowsOf(
    { method: 'POST', path: 'user/sudo', headers: { authorization: '<client bearer>' } },
    { kind: 'bad_credential', source: 'ours', arrange: { client: true } },
    [['a program is nobody where a person is meant', { password: 'x' }, unauthenticated]],
  ),
];

const bodies: readonly Exchange[] = [
  ...reading.flatMap(([method, path, credential]) =>
    rowsOf({ method, path, credential }, { kind: 'wrong_type', source: 'ours', answer: noObject }, [
      ['a list for a body is refused', '[]'],
    ]),
  ),
  ...rowsOf(edit, { kind: 'boundary', source: 'ours' }, [
    ['a body of 65,536 bytes is read', bodyOf(65_536), success],
    ['a body of 65,537 bytes is refused', bodyOf(65_537), tooLarge],
    ['half a body is refused', '{"nickname":', noObject],
    ['a form for a body is refused', 'nickname=Zhang', noObject],
  ]),
];

const unknown = unserved('This call is not implemented');

const paths: readonly Exchange[] = [
  ...(
    [
      ['a path of version 2 is not implemented', 'POST', '/auth/v2/signin/username'],
      ['a path that nobody knows is not implemented', 'POST', '/auth/v1/nowhere'],
      ['a method that a path does not have is not implemented', 'GET', '/auth/v1/signin'],
      ['a slash at the end makes another path', 'POST', '/auth/v1/signin/'],
    ] as const
  ).map(([title, method, path]): Exchange => ({
    title,
    source: 'ours',
    kind: 'error',
    request: { method, path, headers: text, ...(method === 'POST' && { body: {} }) },
    credential: 'none',
    response: unknown,
  })),
];

/** What is the same for all calls: tokens, bodies, and paths that are none; reference 1 and 14. */
export const callers: readonly Exchange[] = [...credentials, ...bodies, ...paths];
