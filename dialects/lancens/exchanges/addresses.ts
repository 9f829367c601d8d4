import type { Exchange } from '../../../src/contract';
import { json, refused, success } from './answers';
import { briefly, refusedOnly, tryMembers } from './rows';
import { appname, code, email, language } from './values-of-contacts';

const asking = '/v1/api/user/emailcode/email';
const changing = '/v1/api/user/emails';

const ask = (body: unknown): Exchange['request'] => ({ method: 'PUT', path: asking, headers: json, body });
const change = (body: unknown): Exchange['request'] => ({
  method: 'PUT',
  path: changing,
  headers: json,
  body,
});

const given = 'a code was mailed to the new address';
const right = { code: '<mailed code>', email: '<new email>' };

/** The two calls that change an address (reference 8.10). */
export const addresses: readonly Exchange[] = [
  {
    title: 'a code is mailed to the new address',
    source: 'documented',
    kind: 'success',
    request: ask({ email: '<new email>' }),
    credential: 'own',
    response: success,
  },
  {
    title: 'the mail to the new address is worded as the query asks',
    source: 'ours',
    kind: 'success',
    request: { ...ask({ email: '<new email>' }), query: { appname: 'Doorbell', language: 'zh-CN' } },
    credential: 'own',
    response: success,
  },
  {
    title: 'no code is mailed to the address of somebody else',
    source: 'documented',
    kind: 'error',
    given: 'somebody else has this address',
    arrange: { taken: 'email' },
    request: ask({ email: '<new email>' }),
    credential: 'own',
    response: refused('email exist'),
  },
  {
    title: 'an address is mailed one code a minute',
    source: 'ours',
    kind: 'error',
    given: 'a code to register was mailed to the new address just now',
    arrange: { code: { purpose: 'register', to: 'email' } },
    request: ask({ email: '<new email>' }),
    credential: 'own',
    response: refused('send error'),
  },
  ...tryMembers(
    {
      method: 'PUT',
      path: asking,
      credential: 'own',
      good: { email: '<new email>' },
      success: { answer: success },
    },
    { email, appname, language },
  ),
  {
    title: 'PUT /v1/api/user/emailcode/email refuses a number as name of an app',
    source: 'ours',
    kind: 'wrong_type',
    request: ask({ email: '<new email>', appname: 5 }),
    credential: 'own',
    response: refused('appname format error'),
  },
  {
    title: 'the code from the mail changes the address',
    source: 'documented',
    kind: 'success',
    given,
    request: change(right),
    credential: 'own',
    response: success,
  },
  {
    title: 'a code before any was asked for changes nothing',
    source: 'documented',
    kind: 'error',
    request: change({ code: '000000', email: '<new email>' }),
    credential: 'own',
    response: refused('code error'),
  },
  {
    title: 'the code from the mail changes to no other address',
    source: 'documented',
    kind: 'error',
    given,
    request: change({ ...right, email: 'other.person@example.com' }),
    credential: 'own',
    response: refused('code error'),
  },
  {
    title: 'the code from the mail changes nothing after ten minutes',
    source: 'ours',
    kind: 'error',
    given,
    arrange: { elapsed: 601 },
    request: change(right),
    credential: 'own',
    response: refused('code error'),
  },
  {
    title: 'a code to register does not change an address',
    source: 'ours',
    kind: 'error',
    given: 'a code to register was mailed to the new address',
    arrange: { code: { purpose: 'register', to: 'email' } },
    request: change({ code: '<sent code>', email: '<new email>' }),
    credential: 'own',
    response: refused('code error'),
  },
  {
    title: 'an address that somebody has taken since is not given twice',
    source: 'documented',
    kind: 'error',
    given: `${given}, and somebody else has it now`,
    arrange: { taken: 'email' },
    request: change(right),
    credential: 'own',
    response: refused('email exist'),
  },
  {
    title: 'who has failed too often may not try a code from a mail',
    source: 'ours',
    kind: 'error',
    given: `${given}, and too many sign-ins of the user have failed`,
    arrange: { failures: 10 },
    request: change(right),
    credential: 'own',
    response: refused('username or password error'),
  },
  ...tryMembers(
    { method: 'PUT', path: changing, credential: 'own', good: { code: '000000', email: '<new email>' } },
    { code, email: refusedOnly(briefly(email)) },
  ),
];
