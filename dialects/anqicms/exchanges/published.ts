import type { Arrangement, Exchange } from '../../../src/contract';
import { exchange, failure, found, get, mustSignIn, post, saved, signedIn, type Facts } from './answers';

const path = '/api/user/detail';

/** The user of the published example, as far as it was not this wire that chose the values. */
const publishedUser: Arrangement = {
  own: {
    username: 'admin',
    bio: '这是介绍',
    avatar: 'uploads/202211/21/14f56760596b5328.webp',
    email: null,
    phone: null,
    createdAt: new Date(1669012062_000),
    updatedAt: new Date(1679536756_000),
    lastSignInAt: new Date(1702912236_000),
  },
  extension: { group_id: 2, invite_code: 'anqicms', expire_time: 1997404800 },
};

const facts: Facts = { kind: 'success', source: 'documented', given: signedIn, credential: 'own' };
const anonymous: Facts = { kind: 'no_credential', source: 'documented' };
const uploaded = {
  status: 200,
  body: { code: 0, data: { avatar_url: '<avatar_url>' }, msg: '上传成功' },
};

const upload = { method: 'POST', path: '/api/user/avatar', body: { file: '<image>' } } as const;

/** The examples of the vendor's own pages for the three calls about a user. */
export const published: readonly Exchange[] = [
  get(
    'get user details',
    path,
    { userId: '<id>' },
    found({
      id: '<id>',
      created_time: 1669012062,
      updated_time: 1679536756,
      parent_id: 0,
      user_name: 'admin',
      url_token: 'admin',
      real_name: '',
      first_name: '',
      last_name: '',
      birthday: 0,
      avatar_url: 'uploads/202211/21/14f56760596b5328.webp',
      introduce: '这是介绍',
      email: '',
      email_verified: false,
      phone: '',
      group_id: 2,
      google_id: '',
      reset_password: false,
      status: 1,
      is_retailer: 0,
      balance: 0,
      total_reward: 0,
      invite_code: 'anqicms',
      last_login: 1702912236,
      expire_time: 1997404800,
      extra: null,
      token: '',
      group: null,
      full_avatar_url: '<full_avatar_url>',
      link: '<link>',
    }),
    { ...facts, given: 'the user of the published example has signed in', arrange: publishedUser },
  ),
  post(
    'update user name and real name',
    path,
    { user_name: 'new_username', real_name: '张三' },
    saved,
    facts,
  ),
  post('update e-mail and phone', path, { email: 'li.si@example.com', phone: '13800138000' }, saved, facts),
  post('update the introduction', path, { introduce: '这是一段新的个人介绍' }, saved, facts),
  post(
    'update several fields at once',
    path,
    {
      user_name: 'updated_user',
      real_name: '李四',
      email: 'li.si@example.com',
      phone: '13900139000',
      introduce: '更新后的个人介绍',
    },
    saved,
    facts,
  ),
  post(
    'a user name that is taken',
    path,
    { user_name: 'new_username', real_name: '张三' },
    failure('用户名已存在'),
    {
      ...facts,
      kind: 'error',
      given: 'a user who has signed in, and another user named new_username',
      arrange: { other: 'new_username' },
    },
  ),
  exchange('update the avatar', upload, uploaded, facts),
  get('reading details without signing in', path, {}, mustSignIn, anonymous),
  post('updating without signing in', path, { introduce: 'x' }, mustSignIn, anonymous),
  exchange('uploading without signing in', upload, mustSignIn, anonymous),
];
