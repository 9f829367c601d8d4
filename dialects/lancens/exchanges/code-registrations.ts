import type { Exchange } from '../../../src/contract';
import { created, json, key, refused, success } from './answers';
import { briefly, refusedOnly, tryMembers, type Call } from './rows';
import {
  apikey,
  appname,
  areaCode,
  code,
  email,
  phone,
  queriedEmail,
  queriedLanguage,
} from './values-of-contacts';
import { password } from './values-of-people';

type Kind = 'phone' | 'email';

const askForPhoneCode: Call = {
  method: 'PUT',
  path: '/v1/api/phone/register',
  credential: 'none',
  good: { phone: '<new phone>' },
  success: { answer: success },
};

const askForMailCode: Call = {
  method: 'GET',
  path: '/v1/api/email/register',
  credential: 'none',
  members: 'query',
  good: { email: '<new email>' },
  success: { answer: success },
};

const asking: readonly Exchange[] = [
  {
    title: 'a code to register is sent to a phone',
    source: 'documented',
    kind: 'success',
    request: { method: 'PUT', path: '/v1/api/phone/register', headers: json, body: { phone: '<new phone>' } },
    credential: 'none',
    response: success,
  },
  {
    title: 'a phone with a user is sent no code to register',
    source: 'documented',
    kind: 'error',
    request: { method: 'PUT', path: '/v1/api/phone/register', headers: json, body: { phone: '<phone>' } },
    credential: 'none',
    response: refused('phone exist'),
  },
  {
    title: 'a phone is sent one code to register a minute',
    source: 'ours',
    kind: 'error',
    given: 'a code to register was sent to the new phone just now',
    arrange: { code: { purpose: 'register', to: 'phone' } },
    request: { method: 'PUT', path: '/v1/api/phone/register', headers: json, body: { phone: '<new phone>' } },
    credential: 'none',
    response: refused('send error'),
  },
  {
    title: 'a code to register is mailed',
    source: 'documented',
    kind: 'success',
    request: {
      method: 'GET',
      path: '/v1/api/email/register',
      query: { email: '<new email>', appname: 'Doorbell', language: 'en' },
      headers: json,
    },
    credential: 'none',
    response: success,
  },
  {
    title: 'an address with a user is mailed no code to register',
    source: 'documented',
    kind: 'error',
    request: { method: 'GET', path: '/v1/api/email/register', query: { email: '<email>' }, headers: json },
    credential: 'none',
    response: refused('being used'),
  },
  {
    title: 'an address is mailed one code to register a minute',
    source: 'ours',
    kind: 'error',
    given: 'a code to register was mailed to the new address just now',
    arrange: { code: { purpose: 'register', to: 'email' } },
    request: {
      method: 'GET',
      path: '/v1/api/email/register',
      query: { email: '<new email>' },
      headers: json,
    },
    credential: 'none',
    response: refused('send error'),
  },
  ...tryMembers(askForPhoneCode, { phone, area_code: areaCode }),
  ...tryMembers(askForMailCode, {
    email: queriedEmail,
    language: briefly(queriedLanguage),
    appname: briefly(appname),
  }),
];

/** What differs between the two ways to register by a code. */
const ways = {
  phone: {
    path: '/v1/api/phone/register',
    contact: '<new phone>',
    words: 'phone',
    given: 'a code to register was sent to the new phone',
    wrongCode: 'code error',
    taken: 'phone exist',
    minutes: 5,
  },
  email: {
    path: '/v1/api/email/register',
    contact: '<new email>',
    words: 'mail',
    given: 'a code to register was mailed to the new address',
    wrongCode: 'not applying',
    taken: 'email exist',
    minutes: 10,
  },
} as const;

function registering(kind: Kind): readonly Exchange[] {
  const { path, contact, words, given, wrongCode, taken, minutes } = ways[kind];
  const sent = { purpose: 'register', to: kind } as const;
  const body = { [kind]: contact, code: '<sent code>', password: 'Secret_123', apikey: key };
  const request: Exchange['request'] = { method: 'POST', path, headers: json, body };
  const withoutCode: Exchange['request'] = { ...request, body: { ...body, code: '000000' } };
  const common = { credential: 'none', request } as const;
  return [
    {
      ...common,
      title: `a user registers by ${words}`,
      source: 'documented',
      kind: 'success',
      given,
      arrange: { code: sent },
      response: created,
    },
    {
      ...common,
      title: `a contact that got no code registers nobody by ${words}`,
      source: 'documented',
      kind: 'error',
      request: withoutCode,
      response: refused(wrongCode),
    },
    {
      ...common,
      title: `a code registers by ${words} until shortly before ${minutes} minutes are over`,
      source: kind === 'phone' ? 'documented' : 'ours',
      kind: 'success',
      given,
      arrange: { code: sent, elapsed: minutes * 60 - 20 },
      response: created,
    },
    {
      ...common,
      title: `a code registers nobody by ${words} after ${minutes} minutes`,
      source: kind === 'phone' ? 'documented' : 'ours',
      kind: 'error',
      given,
      arrange: { code: sent, elapsed: minutes * 60 + 1 },
      response: refused(wrongCode),
    },
    {
      ...common,
      title: `a contact that somebody has taken since registers nobody by ${words}`,
      source: 'documented',
      kind: 'error',
      given: `${given}, and somebody else has it now`,
      arrange: { code: sent, taken: kind },
      response: refused(taken),
    },
    {
      ...common,
      title: `a key that no application has registers nobody by ${words}`,
      source: 'documented',
      kind: 'error',
      given: `${given}; applications have keys, none of which is this`,
      arrange: { code: sent, keys: true },
      response: refused('apikey error'),
    },
    ...tryMembers(
      {
        method: 'POST',
        path,
        credential: 'none',
        good: { [kind]: contact, code: '000000', password: 'Secret_123', apikey: key },
        success: { answer: created, with: { code: '<sent code>' }, arrange: { code: sent }, given },
      },
      {
        ...(kind === 'phone'
          ? { phone: briefly(phone), area_code: briefly(areaCode) }
          : { email: refusedOnly(briefly(email)) }),
        code: briefly(code),
        password: briefly(password),
        apikey: briefly(apikey),
      },
    ),
  ];
}

/** Registering by a code (reference 8.3 and 8.4). */
export const codeRegistrations: readonly Exchange[] = [
  ...asking,
  ...registering('phone'),
  ...registering('email'),
];
