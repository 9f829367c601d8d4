import type { Exchange } from '../../../src/contract';
import {
  badParameter,
  failure,
  loginFailed,
  mustSignIn,
  passwordChanged,
  post,
  signedIn,
  tooLong,
  unknownUser,
  type Facts,
} from './answers';

const short = failure('请填写6位以上的密码');
const wrong = failure('旧密码错误');
const invalid = failure('无效的令牌');
const old = '12345678';
const own: Facts = {
  kind: 'success',
  given: signedIn,
  arrange: { own: { password: old } },
  credential: 'own',
};

function changes(title: string, body: unknown, response: Exchange['response'], facts: Partial<Facts> = {}) {
  return post(title, '/api/user/password', body, response, { ...own, ...facts });
}

const boundary = { kind: 'boundary' } as const;
const error = { kind: 'error' } as const;

/** A new password of somebody who is signed in (reference 4.11). */
const passwordChanges: readonly Exchange[] = [
  changes('a new password', { old_password: old, password: 'new password' }, passwordChanged),
  changes('the old password again', { old_password: old, password: old }, passwordChanged),
  changes(
    'white space around both passwords',
    { old_password: ` ${old}\n`, password: '\u3000new password ' },
    passwordChanged,
    boundary,
  ),
  changes(
    'a new password with a wrong old one',
    { old_password: '87654321', password: 'new password' },
    wrong,
    error,
  ),
  changes(
    'a new password with an old one in other letters',
    { old_password: 'SECRET_123', password: 'new password' },
    wrong,
    {
      ...error,
      arrange: { own: { password: 'secret_123' } },
    },
  ),
  changes('a new password without the old one', { password: 'new password' }, wrong, boundary),
  changes(
    'a new password with an old one that is null',
    { old_password: null, password: 'new password' },
    wrong,
    boundary,
  ),
  changes(
    'a new password with an empty old one',
    { old_password: '', password: 'new password' },
    wrong,
    boundary,
  ),
  changes('a new password after ten wrong old ones', { old_password: old, password: 'new password' }, wrong, {
    ...error,
    source: 'ours',
    arrange: { own: { password: old }, failures: 10 },
  }),
  changes(
    'a short password is refused before a wrong old one',
    { old_password: 'x', password: '12345' },
    short,
    error,
  ),
  changes('no new password', { old_password: old }, short, boundary),
  changes('a change that is null', null, short, boundary),
  changes('an empty new password', { old_password: old, password: '' }, short, boundary),
  changes('a new password of white space', { old_password: old, password: '\u3000      ' }, short, boundary),
  changes('a new password of five bytes', { old_password: old, password: '12345' }, short, boundary),
  changes(
    'a new password of six bytes',
    { old_password: old, password: '123456' },
    passwordChanged,
    boundary,
  ),
  changes(
    'a new password of two characters and six bytes',
    { old_password: old, password: '密码' },
    passwordChanged,
    boundary,
  ),
  changes(
    'a new password of 72 bytes',
    { old_password: old, password: '密'.repeat(24) },
    passwordChanged,
    boundary,
  ),
  changes(
    'a new password of 73 bytes',
    { old_password: old, password: `x${'密'.repeat(24)}` },
    tooLong,
    boundary,
  ),
  changes(
    'a new password of 73 bytes with a wrong old one',
    { old_password: 'x', password: 'x'.repeat(73) },
    wrong,
    boundary,
  ),
  changes('a new password with U+0000', { old_password: old, password: 'abc\u0000def' }, badParameter, {
    ...error,
    source: 'ours',
  }),
  changes('a new password of nobody', { password: 'new password' }, mustSignIn, {
    kind: 'no_credential',
    credential: 'none',
  }),
];

const proven: Facts = { kind: 'success', given: 'a user whose address was proven just now' };
const right = { email: '<email>', password: 'new password', token: '<proof token>', code: '123456' };

function resets(title: string, body: unknown, response: Exchange['response'], facts: Partial<Facts> = {}) {
  return post(title, '/api/password/reset', body, response, { ...proven, ...facts });
}

const linked = { arrange: { link: 'recover' } } as const;
const link = { ...right, token: '<link token>', code: '<link code>' };

/** A new password of somebody who has lost the old one (reference 4.7). */
const passwordResets: readonly Exchange[] = [
  resets('resetting with what a proof gave', right, passwordChanged),
  resets('resetting with what the link of a mail contained', link, passwordChanged, linked),
  resets(
    'resetting with white space around the password',
    { ...right, password: ' new password\n' },
    passwordChanged,
    boundary,
  ),
  resets('resetting with another code than that of the link', { ...link, code: '000000' }, invalid, {
    ...linked,
    ...error,
    source: 'documented',
  }),
  resets('resetting without the code of the link', { ...link, code: undefined }, invalid, {
    ...linked,
    ...boundary,
    source: 'documented',
  }),
  resets('resetting after the link has expired', link, invalid, {
    ...boundary,
    source: 'documented',
    arrange: { link: 'recover', elapsed: 601 },
  }),
  resets('resetting with the link that verifies an address', link, invalid, {
    ...error,
    source: 'ours',
    arrange: { link: 'verify_email' },
  }),
  resets(
    'resetting with a made-up token',
    { ...right, token: 'd41d8cd98f00b204e9800998ecf8427e' },
    invalid,
    error,
  ),
  resets('resetting another address than the proven one', { ...right, email: 'li.si@example.com' }, invalid, {
    ...error,
    arrange: { other: 'lisi', otherContacts: { email: 'li.si@example.com' } },
  }),
  resets(
    'resetting the password of nobody',
    { ...right, email: 'nobody@example.com', token: 'x' },
    unknownUser,
    error,
  ),
  resets('resetting the password of a blocked user', right, loginFailed, {
    ...error,
    source: 'ours',
    arrange: { own: { status: 'blocked' } },
  }),
  resets('resetting an address that an update set', { ...right, token: 'x' }, unknownUser, {
    ...error,
    source: 'ours',
    arrange: { own: { edited: 'email' } },
  }),
  ...(
    [
      ['to a password of five bytes', { ...right, password: '12345' }, short],
      ['to an empty password', { ...right, password: '' }, short],
      ['without a password', { ...right, password: undefined }, short],
      ['with nothing', {}, short],
      ['with null', null, short],
      ['to a password of six bytes', { ...right, password: '123456' }, passwordChanged],
      ['to a password of 72 bytes', { ...right, password: 'x'.repeat(72) }, passwordChanged],
      ['to a password of 73 bytes', { ...right, password: 'x'.repeat(73) }, tooLong],
      [
        'to a password of 73 bytes with a made-up token',
        { ...right, token: 'x', password: 'x'.repeat(73) },
        invalid,
      ],
      ['without an address', { ...right, email: undefined }, badParameter],
      ['with an empty address', { ...right, email: '' }, badParameter],
      ['with an address without a dot', { ...right, email: 'a@b' }, badParameter],
      ['without a token', { ...right, token: undefined }, badParameter],
      ['with an empty token', { ...right, token: '' }, badParameter],
      ['with an empty token of nobody', { ...right, email: 'nobody@example.com', token: '' }, badParameter],
      ['with white space around the address', { ...right, email: ' nobody@example.com ' }, unknownUser],
    ] as const
  ).map(([how, body, response]) => resets(`resetting ${how}`, body, response, boundary)),
];

export const passwords: readonly Exchange[] = [...passwordChanges, ...passwordResets];
