import type { Exchange } from '../../../src/contract';
import { json, refused, success } from './answers';
import { tryMembers } from './rows';
import { bodyToken, comparedPassword, identifier } from './values-of-people';

const login = '/v1/api/user/login';
const logout = '/v1/api/user/logout';

const session = {
  status: 201,
  body: { id: '<id>', token: '<token>', reflash_key: '<reflash key>', time: '<time>' },
};

const signingIn = (username: string, password = '<password>'): Exchange['request'] => ({
  method: 'POST',
  path: login,
  headers: json,
  body: { username, password },
});

const signingOut = (username: string, token = '<token>'): Exchange['request'] => ({
  method: 'POST',
  path: logout,
  headers: json,
  body: { username, token },
});

/** Each row: what is told of the sign-in, who signs in, how the user differs, whether the vendor or we say so. */
const failures: readonly (Pick<Exchange, 'title' | 'source' | 'arrange' | 'request'> & { given?: string })[] =
  [
    {
      title: 'an unknown user does not sign in',
      source: 'documented',
      request: signingIn('nobody_here', 'Wrong_1234'),
    },
    {
      title: 'a wrong password is not told from an unknown user',
      source: 'documented',
      request: signingIn('<username>', 'Wrong_1234'),
    },
    {
      title: 'a blocked user does not sign in',
      source: 'ours',
      arrange: { own: { status: 'blocked' } },
      request: signingIn('<username>'),
    },
    {
      title: 'a user who has not been admitted yet does not sign in',
      source: 'ours',
      arrange: { own: { status: 'pending' } },
      request: signingIn('<username>'),
    },
    {
      title: 'the right password does not sign in either after too many wrong ones',
      source: 'ours',
      given: 'too many sign-ins of the user have failed',
      arrange: { failures: 10 },
      request: signingIn('<username>'),
    },
    {
      title: 'a user of 254 characters signs in nobody by its length',
      source: 'ours',
      request: signingIn('a'.repeat(254), 'Wrong_1234'),
    },
  ];

/** Signing in and out (reference 8.5 and 8.6). */
export const sessions: readonly Exchange[] = [
  {
    title: 'a user signs in',
    source: 'client',
    kind: 'success',
    given: 'the user has this name and password',
    request: signingIn('<username>'),
    credential: 'none',
    response: session,
  },
  ...(['email', 'phone'] as const).map((contact): Exchange => ({
    title: `a user signs in by ${contact}`,
    source: 'documented',
    kind: 'success',
    request: signingIn(`<${contact}>`),
    credential: 'none',
    response: session,
  })),
  {
    title: 'a user signs in by a short name that another wire let them choose',
    source: 'ours',
    kind: 'success',
    arrange: { own: { username: 'wu' } },
    request: signingIn('<username>'),
    credential: 'none',
    response: session,
  },
  {
    title: 'a user signs in while an earlier token is sent along',
    source: 'client',
    kind: 'success',
    request: signingIn('<username>'),
    credential: 'own',
    response: session,
  },
  ...failures.map((failure): Exchange => ({
    ...failure,
    kind: 'error',
    credential: 'none',
    response: refused('username or password error'),
  })),
  ...tryMembers(
    {
      method: 'POST',
      path: login,
      credential: 'none',
      good: { username: 'nobody_here', password: 'Wrong_1234' },
    },
    { username: identifier, password: comparedPassword },
  ),
  ...(['username', 'email', 'phone'] as const).map((member): Exchange => ({
    title: `the token in the body signs out the user who is named by ${member}`,
    source: member === 'username' ? 'documented' : 'client',
    kind: 'success',
    given: 'the token was handed to this user at sign-in',
    request: signingOut(`<${member}>`),
    credential: 'none',
    response: success,
  })),
  {
    title: 'the token signs out from header and body at once',
    source: 'client',
    kind: 'success',
    request: signingOut('<username>'),
    credential: 'own',
    response: success,
  },
  {
    title: 'the name of somebody else does not sign out',
    source: 'ours',
    kind: 'error',
    given: 'somebody else has this name',
    arrange: { other: 'taken_name' },
    request: signingOut('<taken username>'),
    credential: 'none',
    response: refused('username error'),
  },
  {
    title: 'the token in the header alone does not sign out',
    source: 'ours',
    kind: 'no_credential',
    request: { method: 'POST', path: logout, headers: json, body: { username: '<username>' } },
    credential: 'own',
    response: refused('undefined token'),
  },
  {
    title: 'an unknown token does not sign out',
    source: 'documented',
    kind: 'bad_credential',
    request: signingOut('<username>', 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'),
    credential: 'none',
    response: refused('invalid token'),
  },
  {
    title: 'a token does not sign out twice',
    source: 'documented',
    kind: 'bad_credential',
    given: 'the user has signed out',
    arrange: { session: 'ended' },
    request: signingOut('<username>'),
    credential: 'none',
    response: refused('invalid token'),
  },
  {
    title: 'a token that a later sign-in has ended does not sign out',
    source: 'client',
    kind: 'bad_credential',
    given: 'the user has signed in once more',
    arrange: { session: 'superseded' },
    request: signingOut('<username>'),
    credential: 'none',
    response: refused('no user'),
  },
  ...tryMembers(
    { method: 'POST', path: logout, credential: 'none', good: { username: '<username>', token: '<token>' } },
    { username: identifier, token: bodyToken },
  ),
];
