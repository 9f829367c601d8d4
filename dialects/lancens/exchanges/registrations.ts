import type { Exchange } from '../../../src/contract';
import { created, json, key, refused, success } from './answers';

export const registrations: readonly Exchange[] = [
  {
    title: 'a code to register is sent to a phone',
    source: 'documented',
    request: {
      method: 'PUT',
      path: '/v1/api/phone/register',
      headers: json,
      body: { phone: '<new phone>', area_code: 86 },
    },
    credential: 'none',
    response: success,
  },
  {
    title: 'a phone with a user is sent no code to register',
    source: 'documented',
    request: { method: 'PUT', path: '/v1/api/phone/register', headers: json, body: { phone: '<phone>' } },
    credential: 'none',
    response: refused('phone exist'),
  },
  {
    title: 'a user registers by phone',
    source: 'documented',
    given: 'a code to register was sent to the new phone',
    arrange: { code: { purpose: 'register', to: 'phone' } },
    request: {
      method: 'POST',
      path: '/v1/api/phone/register',
      headers: json,
      body: { phone: '<new phone>', code: '<sent code>', password: 'Secret_123', apikey: key },
    },
    credential: 'none',
    response: created,
  },
  {
    title: 'a phone that got no code registers nobody',
    source: 'documented',
    request: {
      method: 'POST',
      path: '/v1/api/phone/register',
      headers: json,
      body: { phone: '<new phone>', code: '000000', password: 'Secret_123', apikey: key },
    },
    credential: 'none',
    response: refused('code error'),
  },
  {
    title: 'a code to register is mailed',
    source: 'documented',
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
    request: { method: 'GET', path: '/v1/api/email/register', query: { email: '<email>' }, headers: json },
    credential: 'none',
    response: refused('being used'),
  },
  {
    title: 'a user registers by mail',
    source: 'documented',
    given: 'a code to register was mailed to the new address',
    arrange: { code: { purpose: 'register', to: 'email' } },
    request: {
      method: 'POST',
      path: '/v1/api/email/register',
      headers: json,
      body: { email: '<new email>', code: '<sent code>', password: 'Secret_123', apikey: key },
    },
    credential: 'none',
    response: created,
  },
  {
    title: 'an address that got no code registers nobody',
    source: 'documented',
    request: {
      method: 'POST',
      path: '/v1/api/email/register',
      headers: json,
      body: { email: '<new email>', code: '000000', password: 'Secret_123', apikey: key },
    },
    credential: 'none',
    response: refused('not applying'),
  },
];
