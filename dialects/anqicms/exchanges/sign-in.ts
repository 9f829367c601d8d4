import type { Exchange } from '../../../src/contract';
import { failure, found, loginFailed, newcomer, post, withCookie, zhangsan, type Facts } from './answers';

const path = '/api/login';
const password = '12345678';
const entered: Facts = { kind: 'success', arrange: zhangsan };
const welcome = withCookie(found(newcomer), '<cookie_for_a_day>');
const missing = failure('请输入账号');
const short = failure('请输入6位及以上长度的密码');
const badCaptcha = failure('图形码不正确');

/** Who signs in with what. */
const successes: readonly Exchange[] = [
  post(
    'the official mini program signs in',
    path,
    { platform: 'website', user_name: 'zhangsan', password, remember: true },
    withCookie(found(newcomer), '<cookie_for_a_month>'),
    { ...entered, source: 'client', headers: { 'X-Requested-With': 'XMLHttpRequest', Version: '1.0.0' } },
  ),
  ...(
    [
      ['by the user name alone, without a platform', { user_name: 'zhangsan' }],
      ['by the user name in other letters', { user_name: 'ZhangSan' }],
      ['by the address in the user name', { user_name: 'zhang.san@example.com' }],
      ['by the address in other letters', { email: 'Zhang.San@EXAMPLE.com' }],
      ['by the phone number in the user name', { user_name: '13800138000' }],
      ['by the phone number', { phone: '13800138000' }],
      ['by the phone number with its country code', { phone: '+8613800138000' }],
      ['by the user name in the member for addresses', { email: 'zhangsan' }],
      [
        'by the address where a phone number and a user name are sent too',
        { email: 'zhang.san@example.com', phone: '13900139000', user_name: 'nobody' },
      ],
      [
        'by the phone number where the address is empty',
        { email: '', phone: '13800138000', user_name: 'nobody' },
      ],
      ['on the platform inwechat', { platform: 'inwechat', user_name: 'zhangsan' }],
      ['on a platform that nobody knows', { platform: 'anything', user_name: 'zhangsan' }],
      ['without being remembered', { user_name: 'zhangsan', remember: false }],
      ['with a gender that is a number', { user_name: 'zhangsan', gender: 1 }],
      ['with an answer to a captcha that nobody asked for', { user_name: 'zhangsan', captcha: 'abcd' }],
      ['with an inviter, whom it ignores', { user_name: 'zhangsan', invite_id: 3 }],
      ['with members that nobody knows', { user_name: 'zhangsan', nothing: [1, { two: 3 }] }],
      ['with members in capital letters', { USER_NAME: 'zhangsan' }],
    ] as const
  ).map(([how, members]) => post(`one signs in ${how}`, path, { ...members, password }, welcome, entered)),
  post(
    'one signs in with a gender that is a text, as documented',
    path,
    { user_name: 'zhangsan', password, gender: '1' },
    welcome,
    { ...entered, source: 'documented' },
  ),
  post(
    'one signs in with JSON under another content type',
    path,
    { user_name: 'zhangsan', password },
    welcome,
    {
      ...entered,
      headers: { 'Content-Type': 'text/plain' },
    },
  ),
];

/** Platforms of third parties, as a server answers where none is set up. */
const platforms: readonly Exchange[] = (
  [
    ['tt', '登录失败'],
    ['swan', '登录失败'],
    ['alipay', '登录失败'],
    ['qq', '登录失败'],
    ['weapp', '无法获取openid'],
    ['wechat', '验证码不正确'],
    ['google', 'Google 登录已禁用'],
  ] as const
).map(([platform, msg]) =>
  post(
    `the platform ${platform} is not set up`,
    path,
    { platform, code: 'x', user_name: 'zhangsan', password },
    failure(msg),
    { kind: 'error', arrange: zhangsan },
  ),
);

const refusals: readonly Exchange[] = [
  post('a wrong password', path, { user_name: 'zhangsan', password: '87654321' }, loginFailed, {
    kind: 'error',
    arrange: zhangsan,
  }),
  post('a user name that nobody has', path, { user_name: 'nobody', password }, loginFailed, {
    kind: 'error',
    arrange: zhangsan,
  }),
  post(
    'an address with something around it',
    path,
    { email: 'x zhang.san@example.com y', password },
    loginFailed,
    {
      kind: 'error',
      source: 'ours',
      arrange: zhangsan,
    },
  ),
  post('a password in other letters', path, { user_name: 'zhangsan', password: 'SECRET_123' }, loginFailed, {
    kind: 'error',
    arrange: { own: { username: 'zhangsan', password: 'secret_123' } },
  }),
  post('the right password of a blocked user', path, { user_name: 'zhangsan', password }, loginFailed, {
    kind: 'error',
    source: 'ours',
    arrange: { own: { ...zhangsan.own, status: 'blocked' } },
  }),
  post('the right password after ten wrong ones', path, { user_name: 'zhangsan', password }, loginFailed, {
    kind: 'error',
    source: 'ours',
    arrange: { ...zhangsan, failures: 10 },
  }),
];

const boundaries: readonly Exchange[] = [
  ...(
    [
      ['no members at all', {}],
      ['a body that is null', null],
      ['no account', { password }],
      ['an account that is null', { user_name: null, password }],
      ['an empty account', { user_name: '', email: '', phone: '', password }],
      ['an account of white space', { user_name: ' \u3000\u0085', password }],
      ['an address of white space before a user name', { email: ' ', user_name: 'zhangsan', password }],
    ] as const
  ).map(([what, body]) => post(`signing in with ${what}`, path, body, missing, { kind: 'boundary' })),
  ...(
    [
      ['without a password', { user_name: 'zhangsan' }],
      ['with an empty password', { user_name: 'zhangsan', password: '' }],
      ['with a password of five bytes', { user_name: 'zhangsan', password: '12345' }],
      ['with a password of five bytes and white space', { user_name: 'zhangsan', password: ' 12345 ' }],
      ['with a password of two characters and five bytes', { user_name: 'zhangsan', password: '密12' }],
    ] as const
  ).map(([how, body]) => post(`signing in ${how}`, path, body, short, { kind: 'boundary' })),
  ...(
    [
      ['of six bytes', '123456', '123456'],
      ['of two characters and six bytes', '密码', '密码'],
      ['of 72 bytes', 'x'.repeat(72), 'x'.repeat(72)],
      ['with white space around it', password, '\u3000 12345678\u0085\n'],
    ] as const
  ).map(([what, own, sent]) =>
    post(`one signs in with a password ${what}`, path, { user_name: 'zhangsan', password: sent }, welcome, {
      kind: 'boundary',
      arrange: { own: { ...zhangsan.own, password: own } },
    }),
  ),
  ...(
    [
      ['of 73 bytes', { user_name: 'zhangsan', password: 'x'.repeat(73) }],
      ['after a sign that Go does not trim', { user_name: 'zhangsan', password: '\ufeff12345678' }],
    ] as const
  ).map(([what, body]) =>
    post(`nobody signs in with a password ${what}`, path, body, loginFailed, {
      kind: 'boundary',
      arrange: zhangsan,
    }),
  ),
  post(
    'one signs in with white space around the user name',
    path,
    { user_name: ' zhangsan\t', password },
    welcome,
    {
      ...entered,
      kind: 'boundary',
    },
  ),
  post('a user name far longer than any', path, { user_name: 'x'.repeat(300), password }, loginFailed, {
    kind: 'boundary',
    source: 'ours',
    arrange: zhangsan,
  }),
  post('a user name with a sign that no name holds', path, { user_name: 'a\u0000b', password }, loginFailed, {
    kind: 'boundary',
    source: 'ours',
  }),
];

const asking = { settings: { ANQICMS_CAPTCHA: '1' } };

/** Where the site asks for captchas. */
const captchas: readonly Exchange[] = [
  ...(
    [
      ['as it is shown', '<captcha text>'],
      ['in capital letters', 'AB12'],
    ] as const
  ).map(([how, captcha]) =>
    post(
      `one signs in with the text of the picture ${how}`,
      path,
      { user_name: 'zhangsan', password, captcha_id: '<captcha>', captcha },
      welcome,
      { kind: 'success', arrange: { ...zhangsan, ...asking, captcha: 'drawn' } },
    ),
  ),
  ...(
    [
      ['no picture', {}, 'error'],
      ['an empty picture', { captcha_id: '', captcha: '<captcha text>' }, 'boundary'],
      ['an empty text', { captcha_id: '<captcha>', captcha: '' }, 'boundary'],
      ['a wrong text', { captcha_id: '<captcha>', captcha: 'zzzz' }, 'error'],
      ['a picture that was never drawn', { captcha_id: 'A'.repeat(20), captcha: 'ab12' }, 'error'],
    ] as const
  ).map(([what, members, kind]) =>
    post(`signing in with ${what}`, path, { user_name: 'zhangsan', password, ...members }, badCaptcha, {
      kind,
      arrange: { ...zhangsan, ...asking, captcha: 'drawn' },
    }),
  ),
  post('the captcha is asked for before the account', path, {}, badCaptcha, {
    kind: 'error',
    arrange: { nobody: true, ...asking },
  }),
  post(
    'the account is asked for once the captcha is right',
    path,
    { captcha_id: '<captcha>', captcha: '<captcha text>' },
    missing,
    { kind: 'boundary', arrange: { nobody: true, captcha: 'drawn', ...asking } },
  ),
  post(
    'a captcha is good for ten minutes',
    path,
    { user_name: 'zhangsan', password, captcha_id: '<captcha>', captcha: '<captcha text>' },
    badCaptcha,
    { kind: 'boundary', arrange: { ...zhangsan, ...asking, captcha: 'drawn', elapsed: 601 } },
  ),
];

/** Signing in (reference 4.1). */
export const signIns: readonly Exchange[] = [
  ...successes,
  ...platforms,
  ...refusals,
  ...boundaries,
  ...captchas,
];
