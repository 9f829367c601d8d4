import type { Exchange } from '../../../src/contract';
import { failure, found, get, signedIn, type Facts } from './answers';

const path = '/api/user/group/detail';
const facts: Facts = { kind: 'success', given: signedIn, credential: 'own' };

const ordinary = {
  id: 1,
  created_time: '<group_time>',
  updated_time: '<group_time>',
  title: '普通用户',
  description: '',
  level: 0,
  status: 1,
  price: 0,
  setting: {
    share_reward: 0,
    parent_reward: 0,
    discount: 0,
    expire_day: 0,
    content_no_verify: false,
    content_no_captcha: false,
  },
  favorable_price: 0,
};
const intermediate = { ...ordinary, id: 2, title: '中级用户', level: 1 };
const advanced = { ...ordinary, id: 3, title: '高级用户', level: 2 };
const unknown = failure('record not found');

/** The groups that a site starts with (reference 4.12, 5.4). */
export const groups: readonly Exchange[] = [
  get('the groups, by level', '/api/user/groups', {}, found([ordinary, intermediate, advanced]), facts),
  ...[ordinary, intermediate, advanced].map((group) =>
    get(`the group ${String(group.id)}`, path, { id: String(group.id) }, found(group), facts),
  ),
  get('a group that is not there', path, { id: '99' }, unknown, { ...facts, kind: 'error' }),
  get('an unknown group is told in no language', path, { id: '99' }, unknown, {
    ...facts,
    kind: 'error',
    headers: { 'Accept-Language': 'zh-TW' },
  }),
  ...(
    [
      ['a word', { id: 'abc' }, 'wrong_type'],
      ['a fraction', { id: '1.5' }, 'wrong_type'],
      ['a negative number', { id: '-1' }, 'wrong_type'],
      ['zero', { id: '0' }, 'boundary'],
      ['the number behind the last', { id: '4' }, 'boundary'],
      ['beyond every number', { id: '99999999999999999999' }, 'boundary'],
      ['empty', { id: '' }, 'boundary'],
      ['not sent', {}, 'boundary'],
    ] as const
  ).map(([what, query, kind]) =>
    get(`no group has an id that is ${what}`, path, query, unknown, { ...facts, kind }),
  ),
];
