import type { Exchange } from '../../src/contract';

export const signedIn = 'a user who has signed in';
export const mustSignIn = { status: 200, body: { code: 1001, msg: '该操作需要登录，请登录后重试' } };
/** The text of the end of a session. */
export const signedOut = '已退出登录';
export const json = { 'Content-Type': 'application/json' };

export function failure(msg: string, code = -1, status = 200) {
  return { status, body: { code, msg } };
}

function post(
  title: string,
  path: string,
  body: unknown,
  response: Exchange['response'],
  more: Partial<Exchange> = {},
): Exchange {
  return {
    title,
    source: 'server',
    request: { method: 'POST', path, headers: json, body },
    credential: 'none',
    response,
    ...more,
  };
}

function get(
  title: string,
  path: string,
  query: Readonly<Record<string, string>>,
  response: Exchange['response'],
  more: Partial<Exchange> = {},
): Exchange {
  return {
    title,
    source: 'server',
    request: { method: 'GET', path, query },
    credential: 'none',
    response,
    ...more,
  };
}

const group = {
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

const groups = [
  group,
  { ...group, id: 2, title: '中级用户', level: 1 },
  { ...group, id: 3, title: '高级用户', level: 2 },
];

const zhangsan = {
  given: 'the user zhangsan of the first exchange',
  arrange: { own: { username: 'zhangsan', email: 'zhang.san@example.com', password: '12345678' } },
};
const own: Partial<Exchange> = {
  given: signedIn,
  arrange: { own: { password: '12345678' } },
  credential: 'own',
};
const done = { status: 200, body: { code: 0, msg: '密码修改成功' } };
const unknownUser = failure('用户不存在');
const badParameter = failure('参数错误');

/** The calls about passwords, mails, groups and the end of a session, at a site with the server's own settings. */
export const further: readonly Exchange[] = [
  get(
    'a site without captchas',
    '/api/captcha',
    {},
    {
      status: 200,
      body: { code: 0, data: { captcha_off: true }, msg: '' },
    },
  ),
  post(
    'a wrong password',
    '/api/login',
    { user_name: 'zhangsan', password: '87654321' },
    failure('登录失败'),
    zhangsan,
  ),
  post('no account', '/api/login', { password: '12345678' }, failure('请输入账号')),
  post(
    'a short password',
    '/api/login',
    { user_name: 'x', password: '1' },
    failure('请输入6位及以上长度的密码'),
  ),
  post(
    'asking for a mail',
    '/api/verify/email',
    { email: 'zhang.san@example.com', state: 'verify' },
    { status: 200, body: { code: 0, msg: '请验证您的邮箱' } },
    zhangsan,
  ),
  post('asking for a mail to nobody', '/api/verify/email', { email: 'nobody@example.com' }, unknownUser),
  post('asking for a mail to no address', '/api/verify/email', { email: 'a@b' }, badParameter),
  get(
    'whether somebody has an address',
    '/api/verify/email',
    { state: 'exist', email: 'zhang.san@example.com' },
    { status: 200, body: { code: 0, data: { email: 'zhang.san@example.com', id: '<id>' }, msg: '' } },
    zhangsan,
  ),
  get(
    'a link with a made-up token',
    '/api/verify/email',
    { email: 'zhang.san@example.com', token: 'd41d8cd98f00b204e9800998ecf8427e', return: 'json' },
    failure('无效的令牌'),
    zhangsan,
  ),
  get(
    'a link without a token',
    '/api/verify/email',
    { email: 'zhang.san@example.com', return: 'json' },
    badParameter,
  ),
  post(
    'resetting to a short password',
    '/api/password/reset',
    { password: '12345' },
    failure('请填写6位以上的密码'),
  ),
  post(
    'resetting with a made-up token',
    '/api/password/reset',
    { email: 'zhang.san@example.com', password: 'new password', token: 'x', code: '123456' },
    failure('无效的令牌'),
    zhangsan,
  ),
  post(
    'resetting with what a mail contained',
    '/api/password/reset',
    { email: '<email>', password: 'new password', token: '<proof token>', code: '123456' },
    done,
    { given: 'a user whose address was proven just now' },
  ),
  post(
    'resetting the password of nobody',
    '/api/password/reset',
    { email: 'nobody@example.com', password: 'new password', token: 'x', code: '123456' },
    unknownUser,
  ),
  post(
    'a new password',
    '/api/user/password',
    { old_password: '12345678', password: 'new password' },
    done,
    own,
  ),
  post(
    'a new password with a wrong old one',
    '/api/user/password',
    { old_password: '87654321', password: 'new password' },
    failure('旧密码错误'),
    own,
  ),
  post('a new password without signing in', '/api/user/password', { password: 'new password' }, mustSignIn),
  get(
    'one group',
    '/api/user/group/detail',
    { id: '1' },
    { status: 200, body: { code: 0, data: group, msg: '' } },
    own,
  ),
  get('the groups', '/api/user/groups', {}, { status: 200, body: { code: 0, data: groups, msg: '' } }, own),
  get('a group that is not there', '/api/user/group/detail', { id: '99' }, failure('record not found'), own),
  get('the groups without signing in', '/api/user/groups', {}, mustSignIn),
  get('signing out', '/logout', { return: 'json', nonce: '1' }, failure(signedOut, 1001), own),
  get('signing out without having signed in', '/logout', { return: 'json' }, failure(signedOut, 1001)),
];
