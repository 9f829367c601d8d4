import type { Arrangement, Exchange } from '../../../src/contract';
import { badParameter, failure, found, mailSent, newcomer, post, type Facts } from './answers';
import {
  badPhone,
  email,
  fresh,
  noContact,
  password,
  path,
  person,
  phone,
  refuses,
  registers,
} from './newcomers';

const nameTaken = failure('该用户名已被注册');
const phoneTaken = failure('该手机号已被注册');
const badEmail = failure('邮箱不正确');
const emailTaken = failure('该邮箱已被注册');

const successes: readonly Exchange[] = [
  post('registering signs in', path, person, found(newcomer), fresh),
  registers('with an address alone', { phone: undefined }, { phone: '' }),
  registers('with an address and an empty phone number', { phone: '' }, { phone: '' }),
  registers('with a phone number alone', { email: undefined }, { email: '' }),
  registers('with a phone number and an address of white space', { email: ' ' }, { email: '' }),
  registers('with a phone number in E.164', { phone: '+8613800138000' }, {}),
  registers('with an inviter', { invite_id: 1000 }, { parent_id: 1000 }),
  registers(
    'with an avatar elsewhere',
    { avatar_url: 'https://cdn.example.com/a.png' },
    {
      avatar_url: 'https://cdn.example.com/a.png',
    },
  ),
  registers('with an avatar of the site', { avatar_url: '/uploads/a.png' }, { avatar_url: 'uploads/a.png' }),
  registers('with a first and a last name, which it ignores', { first_name: 'San', last_name: 'Zhang' }, {}),
  registers('with a code and a captcha, which it ignores', { code: '1', captcha: 'x', captcha_id: 'y' }, {}),
  registers(
    'with a Chinese user name, whose slug is in pinyin',
    { user_name: '张三' },
    {
      user_name: '张三',
      url_token: 'zhang-san',
    },
  ),
  registers(
    'with a user name of two words',
    { user_name: 'Zhang San' },
    {
      user_name: 'Zhang San',
      url_token: 'zhang-san',
    },
  ),
  registers(
    'with white space around everything that is trimmed',
    {
      user_name: '\u3000zhangsan ',
      password: ' 12345678\n',
      email: ` ${email}\u0085`,
      phone: `\t${phone}`,
    },
    {},
  ),
  registers(
    'with white space around the real name, which is kept',
    { real_name: ' 张三 ' },
    { real_name: ' 张三 ' },
  ),
  registers(
    'with a number of another country',
    { phone: '+14155552671' },
    { phone: '+14155552671' },
    {
      ...fresh,
      source: 'ours',
    },
  ),
  registers(
    'with an invite cookie, which beats the member',
    { invite_id: 1000 },
    { parent_id: 7 },
    {
      ...fresh,
      headers: { Cookie: 'invite=7' },
    },
  ),
  registers(
    'with an invite cookie that holds a code and is read as a number',
    { invite_id: 1000 },
    {},
    {
      ...fresh,
      headers: { Cookie: 'invite=1dzil93' },
    },
  ),
];

const known: Arrangement = {
  own: { username: 'zhangsan', email },
};

const error: Facts = { kind: 'error', arrange: known };

const refusals: readonly Exchange[] = [
  refuses('a user name that is taken', {}, nameTaken, error),
  refuses('a user name that is taken in other letters', { user_name: 'ZHANGSAN' }, nameTaken, error),
  refuses('a user name that is taken in full-width letters', { user_name: 'ｚｈａｎｇｓａｎ' }, nameTaken, {
    ...error,
    source: 'ours',
  }),
  refuses('a taken user name, with a bad number', { phone: 'x', email: 'x' }, nameTaken, error),
  refuses('a taken user name, with a password of 73 bytes', { password: 'x'.repeat(73) }, nameTaken, error),
  refuses('a phone number that is taken', { user_name: 'lisi', phone: '<phone>' }, phoneTaken, error),
  refuses(
    'a taken phone number with a bad address',
    { user_name: 'lisi', phone: '<phone>', email: 'x' },
    phoneTaken,
    error,
  ),
  refuses(
    'a taken phone number with a password of 73 bytes',
    { user_name: 'lisi', phone: '<phone>', password: 'x'.repeat(73) },
    phoneTaken,
    error,
  ),
  refuses('an address that is taken', { user_name: 'lisi', email: '<email>' }, emailTaken, {
    kind: 'error',
  }),
  refuses(
    'an address that is taken in other letters',
    { user_name: 'lisi', email: 'Zhang.San@EXAMPLE.com' },
    emailTaken,
    error,
  ),
  refuses('a bad phone number before a bad address', { phone: '1380013800x', email: 'x' }, badPhone, {
    kind: 'error',
  }),
  refuses('a Chinese number that is no mobile one', { phone: '01012345678' }, badPhone, { kind: 'error' }),
  refuses('a phone number within a text', { phone: 'x 13800138000 y' }, badPhone, {
    kind: 'error',
    source: 'ours',
  }),
  refuses('an address without a dot', { email: 'a@b' }, badEmail, { kind: 'error' }),
  refuses('an address outside ASCII', { email: '张三@例子.com' }, badEmail, { kind: 'error' }),
  refuses('an address within a text', { email: 'xx a@b.c yy' }, badEmail, { kind: 'error', source: 'ours' }),
  refuses('no contact', { email: undefined, phone: undefined }, noContact, { kind: 'error' }),
  refuses('two empty contacts', { email: '', phone: ' ' }, noContact, { kind: 'boundary' }),
  refuses('a taken user name without a contact', { email: '', phone: '' }, nameTaken, error),
  refuses('a user name that reads as an address', { user_name: 'a@b.cd' }, badParameter, {
    kind: 'error',
    source: 'ours',
  }),
  refuses('a user name that reads as a phone number', { user_name: '13900139000' }, badParameter, {
    kind: 'error',
    source: 'ours',
  }),
  refuses('a user name with U+0000', { user_name: 'a\u0000b' }, badParameter, {
    kind: 'error',
    source: 'ours',
  }),
  refuses('a real name with U+0000', { real_name: 'a\u0000b' }, badParameter, {
    kind: 'error',
    source: 'ours',
  }),
  refuses('a password with U+0000', { password: 'abc\u0000def' }, badParameter, {
    kind: 'error',
    source: 'ours',
  }),
  refuses('an avatar that is a script', { avatar_url: 'javascript:alert(1)' }, badParameter, {
    kind: 'error',
    source: 'ours',
  }),
];

const verifying = { settings: { ANQICMS_SIGNUP_VERIFY: '1' } };

/** Where the site has new addresses verified. */
const verifications: readonly Exchange[] = [
  post(
    'registering where addresses are verified asks to open the mail, and signs nobody in',
    path,
    person,
    {
      status: 200,
      body: { code: 0, data: { ...newcomer, last_login: 0, token: '' }, msg: '请验证您的邮箱' },
    },
    { kind: 'success', arrange: { nobody: true, ...verifying } },
  ),
  post(
    'registering again with an unverified address of one’s own sends the mail again',
    path,
    { user_name: '<username>', password, email: '<email>' },
    mailSent,
    { kind: 'success', source: 'ours', arrange: { ...verifying } },
  ),
  post(
    'a taken user name is told where addresses are verified too',
    path,
    { user_name: '<username>', password, email: 'new.person@example.com' },
    nameTaken,
    { kind: 'error', source: 'ours', arrange: { ...verifying } },
  ),
];

/** Signing up (reference 4.2). */
export const registrations: readonly Exchange[] = [...successes, ...refusals, ...verifications];
