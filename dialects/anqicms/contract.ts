import type { Contract, Exchange } from '../../src/contract';

/**
 * What stands here for values that the vendor's pages obfuscate, or that belong to the vendor's own site. Written by
 * hand; left the published value, right what is sent or expected instead.
 */
export const substitutions: Readonly<Record<string, string>> = {
  // The page hides every address from robots.
  '[email protected]': 'li.si@example.com',
  // Absolute URLs start with the public URL of the gateway.
  'http://127.0.0.1:8001/uploads/202211/21/14f56760596b5328.webp': '<full_avatar_url>',
  'https://en.anqicms.com/uploads/user/1.webp': '<avatar_url>',
  '<二进制图片数据>': '<image>',
  // Documented as the address of the personal page, and empty in the example (reference section 3, row 9).
  'link: ""': '<link>',
};

const signedIn = 'a user who has signed in';
const documented = 'the user 1000 of the published example has signed in';
const taken = 'a user who has signed in, and another user named new_username';

const saved = { status: 200, body: { code: 0, msg: '保存成功' } };
const mustSignIn = { status: 200, body: { code: 1001, msg: '该操作需要登录，请登录后重试' } };
const json = { 'Content-Type': 'application/json' };

function update(title: string, body: unknown, more: Partial<Exchange> = {}): Exchange {
  return {
    title,
    source: 'documented',
    given: signedIn,
    request: { method: 'POST', path: '/api/user/detail', headers: json, body },
    credential: 'own',
    response: saved,
    ...more,
  };
}

/** The members of a new user that signing up and in both show; written out once. */
const newcomer = {
  id: '<id>',
  created_time: '<time>',
  updated_time: '<time>',
  parent_id: 0,
  user_name: 'zhangsan',
  url_token: 'zhangsan',
  real_name: '张三',
  first_name: '',
  last_name: '',
  birthday: 0,
  avatar_url: '',
  introduce: '',
  email: 'zhang.san@example.com',
  email_verified: false,
  phone: '13800138000',
  group_id: 1,
  google_id: '',
  reset_password: false,
  status: 1,
  is_retailer: 0,
  balance: 0,
  total_reward: 0,
  invite_code: '<invite_code>',
  last_login: '<time>',
  expire_time: 0,
  extra: null,
  token: '<token>',
  group: null,
  full_avatar_url: '',
  link: '',
};

function failure(msg: string, code = -1, status = 200) {
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

const zhangsan = 'the user zhangsan of the first exchange';
const own: Partial<Exchange> = { given: signedIn, credential: 'own' };
const done = { status: 200, body: { code: 0, msg: '密码修改成功' } };
const unknownUser = failure('用户不存在');
const badParameter = failure('参数错误');

/** The calls about passwords, mails, groups and the end of a session, at a site with the server's own settings. */
const further: readonly Exchange[] = [
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
    { given: zhangsan },
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
    { given: zhangsan },
  ),
  post('asking for a mail to nobody', '/api/verify/email', { email: 'nobody@example.com' }, unknownUser),
  post('asking for a mail to no address', '/api/verify/email', { email: 'a@b' }, badParameter),
  get(
    'whether somebody has an address',
    '/api/verify/email',
    { state: 'exist', email: 'zhang.san@example.com' },
    { status: 200, body: { code: 0, data: { email: 'zhang.san@example.com', id: '<id>' }, msg: '' } },
    { given: zhangsan },
  ),
  get(
    'a link with a made-up token',
    '/api/verify/email',
    { email: 'zhang.san@example.com', token: 'd41d8cd98f00b204e9800998ecf8427e', return: 'json' },
    failure('无效的令牌'),
    { given: zhangsan },
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
    { given: zhangsan },
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
  get('a group that is not there', '/api/user/group/detail', { id: '99' }, failure('record not found'), own),
  get('the groups without signing in', '/api/user/groups', {}, mustSignIn),
  get('signing out', '/logout', { return: 'json', nonce: '1' }, failure('已退出登录', 1001), own),
  get('signing out without having signed in', '/logout', { return: 'json' }, failure('已退出登录', 1001)),
];

const exchanges: readonly Exchange[] = [
  {
    title: 'registering signs in',
    source: 'server',
    request: {
      method: 'POST',
      path: '/api/register',
      headers: json,
      body: {
        user_name: 'zhangsan',
        password: '12345678',
        real_name: '张三',
        email: 'zhang.san@example.com',
        phone: '13800138000',
      },
    },
    credential: 'none',
    response: { status: 200, body: { code: 0, data: newcomer, msg: '' } },
  },
  {
    title: 'the official mini program signs in',
    source: 'client',
    given: 'the user zhangsan of the first exchange',
    request: {
      method: 'POST',
      path: '/api/login',
      headers: { ...json, 'X-Requested-With': 'XMLHttpRequest', Version: '1.0.0' },
      body: { platform: 'website', user_name: 'zhangsan', password: '12345678', remember: true },
    },
    credential: 'none',
    response: { status: 200, body: { code: 0, data: newcomer, msg: '' } },
  },
  {
    title: 'get user details',
    source: 'documented',
    given: documented,
    request: { method: 'GET', path: '/api/user/detail', query: { userId: '1000' } },
    credential: 'own',
    response: {
      status: 200,
      body: {
        code: 0,
        data: {
          id: 1000,
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
        },
        msg: '',
      },
    },
  },
  update('update user name and real name', { user_name: 'new_username', real_name: '张三' }),
  update('update e-mail and phone', { email: 'li.si@example.com', phone: '13800138000' }),
  update('update the introduction', { introduce: '这是一段新的个人介绍' }),
  update('update several fields at once', {
    user_name: 'updated_user',
    real_name: '李四',
    email: 'li.si@example.com',
    phone: '13900139000',
    introduce: '更新后的个人介绍',
  }),
  update(
    'a user name that is taken',
    { user_name: 'new_username', real_name: '张三' },
    { given: taken, response: { status: 200, body: { code: -1, msg: '用户名已存在' } } },
  ),
  {
    title: 'update the avatar',
    source: 'documented',
    given: signedIn,
    request: { method: 'POST', path: '/api/user/avatar', body: { file: '<image>' } },
    credential: 'own',
    response: { status: 200, body: { code: 0, data: { avatar_url: '<avatar_url>' }, msg: '上传成功' } },
  },
  {
    title: 'reading details without signing in',
    source: 'documented',
    request: { method: 'GET', path: '/api/user/detail' },
    credential: 'none',
    response: mustSignIn,
  },
  update(
    'updating without signing in',
    { introduce: 'x' },
    { given: '', credential: 'none', response: mustSignIn },
  ),
  {
    title: 'uploading without signing in',
    source: 'documented',
    request: { method: 'POST', path: '/api/user/avatar', body: { file: '<image>' } },
    credential: 'none',
    response: mustSignIn,
  },
  {
    title: 'the details of somebody else',
    source: 'ours',
    given: taken,
    request: { method: 'GET', path: '/api/user/detail', query: { userId: '<other>' } },
    credential: 'own',
    response: { status: 200, body: { code: 1002, msg: '未授权' } },
  },
  ...further,
];

export const contract: Contract = {
  exchanges,
  problems: {
    invalid_credentials: failure('登录失败'),
    user_blocked: failure('登录失败'),
    too_many_requests: failure('登录失败'),
    access_token_rejected: mustSignIn,
    permission_denied: failure('未授权', 1002),
    user_not_found: failure('用户不存在'),
    contact_required: failure('邮箱和手机号至少填写一个'),
    'identifier_taken email': failure('该邮箱已被注册'),
    'identifier_taken phone': failure('该手机号已被注册'),
    'invalid_field email': failure('邮箱不正确'),
    'invalid_field phone': failure('手机号不正确'),
    'invalid_field username': failure('参数错误'),
    wrong_password: failure('旧密码错误'),
    proof_rejected: failure('无效的令牌'),
    captcha_required: failure('图形码不正确'),
    captcha_rejected: failure('图形码不正确'),
    record_not_found: failure('record not found'),
    avatar_rejected: failure('文件保存失败'),
    'malformed_upload no_file': failure('http: no such file'),
    body_too_large: failure('http: request body too large'),
    no_such_route: failure('Not Found', -1, 404),
    unexpected: failure('Internal Server Error', -1, 500),
  },
  unsupported: {
    refreshSession: 'there is no refresh token; a token near its end is renewed by the header Update-Token',
    requestEmailChange: 'an address is changed by the update, without a code',
    changeEmail: 'an address is changed by the update, without a code',
    listPublicKeys: 'tokens are signed with a shared secret',
    redeemCode: 'a code travels with the token of its link and is never redeemed alone',
    signInByProof: 'only a link signs in without a password, by verifyEmailByLink',
    signInAnonymously: 'there are no anonymous users',
    signInClient: 'there are no programs among the callers',
    changeContact: 'a contact is changed by the update, without a proof',
    confirmCaller: 'nothing asks to confirm who calls',
    deleteUser: 'users cannot close their account',
    signOutEverywhere: 'a sign-out ends its own session',
    signOutDevice: 'sessions have no devices',
    listHistory: 'there is no history for users',
    checkCaptcha: 'the answer to a captcha travels with the login',
    queryUsers: 'users cannot look one another up',
    putRecord: 'groups are read only',
    updateRecord: 'groups are read only',
    removeRecords: 'groups are read only',
  },
};
