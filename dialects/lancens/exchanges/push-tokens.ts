import type { Exchange } from '../../../src/contract';
import { created, json, refused, success } from './answers';

/** What is shown of a phone that was bound with nothing but what is required. */
const bound = {
  push_token: 'abc',
  language: 'en',
  dev: 0,
  bundleid: 'com.lancens.wxdoorbell',
  os: '',
  os_token: '',
  push_platform: '',
};

/** The calls about one kind of binding; `kind` is that of its records. */
export function pushTokens(path: string, kind: string): readonly Exchange[] {
  const given = 'a phone is bound with the push token `abc` and nothing but what is required';
  const arrange = { records: [{ kind, data: { ...bound, phone_model: '' } }] };
  return [
    {
      title: `POST ${path} binds a phone`,
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
      title: `GET ${path} shows the bound phone`,
      source: 'documented',
      given,
      arrange,
      request: { method: 'GET', path, headers: json },
      credential: 'own',
      response: { status: 200, body: { id: '<id>', ...bound } },
    },
    {
      title: `PUT ${path}/<id> changes the bound phone`,
      source: 'documented',
      given,
      arrange,
      request: {
        method: 'PUT',
        path: `${path}/<id>`,
        headers: json,
        body: { push_token: 'def', language: 'zh' },
      },
      credential: 'own',
      response: success,
    },
    {
      title: `DELETE ${path}/<id> forgets the bound phone`,
      source: 'documented',
      given,
      arrange,
      request: { method: 'DELETE', path: `${path}/<id>`, headers: json },
      credential: 'own',
      response: success,
    },
    {
      title: `DELETE ${path} forgets every bound phone`,
      source: 'documented',
      given,
      arrange,
      request: { method: 'DELETE', path, headers: json },
      credential: 'own',
      response: success,
    },
    {
      title: `GET ${path} has no phone to show`,
      source: 'ours',
      request: { method: 'GET', path, headers: json },
      credential: 'own',
      response: refused('no data error'),
    },
    {
      title: `PUT ${path}/<id> has no phone to change`,
      source: 'ours',
      request: {
        method: 'PUT',
        path: `${path}/<id>`,
        headers: json,
        body: { push_token: 'def', language: 'zh' },
      },
      credential: 'own',
      response: refused('no data error'),
    },
    {
      title: `PUT ${path}/1 is somebody else's`,
      source: 'ours',
      request: {
        method: 'PUT',
        path: `${path}/1`,
        headers: json,
        body: { push_token: 'def', language: 'zh' },
      },
      credential: 'own',
      response: refused('no data error'),
    },
  ];
}
