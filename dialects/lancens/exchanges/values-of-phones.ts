import type { MemberValues } from './rows';

/** A token of a push service. The 64 of one page is that of another service. */
export const pushToken: MemberValues = {
  refused: [
    ['boundary', 'no push token', undefined, 'undefined push_token'],
    ['wrong_type', 'a number as push token', 5, 'push_token format error'],
    ['boundary', 'an empty push token', '', 'push_token length error', 'ours'],
    ['boundary', 'a push token of 4097 bytes', 'a'.repeat(4097), 'push_token length error', 'ours'],
  ],
  taken: [
    ['a push token of 1 byte', 'a', 'ours'],
    ['a push token of 64 bytes', 'a'.repeat(64)],
    ['a push token of 4096 bytes', 'a'.repeat(4096), 'ours'],
  ],
};

export const phoneLanguage: MemberValues = {
  refused: [
    ['boundary', 'no language', undefined, 'undefined language'],
    ['wrong_type', 'a number as language', 5, 'language format error'],
    ['boundary', 'a language of 1 byte', 'e', 'language length error'],
    ['boundary', 'a language of 12 bytes', 'en-x-toolong', 'language length error'],
  ],
  taken: [
    ['a language of 2 bytes', 'en'],
    ['a language of 11 bytes', 'zh-Hans-CNx'],
  ],
};

export const dev: MemberValues = {
  refused: [
    ['wrong_type', 'a string as dev', '0', 'dev format error', 'ours'],
    ['boundary', 'the dev 2', 2, 'dev format error', 'ours'],
  ],
  taken: [['the dev 1', 1]],
};

export const bundleid: MemberValues = {
  refused: [
    ['wrong_type', 'a number as bundle', 5, 'bundleid format error', 'ours'],
    ['boundary', 'a bundle of 256 bytes', 'a'.repeat(256), 'bundleid length error', 'ours'],
  ],
  taken: [
    ['a bundle of 255 bytes', 'a'.repeat(255), 'ours'],
    ['an empty bundle', '', 'ours'],
  ],
};

export const os: MemberValues = {
  refused: [
    ['wrong_type', 'a number as os', 5, 'os format error', 'ours'],
    ['boundary', 'an os of 256 bytes', 'a'.repeat(256), 'os length error', 'ours'],
  ],
  taken: [['an empty os', '']],
};

export const osToken: MemberValues = {
  refused: [
    ['wrong_type', 'a number as token of the os', 5, 'os_token format error', 'ours'],
    ['boundary', 'a token of the os of 4097 bytes', 'a'.repeat(4097), 'os_token length error', 'ours'],
  ],
  taken: [['a token of the os of 4096 bytes', 'a'.repeat(4096), 'ours']],
};

export const pushPlatform: MemberValues = {
  refused: [
    ['wrong_type', 'a number as push platform', 5, 'push_platform format error', 'ours'],
    ['boundary', 'a push platform of 256 bytes', 'a'.repeat(256), 'push_platform length error', 'ours'],
  ],
};

export const phoneModel: MemberValues = {
  refused: [
    ['wrong_type', 'a number as model of the phone', 5, 'phone_model format error', 'ours'],
    ['boundary', 'a model of the phone of 256 bytes', 'a'.repeat(256), 'phone_model length error', 'ours'],
  ],
};

/** The token of a provider. Newer ones do not keep to the 60 of an old page. */
export const accessToken: MemberValues = {
  refused: [
    ['boundary', 'no access token', undefined, 'undefined access_token'],
    ['wrong_type', 'a number as access token', 5, 'access_token format error'],
    ['boundary', 'an empty access token', '', 'access_token length error', 'ours'],
    [
      'boundary',
      'an access token of 4096 bytes, which nobody knows',
      'a'.repeat(4096),
      'no data error',
      'ours',
    ],
    ['boundary', 'an access token of 4097 bytes', 'a'.repeat(4097), 'access_token length error', 'ours'],
  ],
};

export const openid: MemberValues = {
  refused: [
    ['boundary', 'no openid', undefined, 'undefined openid'],
    ['wrong_type', 'a number as openid', 5, 'openid format error'],
    ['boundary', 'an openid of 27 bytes', 'oabcdefghijklmnopqrstuvwxyz', 'openid length error'],
    ['boundary', 'an openid of 29 bytes', 'oabcdefghijklmnopqrstuvwxyz01', 'openid length error'],
  ],
};

/** The key beside a provider's token, which may be left out. */
export const optionalApikey: MemberValues = {
  refused: [
    ['wrong_type', 'a number as key', 5, 'apikey format error'],
    ['boundary', 'a key of 31 bytes', '0123456789abcdef0123456789abcde', 'apikey length error'],
  ],
};
