import type { Exchange } from '../../../src/contract';
import { json, refused, success } from './answers';
import { tryMembers, type Call } from './rows';
import { oddRealm, realm, username } from './values-of-people';

const path = '/v1/api/user';
const show = { method: 'GET', path, headers: json } as const;
const rename = (body: unknown): Exchange['request'] => ({
  method: 'PUT',
  path: `${path}/username`,
  headers: json,
  body,
});

const nicknaming: Call = { method: 'PUT', path, credential: 'own', good: {}, success: { answer: success } };
const userNaming: Call = { ...nicknaming, path: `${path}/username` };

/** Of 64 characters, as another wire lets them be chosen. */
const longNickname = 'Nick'.repeat(16);

/** The own profile (reference 8.7 to 8.9). Of a good PUT the page names no answer: this one is our choice (reference 5.2). */
export const profile: readonly Exchange[] = [
  {
    title: 'the profile has five members',
    source: 'documented',
    kind: 'success',
    given: 'the user registered with a phone number of the default region',
    request: show,
    credential: 'own',
    response: {
      status: 200,
      body: { id: '<id>', username: '<username>', realm: '<nickname>', email: '<email>', phone: '<phone>' },
    },
  },
  {
    title: 'what a profile lacks is an empty string',
    source: 'ours',
    kind: 'success',
    arrange: { own: { email: null, phone: null, nickname: '' } },
    request: show,
    credential: 'own',
    response: { status: 200, body: { id: '<id>', username: '<username>', realm: '', email: '', phone: '' } },
  },
  {
    title: 'a phone of another country is shown with its plus sign',
    source: 'ours',
    kind: 'success',
    arrange: { own: { phone: '+14155550123' } },
    request: show,
    credential: 'own',
    response: {
      status: 200,
      body: {
        id: '<id>',
        username: '<username>',
        realm: '<nickname>',
        email: '<email>',
        phone: '+14155550123',
      },
    },
  },
  {
    title: 'a token shows the profile until shortly before its month is over',
    source: 'documented',
    kind: 'success',
    arrange: { elapsed: 30 * 24 * 60 * 60 - 60 },
    request: show,
    credential: 'own',
    response: {
      status: 200,
      body: { id: '<id>', username: '<username>', realm: '<nickname>', email: '<email>', phone: '<phone>' },
    },
  },
  {
    title: 'the nickname is updated',
    source: 'documented',
    kind: 'success',
    request: { method: 'PUT', path, headers: json, body: '{  "realm": "string"}' },
    credential: 'own',
    response: success,
  },
  {
    title: 'the own long nickname is taken as it is',
    source: 'ours',
    kind: 'success',
    arrange: { own: { nickname: longNickname } },
    request: { method: 'PUT', path, headers: json, body: { realm: longNickname } },
    credential: 'own',
    response: success,
  },
  {
    title: 'the user name is updated',
    source: 'documented',
    kind: 'success',
    given: 'nobody else has the user name `string`',
    request: { method: 'PUT', path: `${path}/username`, headers: json, body: '{  "username": "string"}' },
    credential: 'own',
    response: success,
  },
  {
    title: 'the own user name is taken as it is',
    source: 'ours',
    kind: 'success',
    request: rename({ username: '<username>' }),
    credential: 'own',
    response: success,
  },
  {
    title: 'the own short user name is taken as it is',
    source: 'ours',
    kind: 'success',
    arrange: { own: { username: 'wu' } },
    request: rename({ username: '<username>' }),
    credential: 'own',
    response: success,
  },
  {
    title: 'the user name of somebody else is not given twice',
    source: 'documented',
    kind: 'error',
    given: 'somebody else has this name',
    arrange: { other: 'taken_name' },
    request: rename({ username: '<taken username>' }),
    credential: 'own',
    response: refused('username exist'),
  },
  {
    title: 'the user name of somebody else is not given in other letters either',
    source: 'ours',
    kind: 'error',
    given: 'somebody else has this name in small letters',
    arrange: { other: 'taken_name' },
    request: rename({ username: 'TAKEN_name' }),
    credential: 'own',
    response: refused('username exist'),
  },
  ...tryMembers(nicknaming, { realm }),
  ...tryMembers(nicknaming, { realm: oddRealm }),
  ...tryMembers(userNaming, { username }),
];
