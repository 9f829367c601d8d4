import type { Exchange } from '../../../src/contract';
import { json, refused, success } from './answers';
import { briefly, refusedOnly, tryMembers, type MemberValues } from './rows';
import { appname, areaCode, code, knownEmail, language, phone } from './values-of-contacts';
import { oldPassword, password } from './values-of-people';

const path = '/v1/api/user/password';
const change = (changed: string, oldpassword: string): Exchange['request'] => ({
  method: 'PUT',
  path,
  headers: json,
  body: { password: changed, oldpassword },
});

/** Changing the password by the old one (reference 8.11). */
export const passwords: readonly Exchange[] = [
  {
    title: 'the old password gives the right to a new one',
    source: 'documented',
    kind: 'success',
    request: change('Another_123', '<password>'),
    credential: 'own',
    response: success,
  },
  {
    title: 'the old password may be the new one',
    source: 'ours',
    kind: 'success',
    request: change('<password>', '<password>'),
    credential: 'own',
    response: success,
  },
  {
    title: 'an old password that is too long to be chosen here gives the right to a new one',
    source: 'ours',
    kind: 'success',
    arrange: { own: { password: 'another wire took this password of 44 letters' } },
    request: change('Another_123', '<password>'),
    credential: 'own',
    response: success,
  },
  {
    title: 'a wrong old password gives none',
    source: 'documented',
    kind: 'error',
    request: change('Another_123', 'Wrong_1234'),
    credential: 'own',
    response: refused('oldpassword error'),
  },
  {
    title: 'who has failed too often may not try an old password',
    source: 'ours',
    kind: 'error',
    given: 'too many sign-ins of the user have failed',
    arrange: { failures: 10 },
    request: change('Another_123', '<password>'),
    credential: 'own',
    response: refused('username or password error'),
  },
  ...tryMembers(
    {
      method: 'PUT',
      path,
      credential: 'own',
      good: { password: 'Another_123', oldpassword: '<password>' },
      success: { answer: success },
    },
    { password, oldpassword: oldPassword },
  ),
];

/** What differs between the two ways to a new password without the old one. */
const ways = {
  phone: {
    asking: '/v1/api/phone/retrieve',
    setting: { method: 'POST', path: '/v1/api/phone/retrieve' },
    own: '<phone>',
    unknown: '<new phone>',
    nobody: 'phone error',
    minutes: 5,
    whose: { phone: briefly(phone), area_code: briefly(areaCode) },
    words: {},
  },
  email: {
    asking: '/v1/api/user/passwordcode/email',
    setting: { method: 'PUT', path: '/v1/api/user/email/reset/password' },
    own: '<email>',
    unknown: '<new email>',
    nobody: 'email error',
    minutes: 10,
    whose: { email: knownEmail },
    words: { appname: refusedOnly(briefly(appname)), language: refusedOnly(briefly(language)) },
  },
} as const;

/** Whose password it is was shown where the code is asked for. */
function briefOf(whose: Readonly<Record<string, MemberValues>>): Record<string, MemberValues> {
  const members = Object.entries(whose);
  return Object.fromEntries(members.map(([member, values]) => [member, refusedOnly(briefly(values))]));
}

function recovering(kind: 'phone' | 'email'): readonly Exchange[] {
  const { asking, setting, own, unknown, nobody, minutes, whose, words } = ways[kind];
  const sent = { purpose: 'recover', to: kind } as const;
  const given = `a code to recover was sent by ${kind}`;
  const ask = (contact: string): Exchange['request'] => ({
    method: 'PUT',
    path: asking,
    headers: json,
    body: { [kind]: contact },
  });
  const right = { [kind]: own, code: '<sent code>', password: 'Another_123' };
  const set: Exchange['request'] = { ...setting, headers: json, body: right };
  const common = { credential: 'none' } as const;
  return [
    {
      ...common,
      title: `a code to recover is sent by ${kind}`,
      source: 'documented',
      kind: 'success',
      request: ask(own),
      response: success,
    },
    {
      ...common,
      title: `no code to recover is sent by ${kind} where nobody has it`,
      source: 'ours',
      kind: 'error',
      request: ask(unknown),
      response: refused(nobody),
    },
    {
      ...common,
      title: `one code to recover is sent by ${kind} in a minute`,
      source: 'ours',
      kind: 'error',
      given: `${given} just now`,
      arrange: { code: sent },
      request: ask(own),
      response: refused('send error'),
    },
    ...tryMembers(
      {
        method: 'PUT',
        path: asking,
        credential: 'none',
        good: { [kind]: own },
        success: { answer: success },
      },
      { ...whose, ...words },
    ),
    {
      ...common,
      title: `a password is recovered by ${kind}`,
      source: 'documented',
      kind: 'success',
      given,
      arrange: { code: sent },
      request: set,
      response: success,
    },
    {
      ...common,
      title: `a code recovers by ${kind} until shortly before ${minutes} minutes are over`,
      source: kind === 'phone' ? 'documented' : 'ours',
      kind: 'success',
      given,
      arrange: { code: sent, elapsed: minutes * 60 - 20 },
      request: set,
      response: success,
    },
    {
      ...common,
      title: `a code recovers nothing by ${kind} after ${minutes} minutes`,
      source: kind === 'phone' ? 'documented' : 'ours',
      kind: 'error',
      given,
      arrange: { code: sent, elapsed: minutes * 60 + 1 },
      request: set,
      response: refused('code error'),
    },
    {
      ...common,
      title: `a code that nobody sent recovers nothing by ${kind}`,
      source: 'documented',
      kind: 'error',
      request: { ...set, body: { ...right, code: '000000' } },
      response: refused('code error'),
    },
    {
      ...common,
      title: `a blocked user recovers nothing by ${kind}`,
      source: 'ours',
      kind: 'error',
      given: `${given}, and the user is blocked since`,
      arrange: { code: sent, own: { status: 'blocked' } },
      request: set,
      response: refused('username or password error'),
    },
    {
      ...common,
      title: `who has failed too often may not try a code to recover by ${kind}`,
      source: 'ours',
      kind: 'error',
      given: `${given}, and too many sign-ins of the user have failed`,
      arrange: { code: sent, failures: 10 },
      request: set,
      response: refused('username or password error'),
    },
    ...tryMembers(
      {
        ...setting,
        credential: 'none',
        good: { [kind]: own, code: '000000', password: 'Another_123' },
        success: { answer: success, with: { code: '<sent code>' }, arrange: { code: sent }, given },
      },
      {
        ...briefOf(whose),
        code: briefly(code),
        password: briefly(password),
      },
    ),
  ];
}

/** A new password without the old one (reference 8.12 and 8.13). */
export const recoveries: readonly Exchange[] = [...recovering('phone'), ...recovering('email')];
