import type { Exchange } from '../../../src/contract';
import { created, json, refused, success } from './answers';

export const pushTokens = (path: string): readonly Exchange[] => [
  {
    title: `${path} binds a phone`,
    source: 'client',
    request: {
      method: 'POST',
      path,
      headers: json,
      body: {
        push_token: 'abc',
        language: 'zh',
        dev: 0,
        bundleid: 'com.lancens.wxdoorbell',
        os: 'Android',
        os_token: 'def',
        push_platform: 'FCM',
        phone_model: 'HUAWEI',
        os_push_version: 1,
      },
    },
    credential: 'own',
    response: created,
  },
  {
    title: `${path} shows the bound phone`,
    source: 'documented',
    given: 'a phone is bound with the push token `abc` and nothing but what is required',
    request: { method: 'GET', path, headers: json },
    credential: 'own',
    response: {
      status: 200,
      body: {
        id: '<id>',
        push_token: 'abc',
        language: 'en',
        dev: 0,
        bundleid: 'com.lancens.wxdoorbell',
        os: '',
        os_token: '',
        push_platform: '',
      },
    },
  },
  {
    title: `${path} has no phone to show`,
    source: 'ours',
    request: { method: 'GET', path, headers: json },
    credential: 'own',
    response: refused('no data error'),
  },
  {
    title: `${path} forgets the phone`,
    source: 'documented',
    request: { method: 'DELETE', path, headers: json },
    credential: 'own',
    response: success,
  },
];
