import type { Exchange } from '../../../src/contract';
import { good, invalid, success } from './answers';
import { rowsOf, typesOf, type Call } from './rows';

const revoke: Call = { method: 'POST', path: 'revoke', query: { client_id: 'demo-env-1' } };

const revocations: readonly Exchange[] = [
  ...rowsOf(revoke, { kind: 'success', source: 'client', answer: success }, [
    ['the token in the body is revoked', { token: '<own access token>' }],
    ['a token past its time is revoked too', { token: '<own access token>' }, success, { elapsed: 7_201 }],
    [
      'a token that was revoked is revoked again',
      { token: '<own access token>' },
      success,
      { session: 'ended' },
    ],
  ]),
  ...rowsOf({ ...revoke, credential: 'own' }, { kind: 'success', source: 'documented', answer: success }, [
    ['the token in the header is revoked', {}],
    ['a body of any shape is taken', '[]'],
  ]),
  ...rowsOf(revoke, { kind: 'no_credential', source: 'ours', answer: success }, [
    ['without a token there is nothing to revoke', {}],
  ]),
  ...rowsOf(
    { ...revoke, headers: { authorization: 'Bearer none' } },
    { kind: 'bad_credential', source: 'ours', answer: success },
    [['with a bad token there is nothing to revoke', {}]],
  ),
  ...rowsOf(revoke, { kind: 'wrong_type', source: 'ours', answer: success }, [
    ['a number for token is no token', { token: 5 }],
    ['a body that is no JSON is no token', 'token'],
  ]),
];

const signOut: Call = { method: 'POST', path: 'user/signout', credential: 'own' };
const badUri = invalid('redirect_uri must be an http or https URL');

const signOuts: readonly Exchange[] = [
  ...rowsOf(signOut, { kind: 'success', source: 'client', answer: success }, [
    ['the session of the token ends', {}],
    ['a token past its time ends its session too', {}, success, { elapsed: 7_201 }],
  ]),
  ...rowsOf(signOut, { kind: 'success', source: 'documented' }, [
    [
      'it leads to where the client asked, with its state',
      { redirect_uri: 'https://example/bye', state: 'x' },
      good({ redirect_uri: 'https://example/bye?state=x' }),
    ],
    [
      'a query of the client’s own stays',
      { redirect_uri: 'https://example/bye?a=1', state: 'x' },
      good({ redirect_uri: 'https://example/bye?a=1&state=x' }),
    ],
    [
      'without a state there is none',
      { redirect_uri: 'https://example/bye' },
      good({ redirect_uri: 'https://example/bye' }),
    ],
  ]),
  ...rowsOf(signOut, { kind: 'boundary', source: 'ours' }, [
    ['only web addresses are handed back', { redirect_uri: 'javascript:alert(1)' }, badUri],
    ['an address without a host is none', { redirect_uri: 'https://' }, badUri],
    ['an empty address is none', { redirect_uri: '', state: 'x' }, success],
  ]),
  ...typesOf(signOut, ['redirect_uri', 'state']),
];

const devices: readonly Exchange[] = [
  ...rowsOf(
    { method: 'DELETE', path: 'user/revoke/all', credential: 'own' },
    { kind: 'success', source: 'client', answer: success },
    [['every session of the user ends', {}]],
  ),
  ...rowsOf(
    { method: 'DELETE', path: 'user/authorized/devices/0123456789abcdef0123456789abcdef', credential: 'own' },
    { kind: 'success', source: 'client', answer: success },
    [['a device that no session is on can be signed out', {}]],
  ),
  ...rowsOf(
    { method: 'DELETE', path: 'user/authorized/devices/short', credential: 'own' },
    { kind: 'boundary', source: 'ours', answer: success },
    [['a device that no session can be on can be signed out', {}]],
  ),
];

const history: Call = { method: 'GET', path: 'user/security/history', credential: 'own' };
const badLimit = invalid('limit must be a number from 1 on');
const badPage = invalid('page_token must be one that an earlier page named');
const entry = {
  id: '<entry id>',
  ip: '<address>',
  user_agent: '<user agent>',
  client_id: '',
  device_id: '',
  created_at: '<time>',
  meta: { from: '<door>' },
};
const page = good({ data: [entry], page_token: '<entry id>' });
const nothing = good({ data: [] });

const histories: readonly Exchange[] = [
  ...rowsOf(history, { kind: 'success', source: 'client', answer: page }, [
    [
      'the sign-ins are told, and where the next page begins',
      { 'query[action]': 'USER_LOGIN', limit: '1', page_token: '' },
      page,
      { session: 'superseded' },
    ],
    ['everything but one action is told', { 'ne_query[action]': 'USER_SUDO', limit: '1' }],
  ]),
  ...rowsOf(history, { kind: 'success', source: 'ours', answer: nothing }, [
    ['nothing happened under an unknown name', { 'query[action]': 'NOTHING', limit: '10' }],
    ['without a limit there is one', { 'query[action]': 'NOTHING' }],
  ]),
  ...rowsOf(history, { kind: 'boundary', source: 'ours' }, [
    ['a limit of 0 is refused', { limit: '0' }, badLimit],
    ['an empty limit is refused', { limit: '' }, badLimit],
    [
      'a limit of nine digits is taken as the most',
      { 'query[action]': 'NOTHING', limit: '999999999' },
      nothing,
    ],
    ['a limit of ten digits is refused', { limit: '1000000000' }, badLimit],
    ['a page that nobody named is refused', { page_token: 'next' }, badPage],
    ['a page of nineteen digits is refused', { page_token: '1'.repeat(19) }, badPage],
    ['before the first entry there is none', { page_token: '0' }, nothing],
  ]),
  ...rowsOf(history, { kind: 'wrong_type', source: 'ours' }, [
    ['a limit that is no number is refused', { limit: 'ten' }, badLimit],
    ['a negative limit is refused', { limit: '-1' }, badLimit],
  ]),
];

/** Signing out, and what was signed in; reference 6.4 and 12. */
export const ends: readonly Exchange[] = [...revocations, ...signOuts, ...devices, ...histories];
