import type { Exchange } from '../../../src/contract';
import { badParameter, failure, post, tooLong, type Facts } from './answers';
import { badPhone, email, password, path, refuses, registers } from './newcomers';

const incomplete = failure('请正确填写用户名和密码');
const short = failure('请输入6位以上的密码');
const edge: Facts = { kind: 'boundary', source: 'ours', arrange: { nobody: true } };
const mings = Array<string>(20).fill('ming').join('-');

/** Both sides of each limit; lengths are counted in code points, passwords in bytes. */
export const registrationLimits: readonly Exchange[] = [
  ...(
    [
      ['no members at all', {}],
      ['null', null],
      ['no user name', { password, email }],
      ['an empty user name', { user_name: '', password, email }],
      ['a user name of white space', { user_name: '\u3000 ', password, email }],
      ['no password', { user_name: 'zhangsan', email }],
      ['a password that is null', { user_name: 'zhangsan', password: null, email }],
      ['a password of white space', { user_name: 'zhangsan', password: '       ', email }],
    ] as const
  ).map(([what, body]) => post(`registering with ${what}`, path, body, incomplete, { kind: 'boundary' })),
  refuses('a password of five bytes', { password: '12345' }, short, { kind: 'boundary' }),
  refuses('a password of five bytes and white space', { password: ' 12345 ' }, short, { kind: 'boundary' }),
  registers('with a password of six bytes', { password: '123456' }, {}, { ...edge, source: 'server' }),
  registers(
    'with a password of two characters and six bytes',
    { password: '密码' },
    {},
    {
      ...edge,
      source: 'server',
    },
  ),
  registers('with a password of 72 bytes', { password: '密'.repeat(24) }, {}, edge),
  refuses('a password of 73 bytes', { password: `x${'密'.repeat(24)}` }, tooLong, edge),
  registers(
    'with a user name of one character',
    { user_name: 'z' },
    { user_name: 'z', url_token: 'z' },
    edge,
  ),
  registers(
    'with a user name of 64 letters',
    { user_name: 'z'.repeat(64) },
    {
      user_name: 'z'.repeat(64),
      url_token: 'z'.repeat(64),
    },
    edge,
  ),
  registers(
    'with a user name of 64 Chinese characters, whose slug ends after 100',
    { user_name: '名'.repeat(64) },
    {
      user_name: '名'.repeat(64),
      url_token: mings,
    },
    edge,
  ),
  refuses('a user name of 65 characters', { user_name: 'z'.repeat(65) }, badParameter, edge),
  registers(
    'with a real name of 64 characters beyond the first plane',
    { real_name: '𠮷'.repeat(64) },
    {
      real_name: '𠮷'.repeat(64),
    },
    edge,
  ),
  refuses('a real name of 65 characters', { real_name: '名'.repeat(65) }, badParameter, edge),
  registers(
    'with an address of 100 characters',
    { email: `${'a'.repeat(88)}@example.com` },
    {
      email: `${'a'.repeat(88)}@example.com`,
    },
    edge,
  ),
  refuses('an address of 101 characters', { email: `${'a'.repeat(89)}@example.com` }, badParameter, edge),
  registers('with a phone number written in 20 characters', { phone: '+86 (138)  0013-8000' }, {}, edge),
  refuses('a phone number written in 21 characters', { phone: '+86 (138)  0013 -8000' }, badParameter, edge),
  refuses('a phone number that is a digit short', { phone: '1380013800' }, badPhone, edge),
  registers(
    'with an avatar address of 255 characters',
    { avatar_url: 'a'.repeat(255) },
    { avatar_url: 'a'.repeat(255) },
    edge,
  ),
  refuses('an avatar address of 256 characters', { avatar_url: 'a'.repeat(256) }, badParameter, edge),
  registers(
    'with the largest number of an inviter',
    { invite_id: 2147483647 },
    { parent_id: 2147483647 },
    edge,
  ),
  refuses('an inviter beyond the largest number', { invite_id: 2147483648 }, badParameter, edge),
];
