import type { MemberValues } from './rows';

export const username: MemberValues = {
  refused: [
    ['boundary', 'no user name', undefined, 'undefined username'],
    ['wrong_type', 'a number as user name', 1234567, 'username format error'],
    ['boundary', 'a user name of 5 bytes', 'abcde', 'username length error'],
    ['boundary', 'a user name of 33 bytes', 'abcdefghijklmnopqrstuvwxyz_123456', 'username length error'],
    ['boundary', 'an empty user name', '', 'username length error', 'ours'],
    ['boundary', 'a user name of digits alone', '1234567', 'username error'],
    ['boundary', 'a user name with a space', 'bad name', 'username error'],
    ['boundary', 'a user name with a hyphen', 'a-bcdef', 'username error'],
  ],
  taken: [
    ['a user name of 6 bytes', 'idiom_'],
    ['a user name of 32 bytes', 'idiom_abcdefghijklmnopqrstuvwxyz'],
    ['a user name with digits', 'idiom_123', 'ours'],
  ],
};

/** A password that is chosen. */
export const password: MemberValues = {
  refused: [
    ['boundary', 'no password', undefined, 'undefined password'],
    ['wrong_type', 'a number as password', 12345678, 'password format error'],
    ['boundary', 'a password of 7 bytes', 'seven_7', 'password length error'],
    ['boundary', 'a password of 17 bytes', 'seventeen_letters', 'password length error'],
    ['boundary', 'a password with a space', 'with space', 'password error', 'ours'],
  ],
  taken: [
    ['a password of 8 bytes', '_!@#$%^&'],
    ['a password of 16 bytes', 'Sixteen*()+-=_16'],
  ],
};

/** A password that is compared, so that only the gateway's own limit counts. */
export const oldPassword: MemberValues = {
  refused: [
    ['boundary', 'no old password', undefined, 'undefined oldpassword'],
    ['wrong_type', 'a number as old password', 12345678, 'oldpassword format error'],
    ['boundary', 'an empty old password', '', 'oldpassword length error', 'ours'],
    ['boundary', 'an old password of 72 bytes by comparing it', 'a'.repeat(72), 'oldpassword error', 'ours'],
    ['boundary', 'an old password of 73 bytes', 'a'.repeat(73), 'oldpassword length error', 'ours'],
  ],
};

export const realm: MemberValues = {
  refused: [
    ['boundary', 'no realm', undefined, 'undefined realm'],
    ['wrong_type', 'a number as realm', 5, 'realm format error'],
    ['boundary', 'a realm of 33 bytes', 'abcdefghijklmnopqrstuvwxyz0123456', 'realm length error'],
    ['boundary', 'an empty realm', '', 'realm length error', 'ours'],
    [
      'boundary',
      'a realm of 11 Chinese characters, which are 33 bytes',
      '叮叮智能叮叮智能叮叮智',
      'realm length error',
    ],
  ],
  taken: [
    ['a realm of 1 byte', 'a'],
    ['a realm of 32 bytes', 'abcdefghijklmnopqrstuvwxyz012345'],
    ['a realm of 10 Chinese characters and 2 letters, which are 32 bytes', '叮叮智能叮叮智能叮叮ab'],
  ],
};

/** What is beyond the plain limits of a nickname. */
export const oddRealm: MemberValues = {
  refused: [
    ['boundary', 'null as realm, which is none', null, 'undefined realm', 'ours'],
    ['wrong_type', 'a list as realm', ['Nick'], 'realm format error'],
    ['wrong_type', 'an object as realm', { name: 'Nick' }, 'realm format error'],
    ['wrong_type', 'a truth value as realm', true, 'realm format error'],
    ['boundary', 'a realm with a NUL character', 'Ni\u0000ck', 'realm format error', 'ours'],
  ],
  taken: [
    ['a realm of 8 emoji, which are 32 bytes', '😀😀😀😀😀😀😀😀'],
    ['a realm of one space, as it stands', ' ', 'ours'],
  ],
};

/** Who signs in or out: a user name, an address or a number. */
export const identifier: MemberValues = {
  refused: [
    ['boundary', 'no user', undefined, 'undefined username'],
    ['wrong_type', 'a number as user', 13700137000, 'username format error'],
    ['boundary', 'an empty user', '', 'username length error', 'ours'],
    ['boundary', 'a user of 255 characters', 'a'.repeat(255), 'username length error', 'ours'],
  ],
};

export const comparedPassword: MemberValues = {
  refused: [
    ['boundary', 'no password', undefined, 'undefined password'],
    ['wrong_type', 'a number as password', 12345678, 'password format error'],
    ['boundary', 'an empty password', '', 'password length error', 'ours'],
    [
      'boundary',
      'a password of 72 bytes by comparing it',
      'a'.repeat(72),
      'username or password error',
      'ours',
    ],
    ['boundary', 'a password of 73 bytes', 'a'.repeat(73), 'password length error', 'ours'],
  ],
};

/** The token in the body of a sign-out. */
export const bodyToken: MemberValues = {
  refused: [
    ['boundary', 'no token in the body', undefined, 'undefined token'],
    ['wrong_type', 'a number as token', 5, 'token format error'],
    ['boundary', 'an empty token', '', 'token length error', 'ours'],
    ['boundary', 'a token of 31 bytes', 'z'.repeat(31), 'token length error'],
    ['boundary', 'a token of 33 bytes', 'z'.repeat(33), 'token length error'],
  ],
};
