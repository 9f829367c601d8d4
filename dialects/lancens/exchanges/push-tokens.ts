import type { Exchange } from '../../../src/contract';
import { created, json, refused, success } from './answers';
import { briefly, tryMembers, type MemberValues } from './rows';
import {
  bundleid,
  dev,
  os,
  osToken,
  phoneLanguage,
  phoneModel,
  pushPlatform,
  pushToken,
} from './values-of-phones';

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

const required = { push_token: 'abc', language: 'en' };

/** Everything that a shipped app sends. */
const whole = {
  push_token: 'abc',
  language: 'zh',
  dev: 0,
  bundleid: 'com.lancens.wxdoorbell',
  os: 'Android',
  os_token: 'def',
  push_platform: 'FCM',
  phone_model: 'HUAWEI',
  os_push_version: 1,
};

const members: Readonly<Record<string, MemberValues>> = {
  push_token: pushToken,
  language: phoneLanguage,
  dev,
  bundleid,
  os,
  os_token: osToken,
  push_platform: pushPlatform,
  phone_model: phoneModel,
};

/** The calls about one kind of binding (reference 8.14); `kind` is that of its records. */
export function pushTokens(path: string, kind: string): readonly Exchange[] {
  const given = 'a phone is bound with the push token `abc` and nothing but what is required';
  const arrange = { records: [{ kind, data: { ...bound, phone_model: '' } }] };
  const change = { push_token: 'def', language: 'zh' };
  const here = (method: Exchange['request']['method'], tail = '', body?: unknown): Exchange['request'] => ({
    method,
    path: `${path}${tail}`,
    headers: json,
    ...(body !== undefined && { body }),
  });
  const own = { credential: 'own' } as const;
  const absent = { ...own, source: 'ours', kind: 'error', response: refused('no data error') } as const;
  const noId = { ...own, source: 'ours', kind: 'boundary', response: refused('id format error') } as const;
  return [
    {
      ...own,
      title: `POST ${path} binds a phone`,
      source: 'client',
      kind: 'success',
      request: here('POST', '', whole),
      response: created,
    },
    {
      ...own,
      title: `POST ${path} binds another phone in the place of the first`,
      source: 'ours',
      kind: 'success',
      given,
      arrange,
      request: here('POST', '', whole),
      response: created,
    },
    {
      ...own,
      title: `GET ${path} shows the bound phone`,
      source: 'documented',
      kind: 'success',
      given,
      arrange,
      request: here('GET'),
      response: { status: 200, body: { id: '<id>', ...bound } },
    },
    {
      ...own,
      title: `PUT ${path}/<id> changes the bound phone`,
      source: 'documented',
      kind: 'success',
      given,
      arrange,
      request: here('PUT', '/<id>', change),
      response: success,
    },
    {
      ...own,
      title: `DELETE ${path}/<id> forgets the bound phone`,
      source: 'documented',
      kind: 'success',
      given,
      arrange,
      request: here('DELETE', '/<id>'),
      response: success,
    },
    {
      ...own,
      title: `DELETE ${path} forgets every bound phone`,
      source: 'documented',
      kind: 'success',
      given,
      arrange,
      request: here('DELETE'),
      response: success,
    },
    {
      ...own,
      title: `DELETE ${path} forgets nothing where nothing is bound`,
      source: 'ours',
      kind: 'success',
      request: here('DELETE'),
      response: success,
    },
    { ...absent, title: `GET ${path} has no phone to show`, request: here('GET') },
    { ...absent, title: `PUT ${path}/<id> has no phone to change`, request: here('PUT', '/<id>', change) },
    {
      ...absent,
      title: `PUT ${path}/<other> does not change the phone of somebody else`,
      given: 'somebody else has been here',
      arrange: { other: 'taken_name' },
      request: here('PUT', '/<other>', change),
    },
    {
      ...absent,
      title: `DELETE ${path}/<other> does not forget the phone of somebody else`,
      given: 'somebody else has been here',
      arrange: { other: 'taken_name' },
      request: here('DELETE', '/<other>'),
    },
    { ...noId, title: `PUT ${path}/abc names no id`, request: here('PUT', '/abc', change) },
    { ...noId, title: `DELETE ${path}/abc names no id`, request: here('DELETE', '/abc') },
    ...tryMembers({ method: 'POST', path, ...own, good: required, success: { answer: created } }, members),
    ...tryMembers(
      {
        method: 'PUT',
        path: `${path}/<id>`,
        ...own,
        good: required,
        success: { answer: success, arrange, given },
      },
      { push_token: briefly(pushToken), language: briefly(phoneLanguage) },
    ),
  ];
}
