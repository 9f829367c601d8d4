import type { JsonObject, User } from '../../../src/core';
import { success } from '../../../dialects/anqicms/responses';
import { fullAvatarUrl, wireUser } from '../../../dialects/anqicms/vocabulary';
import { person, siteWith } from './support';

const own = siteWith({ ANQICMS_DEFAULT_GROUP: '3' });

function show(user: Partial<User>, extension: JsonObject | null = null, withLinks = true) {
  return wireUser({ user: person(user), extension }, own, { token: '', withLinks });
}

test('the documented example comes out, with the eight members that the document leaves out', () => {
  const shown = wireUser(
    {
      user: person({
        username: 'admin',
        realName: '',
        bio: '这是介绍',
        avatar: 'uploads/202211/21/14f56760596b5328.webp',
        email: null,
        phone: null,
        createdAt: new Date(1669012062_000),
        updatedAt: new Date(1679536756_000),
        lastSignInAt: new Date(1702912236_999),
      }),
      extension: { group_id: 2, invite_code: 'anqicms', expire_time: 1997404800 },
    },
    { ...own, publicUrl: 'http://127.0.0.1:8001' },
    { token: '', withLinks: true },
  );
  expect(Object.entries(shown)).toEqual([
    ['id', 1000],
    ['created_time', 1669012062],
    ['updated_time', 1679536756],
    ['parent_id', 0],
    ['user_name', 'admin'],
    ['url_token', 'admin'],
    ['real_name', ''],
    ['first_name', ''],
    ['last_name', ''],
    ['birthday', 0],
    ['avatar_url', 'uploads/202211/21/14f56760596b5328.webp'],
    ['introduce', '这是介绍'],
    ['email', ''],
    ['email_verified', false],
    ['phone', ''],
    ['group_id', 2],
    ['google_id', ''],
    ['reset_password', false],
    ['status', 1],
    ['is_retailer', 0],
    ['balance', 0],
    ['total_reward', 0],
    ['invite_code', 'anqicms'],
    ['last_login', 1702912236],
    ['expire_time', 1997404800],
    ['extra', null],
    ['token', ''],
    ['group', null],
    ['full_avatar_url', 'http://127.0.0.1:8001/uploads/202211/21/14f56760596b5328.webp'],
    ['link', 'http://127.0.0.1:8001/people/1000.html'],
  ]);
});

test('a user of another door has the defaults, derived from who they are now', () => {
  expect(
    show({ username: '李四', birthday: '2000-01-02', hasPassword: false, emailVerifiedAt: new Date() }),
  ).toMatchObject({
    parent_id: 0,
    url_token: 'li-si',
    birthday: 946771200,
    group_id: 3,
    google_id: '',
    reset_password: true,
    email_verified: true,
    is_retailer: 0,
    balance: 0,
    total_reward: 0,
    invite_code: '1dzil93',
    expire_time: 0,
    last_login: 0,
  });
});

test('what this vendor knows about a user is shown as it is kept', () => {
  const kept = {
    parent_id: 7,
    url_token: 'old-name',
    group_id: 2,
    google_id: 'g',
    is_retailer: 1,
    balance: -5,
    total_reward: 9,
    invite_code: 'code',
    expire_time: 8,
  };
  expect(show({}, kept)).toMatchObject(kept);
});

test.each([
  ['active', 1],
  ['pending', 0],
  ['blocked', -1],
] as const)('the status %s is %i', (status, number) => {
  expect(show({ status }).status).toBe(number);
});

test.each([
  ['+8613800138000', '13800138000'],
  ['+14155552671', '+14155552671'],
  [null, ''],
])('the number %s is shown as %j', (phone, shown) => {
  expect(show({ phone }).phone).toBe(shown);
});

test.each([
  ['', ''],
  ['uploads/user/1.webp', 'https://id.example.com/uploads/user/1.webp'],
  ['/uploads/user/1.webp', 'https://id.example.com/uploads/user/1.webp'],
  ['http://wx.example.com/132', 'http://wx.example.com/132'],
  ['//cdn.example.com/a.png', '//cdn.example.com/a.png'],
])('the avatar %j is at %j', (avatar, url) => {
  expect(fullAvatarUrl(avatar, own.publicUrl)).toBe(url);
});

test('signing in leaves the links empty', () => {
  expect(show({ avatar: 'uploads/user/1.webp' }, null, false)).toMatchObject({
    avatar_url: 'uploads/user/1.webp',
    full_avatar_url: '',
    link: '',
  });
});

test('an envelope has its members in alphabetical order, and no data where a route has none', () => {
  expect(JSON.stringify(success('ok', { a: 1 }).body)).toBe('{"code":0,"data":{"a":1},"msg":"ok"}');
  expect(JSON.stringify(success('ok').body)).toBe('{"code":0,"msg":"ok"}');
});
