import type { Arrangement, Exchange } from '../../../src/contract';
import { json, key, refused } from './answers';
import { briefly, tryMembers } from './rows';
import { accessToken, openid, optionalApikey } from './values-of-phones';

const look = (name?: string): Exchange['request'] => ({
  method: 'GET',
  path: '/v1/api/selecte/share/friend',
  ...(name !== undefined && { query: { name } }),
  headers: json,
});

/** Somebody with a name and an address. */
const friend: Arrangement = { other: 'taken_name', otherContacts: { email: 'taken.name@example.com' } };

const found = (shown: { mail?: string }): Exchange['response'] => ({
  status: 200,
  body: { suid: '<other id>', friendname: '<taken username>', phone: '', mail: '', realm: '', ...shown },
});

/** Looking for other users (reference 8.15). */
const friends: readonly Exchange[] = [
  {
    title: 'a friend is found by name, and nothing more is told',
    source: 'documented',
    kind: 'success',
    given: 'somebody else has this name and has signed in through this wire',
    arrange: friend,
    request: look('<taken username>'),
    credential: 'own',
    response: found({}),
  },
  {
    title: 'the address of a friend is shown to whoever knows it',
    source: 'ours',
    kind: 'success',
    given: 'somebody else has this address and has signed in through this wire',
    arrange: friend,
    request: look('taken.name@example.com'),
    credential: 'own',
    response: found({ mail: 'taken.name@example.com' }),
  },
  {
    title: 'the address of a friend is shown to an administrator',
    source: 'ours',
    kind: 'success',
    given: 'somebody else has this name and this address, and the user is an administrator',
    arrange: { ...friend, own: { role: 'admin' } },
    request: look('<taken username>'),
    credential: 'own',
    response: found({ mail: 'taken.name@example.com' }),
  },
  {
    title: 'nobody has the name of a friend',
    source: 'ours',
    kind: 'error',
    request: look('nobody_here'),
    credential: 'own',
    response: refused('no data error'),
  },
  {
    title: 'who has never been here is no friend',
    source: 'ours',
    kind: 'error',
    given: 'somebody has the address, and has never signed in through this wire',
    arrange: { taken: 'email' },
    request: look('<new email>'),
    credential: 'own',
    response: refused('no data error'),
  },
  ...(['username', 'email', 'phone'] as const).map((member): Exchange => ({
    title: `a friend is not the own ${member}`,
    source: 'documented',
    kind: 'error',
    request: look(`<${member}>`),
    credential: 'own',
    response: refused('use myself'),
  })),
  {
    title: 'a friend is asked for by a name',
    source: 'documented',
    kind: 'boundary',
    request: look(),
    credential: 'own',
    response: refused('undefined name'),
  },
  {
    title: 'a friend has no empty name',
    source: 'ours',
    kind: 'boundary',
    request: look(''),
    credential: 'own',
    response: refused('name length error'),
  },
  {
    title: 'nobody has a name of 254 characters',
    source: 'ours',
    kind: 'boundary',
    request: look('a'.repeat(254)),
    credential: 'own',
    response: refused('no data error'),
  },
  {
    title: 'a friend has no name of 255 characters',
    source: 'ours',
    kind: 'boundary',
    request: look('a'.repeat(255)),
    credential: 'own',
    response: refused('name length error'),
  },
];

const weixin = '/v1/api/user/weixin/app/login';
const facebook = '/v1/api/user/facebook/app/login';
const known = { access_token: 'token', openid: 'oabcdefghijklmnopqrstuvwxyz0' };

const enter = (path: string, body: unknown): Exchange['request'] => ({
  method: 'POST',
  path,
  headers: json,
  body,
});

/** No provider is configured (reference 8.16). */
const thirdParties: readonly Exchange[] = [
  {
    title: 'nobody signs in through WeChat',
    source: 'ours',
    kind: 'error',
    request: enter(weixin, known),
    credential: 'none',
    response: refused('no data error'),
  },
  {
    title: 'nobody signs in through WeChat with the key of an app either',
    source: 'ours',
    kind: 'error',
    request: enter(weixin, { ...known, apikey: key }),
    credential: 'none',
    response: refused('no data error'),
  },
  {
    title: 'nobody signs in through Facebook',
    source: 'ours',
    kind: 'error',
    request: enter(facebook, { access_token: 'token' }),
    credential: 'none',
    response: refused('no data error'),
  },
  ...tryMembers(
    { method: 'POST', path: weixin, credential: 'none', good: known },
    { access_token: accessToken, openid, apikey: optionalApikey },
  ),
  ...tryMembers(
    { method: 'POST', path: facebook, credential: 'none', good: { access_token: 'token' } },
    { access_token: briefly(accessToken), apikey: optionalApikey },
  ),
];

export const others: readonly Exchange[] = [...friends, ...thirdParties];
