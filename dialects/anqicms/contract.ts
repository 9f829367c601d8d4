import type { Arrangement, Contract, Exchange, PlaceholderKind, Verdict } from '../../src/contract';
import { failure, further, json, mustSignIn, signedIn, signedOut } from './contract-exchanges';

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
const newUsername: Arrangement = { other: 'new_username' };

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
    arrange: { nobody: true },
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
    arrange: {
      own: {
        username: 'zhangsan',
        realName: '张三',
        email: 'zhang.san@example.com',
        phone: '+8613800138000',
        password: '12345678',
      },
    },
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
    arrange: publishedUser,
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
    {
      given: taken,
      arrange: newUsername,
      response: { status: 200, body: { code: -1, msg: '用户名已存在' } },
    },
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
    arrange: newUsername,
    request: { method: 'GET', path: '/api/user/detail', query: { userId: '<other>' } },
    credential: 'own',
    response: { status: 200, body: { code: 1002, msg: '未授权' } },
  },
  ...further,
];

const isWhole = (value: unknown, least: number): boolean => Number.isInteger(value) && Number(value) >= least;

/** An address of ours whose path, behind the public URL, is of this form. */
const below =
  (path: RegExp): PlaceholderKind =>
  (value, { publicUrl }) =>
    typeof value === 'string' && value.startsWith(publicUrl) && path.test(value.slice(publicUrl.length));

/** Whatever the status: `code` is 0 for success alone, and only a success has `data`. Three answers of the wire are empty. */
function judge(status: number, body: unknown): Verdict {
  if (body === undefined || body === '') return [204, 302, 307].includes(status) ? 'success' : 'foreign';
  // The pages are those of signing out and of links that were opened.
  if (typeof body === 'string')
    return status === 200 && body.startsWith('<!doctype html>') ? 'success' : 'foreign';
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'foreign';
  const { code, msg, ...rest } = body as Record<string, unknown>;
  if (!Number.isInteger(code) || typeof msg !== 'string') return 'foreign';
  const others = Object.keys(rest);
  // What its clients take for "signed out", where 1001 of every other call is "not signed in" (reference 4.3).
  if (code === 1001 && msg === signedOut) return others.length === 0 ? 'success' : 'foreign';
  if (code !== 0) return others.length === 0 ? 'failure' : 'foreign';
  return status === 200 && others.every((name) => name === 'data') ? 'success' : 'foreign';
}

export const contract: Contract = {
  exchanges,
  placeholders: {
    '<id>': (value, { userId }) => (userId === undefined ? isWhole(value, 1) : value === userId),
    '<time>': (value) => isWhole(value, 1) && Math.abs(Number(value) - Date.now() / 1000) < 300,
    '<group_time>': (value) => isWhole(value, 0),
    '<token>': (value) => typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value),
    '<invite_code>': (value) => typeof value === 'string' && /^[0-9a-z]{1,7}$/.test(value),
    '<full_avatar_url>': below(/^\/uploads\/202211\/21\/14f56760596b5328\.webp$/),
    '<avatar_url>': below(/^\/uploads\/.+$/),
    '<link>': below(/^\/people\/\d+\.html$/),
  },
  judge,
  // Go's decoder puts U+FFFD in the place of half a character (reference 2.5).
  reads: (text) => text.toWellFormed(),
  problems: {
    invalid_credentials: failure('登录失败'),
    user_blocked: failure('登录失败'),
    user_pending: failure('登录失败'),
    'too_many_requests sign_in': failure('登录失败'),
    access_token_rejected: mustSignIn,
    permission_denied: failure('未授权', 1002),
    user_not_found: failure('用户不存在'),
    'registerUser: contact_required': failure('邮箱和手机号至少填写一个'),
    'identifier_taken username': failure('用户名已存在'),
    'registerUser: identifier_taken username': failure('该用户名已被注册'),
    'registerUser: identifier_taken email': failure('该邮箱已被注册'),
    'registerUser: identifier_taken phone': failure('该手机号已被注册'),
    'identifier_taken email': failure('该邮箱已被注册'),
    'identifier_taken phone': failure('该手机号已被注册'),
    'invalid_field email': failure('邮箱不正确'),
    'invalid_field phone': failure('手机号不正确'),
    'invalid_field username': failure('参数错误'),
    'changePassword: wrong_password': failure('旧密码错误'),
    proof_rejected: failure('无效的令牌'),
    avatar_rejected: failure('文件保存失败'),
    'malformed_upload no_file': failure('http: no such file'),
    malformed_body: failure('unexpected EOF'),
    body_too_large: failure('http: request body too large'),
    no_such_route: failure('Not Found', -1, 404),
    storage_failed: failure('Internal Server Error', -1, 500),
    unexpected: failure('Internal Server Error', -1, 500),
  },
  switches: [
    { environment: { ANQICMS_CAPTCHA: '1' }, brings: ['createCaptcha'] },
    { environment: { ANQICMS_SIGNUP_VERIFY: '1' }, brings: ['requestCode'] },
  ],
  unsupported: {
    refreshSession: 'there is no refresh token; a token near its end is renewed by the header Update-Token',
    requestEmailChange: 'an address is changed by the update, without a code',
    changeEmail: 'an address is changed by the update, without a code',
    listPublicKeys: 'tokens are signed with a shared secret',
    createCaptcha:
      'a site asks for captchas only with ANQICMS_CAPTCHA=1, and the rest of this contract with 0',
    requestCode: 'a site sends mails only with ANQICMS_SIGNUP_VERIFY=1, and the rest of this contract with 0',
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
