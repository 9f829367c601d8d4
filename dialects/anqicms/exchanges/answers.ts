import type { Answer, Arrangement, Exchange, ExchangeKind, ExchangeSource } from '../../../src/contract';

/** What the exchanges of this wire have in common. */
export const json = { 'Content-Type': 'application/json' };

export function failure(msg: string, code = -1, status = 200): Answer {
  return { status, body: { code, msg } };
}

/** A success that has no data. */
export function done(msg: string): Answer {
  return { status: 200, body: { code: 0, msg } };
}

export function found(data: unknown): Answer {
  return { status: 200, body: { code: 0, data, msg: '' } };
}

export const signedIn = 'a user who has signed in';
export const mustSignIn = failure('该操作需要登录，请登录后重试', 1001);
export const saved = done('保存成功');
export const passwordChanged = done('密码修改成功');
export const mailSent = done('请验证您的邮箱');
export const badParameter = failure('参数错误');
export const unknownUser = failure('用户不存在');
export const loginFailed = failure('登录失败');
export const tooLong = failure('bcrypt: password length exceeds 72 bytes');
/** The same answer with a cookie. */
export function withCookie(answer: Answer, cookie: string): Answer {
  return { ...answer, headers: { 'set-cookie': cookie } };
}

/** The text of the end of a session. */
export const signedOut = '已退出登录';

/** Who the exchanges about signing in are about. */
export const zhangsan: Arrangement = {
  own: {
    username: 'zhangsan',
    realName: '张三',
    email: 'zhang.san@example.com',
    phone: '+8613800138000',
    password: '12345678',
  },
};

/** The members of a user of whom nothing is known but the time, as signing up shows them. */
export const newcomer = {
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

/** What an exchange is besides its call and its answer. */
export interface Facts {
  kind: ExchangeKind;
  /** Default: `server`. */
  source?: ExchangeSource;
  given?: string;
  arrange?: Arrangement;
  credential?: Exchange['credential'];
  headers?: Readonly<Record<string, string>>;
}

/** What stands for something of a user, as `<email>` does. */
const ofUser = /<(?!image>)[a-z ]+>/;

/** A call that speaks of no user and has nobody's token needs nobody to be there. */
function needsNobody(request: Exchange['request'], credential: Exchange['credential']): boolean {
  return credential === 'none' && !ofUser.test(JSON.stringify(request));
}

export function exchange(
  title: string,
  request: Exchange['request'],
  response: Answer,
  facts: Omit<Facts, 'headers'>,
): Exchange {
  const { kind, source = 'server', given, credential = 'none' } = facts;
  const arrange = facts.arrange ?? (needsNobody(request, credential) ? { nobody: true } : undefined);
  return {
    title,
    source,
    kind,
    ...(given !== undefined && { given }),
    ...(arrange !== undefined && { arrange }),
    request,
    credential,
    response,
  };
}

/** A call with a JSON body; a text is sent as it stands. */
export function post(title: string, path: string, body: unknown, response: Answer, facts: Facts): Exchange {
  const headers = { ...json, ...facts.headers };
  return exchange(title, { method: 'POST', path, headers, body }, response, facts);
}

export function get(
  title: string,
  path: string,
  query: Readonly<Record<string, string>>,
  response: Answer,
  facts: Facts,
): Exchange {
  const { headers } = facts;
  return exchange(title, { method: 'GET', path, query, ...(headers && { headers }) }, response, facts);
}
