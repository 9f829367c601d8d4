import type { Exchange } from '../../../src/contract';
import { json, refused, success } from './answers';

export const passwords: readonly Exchange[] = [
  {
    title: 'the old password gives the right to a new one',
    source: 'documented',
    request: {
      method: 'PUT',
      path: '/v1/api/user/password',
      headers: json,
      body: { password: 'Another_123', oldpassword: '<password>' },
    },
    credential: 'own',
    response: success,
  },
  {
    title: 'a wrong old password gives none',
    source: 'documented',
    request: {
      method: 'PUT',
      path: '/v1/api/user/password',
      headers: json,
      body: { password: 'Another_123', oldpassword: 'Wrong_1234' },
    },
    credential: 'own',
    response: refused('oldpassword error'),
  },
  {
    title: 'a code to recover is sent to a phone',
    source: 'documented',
    request: { method: 'PUT', path: '/v1/api/phone/retrieve', headers: json, body: { phone: '<phone>' } },
    credential: 'none',
    response: success,
  },
  {
    title: 'a phone without a user is sent no code to recover',
    source: 'ours',
    request: { method: 'PUT', path: '/v1/api/phone/retrieve', headers: json, body: { phone: '<new phone>' } },
    credential: 'none',
    response: refused('phone error'),
  },
  {
    title: 'a password is recovered by phone',
    source: 'documented',
    given: 'a code to recover was sent to the phone',
    arrange: { code: { purpose: 'recover', to: 'phone' } },
    request: {
      method: 'POST',
      path: '/v1/api/phone/retrieve',
      headers: json,
      body: { phone: '<phone>', code: '<sent code>', password: 'Another_123' },
    },
    credential: 'none',
    response: success,
  },
  {
    title: 'a code to recover is mailed',
    source: 'documented',
    request: {
      method: 'PUT',
      path: '/v1/api/user/passwordcode/email',
      headers: json,
      body: { email: '<email>' },
    },
    credential: 'none',
    response: success,
  },
  {
    title: 'an address without a user is mailed no code to recover',
    source: 'ours',
    request: {
      method: 'PUT',
      path: '/v1/api/user/passwordcode/email',
      headers: json,
      body: { email: '<new email>' },
    },
    credential: 'none',
    response: refused('email error'),
  },
  {
    title: 'a password is recovered by mail',
    source: 'documented',
    given: 'a code to recover was mailed to the address',
    arrange: { code: { purpose: 'recover', to: 'email' } },
    request: {
      method: 'PUT',
      path: '/v1/api/user/email/reset/password',
      headers: json,
      body: { email: '<email>', code: '<sent code>', password: 'Another_123' },
    },
    credential: 'none',
    response: success,
  },
];
