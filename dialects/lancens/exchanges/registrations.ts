import type { Exchange } from '../../../src/contract';
import { created, json, key, refused } from './answers';
import { briefly, refusedOnly, tryMembers, type Call } from './rows';
import { apikey, code, email, phone } from './values-of-contacts';
import { password, realm, username } from './values-of-people';

const path = '/v1/api/user';

/** Every member of this call is required. */
const newcomer = {
  username: '<new username>',
  password: 'Secret_123',
  realm: 'Nick',
  email: '<new email>',
  phone: '<new phone>',
  apikey: key,
  code: '000000',
};

const registration: Call = {
  method: 'POST',
  path,
  credential: 'none',
  good: newcomer,
  success: { answer: created },
};

/** Registering by user name (reference 8.1). */
export const registrations: readonly Exchange[] = [
  {
    title: 'a user registers by name',
    source: 'documented',
    kind: 'success',
    arrange: { nobody: true },
    request: { method: 'POST', path, headers: json, body: newcomer },
    credential: 'none',
    response: created,
  },
  {
    title: 'the code of a registration by name is checked against nothing',
    source: 'documented',
    kind: 'success',
    request: { method: 'POST', path, headers: json, body: { ...newcomer, code: '999999' } },
    credential: 'none',
    response: created,
  },
  {
    title: 'a user name that is taken registers nobody',
    source: 'documented',
    kind: 'error',
    request: { method: 'POST', path, headers: json, body: { ...newcomer, username: '<username>' } },
    credential: 'none',
    response: refused('user exist'),
  },
  {
    title: 'an address that is taken registers nobody by name',
    source: 'documented',
    kind: 'error',
    request: { method: 'POST', path, headers: json, body: { ...newcomer, email: '<email>' } },
    credential: 'none',
    response: refused('email exist'),
  },
  {
    title: 'a phone that is taken registers nobody by name',
    source: 'documented',
    kind: 'error',
    request: { method: 'POST', path, headers: json, body: { ...newcomer, phone: '<phone>' } },
    credential: 'none',
    response: refused('phone exist'),
  },
  {
    title: 'of several taken values the user name is the one that is told',
    source: 'documented',
    kind: 'error',
    request: {
      method: 'POST',
      path,
      headers: json,
      body: { ...newcomer, username: '<username>', email: '<email>', phone: '<phone>' },
    },
    credential: 'none',
    response: refused('user exist'),
  },
  {
    title: 'a key that no application has registers nobody by name',
    source: 'documented',
    kind: 'error',
    given: 'applications have keys, none of which is this',
    arrange: { keys: true },
    request: { method: 'POST', path, headers: json, body: newcomer },
    credential: 'none',
    response: refused('apikey error'),
  },
  {
    title: 'POST /v1/api/user refuses a body without members by the first of the page',
    source: 'documented',
    kind: 'boundary',
    request: { method: 'POST', path, headers: json, body: {} },
    credential: 'none',
    response: refused('undefined username'),
  },
  {
    title: 'POST /v1/api/user looks for every member before it looks at any value',
    source: 'documented',
    kind: 'boundary',
    request: { method: 'POST', path, headers: json, body: { ...newcomer, username: 5, code: null } },
    credential: 'none',
    response: refused('undefined code'),
  },
  // What is taken of a user name and of an address is shown where the user has them: nobody is left behind who must go.
  ...tryMembers(registration, {
    username: refusedOnly(briefly(username)),
    password: briefly(password),
    realm: briefly(realm),
    email: refusedOnly(briefly(email)),
    phone: briefly(phone),
    apikey,
    code: briefly(code),
  }),
];
