import type { Exchange } from '../../../src/contract';
import {
  done,
  failure,
  get,
  loginFailed,
  passwordChanged,
  post,
  saved,
  signedIn,
  type Facts,
} from './answers';

const simplified = '该操作需要登录，请登录后重试';
const english = 'This operation requires login, please log in and try again';
const traditional = '此操作需要登錄，請登入後重試';
const japanese = 'この操作にはログインが必要です。ログインしてもう一度お試しください。';
const russian =
  'Для этой операции требуется вход в систему. Пожалуйста, войдите в систему и повторите попытку.';
const portuguese = 'Esta operação requer login, faça login e tente novamente';
const indonesian = 'Operasi ini memerlukan login, silakan login dan coba lagi';

/** Each row: the headers of a request, and in what language it is asked to sign in (reference 2.4). */
const rows: readonly (readonly [
  headers: Readonly<Record<string, string>>,
  msg: string,
  source?: Facts['source'],
])[] = [
  [{ 'Accept-Language': 'en' }, english],
  [{ 'Accept-Language': 'en-US,en;q=0.9' }, english],
  [{ 'Accept-Language': 'en-GB' }, english, 'ours'],
  [{ 'Accept-Language': 'zh' }, simplified],
  [{ 'Accept-Language': 'zh-SG' }, simplified],
  [{ 'Accept-Language': 'zh-TW' }, traditional],
  [{ 'Accept-Language': 'zh-HK' }, traditional],
  [{ 'Accept-Language': 'zh-Hant' }, traditional],
  [{ 'Accept-Language': 'ja' }, japanese],
  [{ 'Accept-Language': 'ja-JP' }, japanese],
  [{ 'Accept-Language': 'ru' }, russian],
  [{ 'Accept-Language': 'pt-BR' }, portuguese],
  [{ 'Accept-Language': 'pt' }, portuguese],
  [{ 'Accept-Language': 'pt-PT' }, simplified],
  [{ 'Accept-Language': 'id' }, indonesian],
  [{ 'Accept-Language': 'fr' }, simplified],
  [{ 'Accept-Language': 'es-ES' }, simplified],
  [{ 'Accept-Language': '*' }, simplified],
  [{ 'Accept-Language': '!' }, simplified],
  [{ 'Accept-Language': 'fr;q=0.5, ja;q=0.9' }, japanese],
  [{ Cookie: 'lang=ja' }, japanese],
  [{ Cookie: 'lang=zh-TW', 'Accept-Language': 'en' }, traditional],
  [{ Cookie: 'lang=!', 'Accept-Language': 'en' }, english],
  [{ Language: 'en' }, simplified],
];

const signIn = rows.map(([headers, msg, source = 'server']) =>
  get(`asked to sign in with ${JSON.stringify(headers)}`, '/api/user/detail', {}, failure(msg, 1001), {
    kind: 'no_credential',
    source,
    headers,
  }),
);

const inEnglish = { 'Accept-Language': 'en' };
const inTaiwan = { 'Accept-Language': 'zh-TW' };
const person = { user_name: 'zhangsan', password: '12345678', email: 'zhang.san@example.com' };
const known = { own: { username: 'zhangsan', email: 'zhang.san@example.com', phone: '+8613800138000' } };

/** Each row: a registration, and what refuses it in English and in traditional Chinese (reference 8). */
const registrations: readonly Exchange[] = (
  [
    [{}, 'Please fill in the username and password correctly', '請正確填寫使用者名稱和密碼'],
    [
      { ...person, password: '12345' },
      'Please enter a password of more than 6 digits',
      '請輸入6位以上的密碼',
    ],
    [person, 'The username has been registered', '該使用者名稱已註冊'],
    [{ ...person, user_name: 'lisi', phone: '1' }, 'Incorrect mobile phone number', '手機號碼不正確'],
    [
      { ...person, user_name: 'lisi', phone: '13800138000' },
      'The mobile phone number has been registered',
      '該手機號碼已註冊',
    ],
    [{ ...person, user_name: 'lisi', email: 'a@b' }, 'Incorrect email', '郵件信箱不正確'],
    [{ ...person, user_name: 'lisi' }, 'The email has been registered', '該信箱已註冊'],
    [
      { user_name: 'lisi', password: '12345678' },
      'Fill in at least one of the email and mobile phone number',
      '郵件信箱和手機號碼至少填寫一個',
    ],
  ] as const
).flatMap(([body, inOne, inOther]) =>
  (
    [
      [inEnglish, inOne],
      [inTaiwan, inOther],
    ] as const
  ).map(([headers, msg]) =>
    post(`registering is refused by ${msg}`, '/api/register', body, failure(msg), {
      kind: 'error',
      arrange: known,
      headers,
    }),
  ),
);

const own: Facts = { kind: 'error', given: signedIn, credential: 'own' };
const other = { other: 'lisi' };

/** Messages that follow the request, and those that do not. */
const others: readonly Exchange[] = [
  ...(
    [
      [inEnglish, 'The username has been registered'],
      [inTaiwan, '該使用者名稱已註冊'],
    ] as const
  ).map(([headers, msg]) =>
    post(
      `updating to a taken user name is refused by ${msg}`,
      '/api/user/detail',
      { user_name: 'lisi' },
      failure(msg),
      {
        ...own,
        source: 'ours',
        arrange: other,
        headers,
      },
    ),
  ),
  get(
    'the details of somebody else in English',
    '/api/user/detail',
    { userId: '<other>' },
    failure('Unauthorized', 1002),
    {
      ...own,
      source: 'ours',
      arrange: other,
      headers: inEnglish,
    },
  ),
  post('saving speaks the language of the site', '/api/user/detail', { introduce: 'x' }, saved, {
    ...own,
    kind: 'success',
    headers: inEnglish,
  }),
  post(
    'a new password speaks the language of the site',
    '/api/user/password',
    { old_password: '<password>', password: 'new password' },
    passwordChanged,
    { ...own, kind: 'success', headers: inEnglish },
  ),
  post(
    'a failed sign-in speaks the language of the site',
    '/api/login',
    { user_name: 'nobody', password: '12345678' },
    loginFailed,
    {
      kind: 'error',
      headers: inEnglish,
    },
  ),
  post(
    'the platform weapp speaks the language of the request',
    '/api/login',
    { platform: 'weapp' },
    failure('Unable to obtain openid'),
    {
      kind: 'error',
      headers: inEnglish,
    },
  ),
  post(
    'the platform google has no words but Chinese ones',
    '/api/login',
    { platform: 'google' },
    failure('Google 登录已禁用'),
    {
      kind: 'error',
      headers: inEnglish,
    },
  ),
];

const site = { settings: { ANQICMS_LANGUAGE: 'en-US' } };

/** The messages that follow the site, where its language is English. */
const englishSite: readonly Exchange[] = [
  ...(
    [
      ['/api/login', { user_name: 'nobody', password: '12345678' }, 'Login failed'],
      ['/api/login', {}, 'Please enter your account'],
      ['/api/login', { user_name: 'x' }, 'Please enter a password of 6 characters or longer'],
      ['/api/verify/email', { email: 'a@b' }, 'Invalid Parameter'],
      ['/api/verify/email', { email: 'nobody@example.com' }, 'User does not exist'],
      ['/api/password/reset', { password: '1' }, 'Please fill in a password of more than 6 digits'],
      ['/api/password/reset', { email: '<email>', password: 'new password', token: 'x' }, 'Invalid Token'],
    ] as const
  ).map(([path, body, msg]) =>
    post(`an English site refuses by ${msg}`, path, body, failure(msg), { kind: 'error', arrange: site }),
  ),
  post('an English site saves', '/api/user/detail', { introduce: 'x' }, done('Save successfully'), {
    ...own,
    kind: 'success',
    arrange: site,
  }),
  post(
    'an English site names a wrong old password',
    '/api/user/password',
    { password: '12345678' },
    failure('Old password is wrong'),
    {
      ...own,
      arrange: site,
    },
  ),
  get('an English site signs out', '/logout', { return: 'json' }, failure('Logged out', 1001), {
    ...own,
    kind: 'success',
    arrange: site,
  }),
  post(
    'an English site asks to sign in as the request asks',
    '/api/user/detail',
    {},
    failure(simplified, 1001),
    {
      kind: 'no_credential',
      arrange: site,
    },
  ),
];

/** Languages of messages (reference 2.4 and 8). */
export const languages: readonly Exchange[] = [...signIn, ...registrations, ...others, ...englishSite];
