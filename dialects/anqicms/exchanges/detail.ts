import type { Exchange } from '../../../src/contract';
import { failure, found, get, newcomer, signedIn, unknownUser, type Facts } from './answers';

const path = '/api/user/detail';
/** Slugs come of the user name, which is therefore no placeholder. */
const own = { username: 'wang_wu' };
const facts: Facts = { kind: 'success', given: signedIn, arrange: { own }, credential: 'own' };

const self = {
  ...newcomer,
  user_name: 'wang_wu',
  url_token: 'wang-wu',
  real_name: '',
  email: '<email>',
  phone: '<phone>',
  token: '',
  link: '<link>',
};

/** The other user: without a contact, and not the first. */
const lisi = {
  ...self,
  id: '<other_id>',
  user_name: 'lisi',
  url_token: 'lisi',
  email: '',
  phone: '',
};

const administrator: Facts = {
  ...facts,
  given: 'an administrator who has signed in',
  arrange: { own: { ...own, role: 'admin' }, other: 'lisi' },
};

/** Details of users (reference 4.8), beyond the published ones. */
export const details: readonly Exchange[] = [
  get('details without an id are the caller’s', path, {}, found(self), { ...facts, source: 'client' }),
  get('details of one’s own id', path, { userId: '<id>' }, found(self), facts),
  ...(
    [
      ['a word', 'abc', 'wrong_type'],
      ['a fraction', '1.5', 'wrong_type'],
      ['a negative number', '-1', 'wrong_type'],
      ['a list', '1,2', 'wrong_type'],
      ['an empty text', '', 'boundary'],
      ['zero', '0', 'boundary'],
    ] as const
  ).map(([what, userId, kind]) =>
    get(`an id that is ${what} asks for the caller`, path, { userId }, found(self), {
      ...facts,
      kind,
      source: 'ours',
    }),
  ),
  get(
    'a user from another door has a slug of the user name, the default group and no inviter',
    path,
    {},
    found({ ...self, user_name: '张三 Zhang', url_token: 'zhang-san-zhang' }),
    { ...facts, source: 'ours', arrange: { own: { username: '张三 Zhang' } } },
  ),
  get(
    'what only this vendor knows about a user is shown as it was kept',
    path,
    {},
    found({
      ...self,
      parent_id: 7,
      url_token: 'kept',
      group_id: 3,
      google_id: 'g-1',
      is_retailer: 1,
      balance: 9007199254740991,
      total_reward: 5,
      invite_code: 'kept7',
      expire_time: 1997404800,
    }),
    {
      ...facts,
      arrange: {
        own,
        extension: {
          parent_id: 7,
          url_token: 'kept',
          group_id: 3,
          google_id: 'g-1',
          is_retailer: 1,
          balance: 9007199254740991,
          total_reward: 5,
          invite_code: 'kept7',
          expire_time: 1997404800,
        },
      },
    },
  ),
  get(
    'an avatar elsewhere is shown as it is in both members',
    path,
    {},
    found({
      ...self,
      avatar_url: 'https://cdn.example.com/a.png',
      full_avatar_url: 'https://cdn.example.com/a.png',
    }),
    { ...facts, arrange: { own: { ...own, avatar: 'https://cdn.example.com/a.png' } } },
  ),
  get('a user without contacts has empty ones', path, {}, found({ ...self, email: '', phone: '' }), {
    ...facts,
    arrange: { own: { ...own, email: null, phone: null } },
  }),
  get('a number of another country is shown in E.164', path, {}, found({ ...self, phone: '+14155552671' }), {
    ...facts,
    source: 'ours',
    arrange: { own: { ...own, phone: '+14155552671' } },
  }),
  get('an administrator reads another user’s details', path, { userId: '<other>' }, found(lisi), {
    ...administrator,
    source: 'documented',
  }),
  get('an administrator asks for a user who is not there', path, { userId: '2147483647' }, unknownUser, {
    ...administrator,
    kind: 'error',
    source: 'ours',
  }),
  get('an id beyond every number is nobody’s', path, { userId: '99999999999999999999' }, unknownUser, {
    ...administrator,
    kind: 'boundary',
    source: 'ours',
  }),
  get('the details of somebody else', path, { userId: '<other>' }, failure('未授权', 1002), {
    ...facts,
    kind: 'error',
    source: 'ours',
    arrange: { other: 'lisi' },
  }),
  get(
    'the details of nobody are not told apart from somebody else’s',
    path,
    { userId: '2147483647' },
    failure('未授权', 1002),
    {
      ...facts,
      kind: 'error',
      source: 'ours',
    },
  ),
];
