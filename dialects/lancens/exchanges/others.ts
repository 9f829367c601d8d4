import type { Exchange } from '../../../src/contract';
import { json, refused } from './answers';

export const others: readonly Exchange[] = [
  {
    title: 'nobody has the name of a friend',
    source: 'ours',
    request: {
      method: 'GET',
      path: '/v1/api/selecte/share/friend',
      query: { name: 'nobody_here' },
      headers: json,
    },
    credential: 'own',
    response: refused('no data error'),
  },
  {
    title: 'a friend is found by name, and nothing more is told',
    source: 'documented',
    given: 'somebody else has this name and has signed in through this wire',
    arrange: { other: 'taken_name' },
    request: {
      method: 'GET',
      path: '/v1/api/selecte/share/friend',
      query: { name: '<taken username>' },
      headers: json,
    },
    credential: 'own',
    response: {
      status: 200,
      body: { suid: '<other id>', friendname: '<taken username>', phone: '', mail: '', realm: '' },
    },
  },
  {
    title: 'a friend is somebody else',
    source: 'documented',
    request: {
      method: 'GET',
      path: '/v1/api/selecte/share/friend',
      query: { name: '<username>' },
      headers: json,
    },
    credential: 'own',
    response: refused('use myself'),
  },
  {
    title: 'nobody signs in through WeChat',
    source: 'ours',
    request: {
      method: 'POST',
      path: '/v1/api/user/weixin/app/login',
      headers: json,
      body: { access_token: 'token', openid: 'oabcdefghijklmnopqrstuvwxyz0' },
    },
    credential: 'none',
    response: refused('no data error'),
  },
  {
    title: 'nobody signs in through Facebook',
    source: 'ours',
    request: {
      method: 'POST',
      path: '/v1/api/user/facebook/app/login',
      headers: json,
      body: { access_token: 'token' },
    },
    credential: 'none',
    response: refused('no data error'),
  },
];
