import type { MemberValues } from './rows';

/** An address that is to be the user's. */
export const email: MemberValues = {
  refused: [
    ['boundary', 'no address', undefined, 'undefined email'],
    ['wrong_type', 'a number as address', 5, 'email format error'],
    ['boundary', 'an address of 41 bytes', 'new.person.at.forty.bytes.off@example.com', 'email length error'],
    ['boundary', 'an address without a sign at', 'string', 'email format error'],
  ],
  taken: [['an address of 40 bytes', 'new.person.at.forty.bytes.of@example.com']],
};

/** The same in a query, where every value is a string. */
export const queriedEmail: MemberValues = {
  refused: [
    ['boundary', 'no address', undefined, 'undefined email'],
    ['boundary', 'an empty address', '', 'email length error', 'ours'],
    ['boundary', 'an address of 41 bytes', 'new.person.at.forty.bytes.off@example.com', 'email length error'],
    ['boundary', 'an address without a sign at', 'string', 'email format error'],
  ],
};

/** An address that a user may have, through a wider wire too. */
export const knownEmail: MemberValues = {
  refused: [
    ['boundary', 'no address', undefined, 'undefined email'],
    ['wrong_type', 'a number as address', 5, 'email format error'],
    ['boundary', 'an empty address', '', 'email length error', 'ours'],
    [
      'boundary',
      'an address of 255 characters',
      `${'a'.repeat(243)}@example.com`,
      'email length error',
      'ours',
    ],
    ['boundary', 'an address without a sign at', 'string', 'email format error'],
  ],
};

export const phone: MemberValues = {
  refused: [
    ['boundary', 'no phone', undefined, 'undefined phone'],
    ['wrong_type', 'a number as phone', 13000000000, 'phone format error'],
    ['boundary', 'a phone of 5 digits', '13000', 'phone length error'],
    ['boundary', 'a phone of 6 digits, which nobody can dial', '130000', 'phone format error', 'ours'],
    [
      'boundary',
      'a phone of 20 digits, which nobody can dial',
      '13000000000000000000',
      'phone format error',
      'ours',
    ],
    ['boundary', 'a phone of ten zeros, which nobody can dial', '0000000000', 'phone format error', 'ours'],
    ['boundary', 'a phone of 21 digits', '130000000000000000000', 'phone length error'],
    ['boundary', 'a phone with a letter', '1300000000x', 'phone format error', 'ours'],
  ],
};

export const areaCode: MemberValues = {
  refused: [
    ['wrong_type', 'a string as area code', '86', 'area_code format error'],
    ['boundary', 'the area code 0', 0, 'area_code format error', 'ours'],
    ['boundary', 'the area code 1000', 1000, 'area_code format error', 'ours'],
    ['boundary', 'the area code 999, which no country has', 999, 'phone format error', 'ours'],
  ],
  taken: [
    ['the area code 86', 86],
    ['null as area code, which is none', null, 'ours'],
  ],
};

export const code: MemberValues = {
  refused: [
    ['boundary', 'no code', undefined, 'undefined code'],
    ['wrong_type', 'a number as code', 123456, 'code format error'],
    ['boundary', 'a code of 5 digits', '00000', 'code length error'],
    ['boundary', 'a code of 7 digits', '0000000', 'code length error'],
    ['boundary', 'a code with a letter', '00000x', 'code format error', 'ours'],
  ],
};

export const apikey: MemberValues = {
  refused: [
    ['boundary', 'no key', undefined, 'undefined apikey'],
    ['wrong_type', 'a number as key', 5, 'apikey format error'],
    ['boundary', 'a key of 31 bytes', '0123456789abcdef0123456789abcde', 'apikey length error'],
    ['boundary', 'a key of 33 bytes', '0123456789abcdef0123456789abcdef0', 'apikey length error'],
    ['boundary', 'a key in capitals', '0123456789ABCDEF0123456789ABCDEF', 'apikey format error', 'ours'],
  ],
  taken: [['a key of 32 letters', 'abcdefghijklmnopqrstuvwxyzabcdef']],
};

/** The language of a mail or a list. The pages give its length for the language of a phone. */
export const language: MemberValues = {
  refused: [
    ['wrong_type', 'a number as language', 5, 'language format error', 'ours'],
    ['boundary', 'a language of 1 byte', 'e', 'language length error', 'ours'],
    ['boundary', 'a language of 12 bytes', 'en-x-toolong', 'language length error', 'ours'],
  ],
  taken: [
    ['a language of 2 bytes', 'zh', 'ours'],
    ['a language of 11 bytes', 'zh-Hans-CNx', 'ours'],
  ],
};

/** The same in a query, where every value is a string. */
export const queriedLanguage: MemberValues = {
  refused: [
    ['boundary', 'an empty language', '', 'language length error', 'ours'],
    ['boundary', 'a language of 1 byte', 'e', 'language length error', 'ours'],
    ['boundary', 'a language of 12 bytes', 'en-x-toolong', 'language length error', 'ours'],
    ['boundary', 'a language with a NUL character', 'e\u0000n', 'language format error', 'ours'],
  ],
  taken: [
    ['a language of 2 bytes', 'zh', 'ours'],
    ['a language of 11 bytes', 'zh-Hans-CNx', 'ours'],
  ],
};

/** The name of the app in a mail: the gateway is no relay for other people's messages. */
export const appname: MemberValues = {
  refused: [
    ['boundary', 'the name of an app with 33 letters', 'a'.repeat(33), 'appname format error', 'ours'],
    ['boundary', 'a link as name of an app', 'see http://x.example', 'appname format error', 'ours'],
  ],
  taken: [
    ['the name of an app with 32 Chinese characters', '叮叮智能'.repeat(8), 'ours'],
    ['an empty name of an app', '', 'documented'],
  ],
};
