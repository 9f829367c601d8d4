import type { Exchange } from '../../../src/contract';
import { json, success } from './answers';

/** The documented requests. Their page names no answer; a status of 200 with this body is our choice (reference 5.2). */
export const documentedUpdates: readonly Exchange[] = [
  {
    title: 'the nickname is updated',
    source: 'documented',
    request: { method: 'PUT', path: '/v1/api/user', headers: json, body: '{  "realm": "string"}' },
    credential: 'own',
    response: success,
  },
  {
    title: 'the user name is updated',
    source: 'documented',
    given: 'nobody else has the user name `string`',
    request: {
      method: 'PUT',
      path: '/v1/api/user/username',
      headers: json,
      body: '{  "username": "string"}',
    },
    credential: 'own',
    response: success,
  },
  {
    title: 'a code is mailed to the new address',
    source: 'documented',
    request: {
      method: 'PUT',
      path: '/v1/api/user/emailcode/email',
      headers: json,
      body: { email: '<new email>' },
    },
    credential: 'own',
    response: success,
  },
  {
    title: 'the code from the mail changes the address',
    source: 'documented',
    given: 'a code was mailed to the new address',
    request: {
      method: 'PUT',
      path: '/v1/api/user/emails',
      headers: json,
      body: { code: '<mailed code>', email: '<new email>' },
    },
    credential: 'own',
    response: success,
  },
];
