import type { Contract, Exchange } from '../../src/contract';
import { failure, further, json, mustSignIn, signedIn } from './contract-exchanges';

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

const documented = 'the user 1000 of the published example has signed in';
const taken = 'a user who has signed in, and another user named new_username';

const saved = { status: 200, body: { code: 0, msg: '保存成功' } };

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
