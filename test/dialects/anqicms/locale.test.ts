import type { WireRequest } from '../../../src/dialect';
import { localeOf, matchTag } from '../../../dialects/anqicms/locale';
import { createSpeak } from '../../../dialects/anqicms/messages';

function request(headers: WireRequest['headers']): WireRequest {
  return {
    method: 'GET',
    path: '/api/user/detail',
    params: {},
    query: new URLSearchParams(),
    headers,
    body: undefined,
  };
}

test.each([
  ['en', 'en-US'],
  ['en-US', 'en-US'],
  ['en-GB', 'en-US'],
  ['en-AU', 'en-US'],
  ['EN_us', 'en-US'],
  ['zh', 'zh-CN'],
  ['zh-CN', 'zh-CN'],
  ['zh-SG', 'zh-CN'],
  ['zh-Hans-TW', 'zh-CN'],
  ['zh-TW', 'zh-TW'],
  ['zh-HK', 'zh-TW'],
  ['zh-Hant', 'zh-TW'],
  ['ja', 'ja-JP'],
  ['ja-JP', 'ja-JP'],
  ['ru', 'ru-RU'],
  ['ru-RU', 'ru-RU'],
  ['pt', 'pt-BR'],
  ['pt-BR', 'pt-BR'],
  ['id', 'id-ID'],
  ['id-ID', 'id-ID'],
  ['fa', 'fa-IR'],
  ['fa-IR', 'fa-IR'],
  ['bn', 'bn-BD'],
  ['bn-BD', 'bn-BD'],
  ['bn-IN', 'bn-BD'],
  ['pt-PT', 'zh-CN'],
  ['fr', 'zh-CN'],
  ['de', 'zh-CN'],
  ['ko', 'zh-CN'],
  ['es-ES', 'zh-CN'],
  ['*', undefined],
  ['', undefined],
  ['not a tag', undefined],
  ['qqq', undefined],
])('the tag %j reads the catalogue %s', (tag, locale) => {
  expect(matchTag(tag)).toBe(locale);
});

describe('the locale of a request', () => {
  test.each<[what: string, headers: WireRequest['headers'], locale: string]>([
    ['is Chinese when nothing is said', {}, 'zh-CN'],
    ['follows the cookie before the header', { cookie: 'lang=ja', 'accept-language': 'en' }, 'ja-JP'],
    [
      'follows the header when the cookie matches nothing',
      { cookie: 'lang=%2A', 'accept-language': 'en' },
      'en-US',
    ],
    ['is Chinese for a header that matches nothing', { 'accept-language': '*' }, 'zh-CN'],
    ['takes the best weight', { 'accept-language': 'ru;q=0.3, zh-TW;q=0.9,en;q=0.8' }, 'zh-TW'],
    ['leaves out what weighs nothing', { 'accept-language': 'en;q=0, ru' }, 'ru-RU'],
    ['stops at a language without a catalogue', { 'accept-language': 'fr,en;q=0.9' }, 'zh-CN'],
    ['ignores the Language header', { language: 'en' }, 'zh-CN'],
  ])('%s', (_, headers, locale) => {
    expect(localeOf(request(headers))).toBe(locale);
  });
});

describe('a message', () => {
  const english = request({ 'accept-language': 'en' });

  test('follows the request or the site, each message its own way', () => {
    const speak = createSpeak('zh-CN');
    expect(speak('ThisOperationRequiresLogin', english)).toBe(
      'This operation requires login, please log in and try again',
    );
    expect(speak('SaveSuccessfully', english)).toBe('保存成功');
    expect(createSpeak('en-US')('SaveSuccessfully', request({}))).toBe('Save successfully');
    expect(createSpeak('en-US')('TheEmailHasBeenRegistered', request({}))).toBe('该邮箱已被注册');
  });

  test('is Chinese where the catalogue has none of it', () => {
    const speak = createSpeak('ja-JP');
    expect(speak('LoginFailed', english)).toBe('ログインに失敗しました');
    expect(speak('UserDoesNotExist', english)).toBe('用户不存在');
    expect(speak('GoogleAuthDisable', english)).toBe('Google 登录已禁用');
    expect(speak('IncorrectEmail', request({ cookie: 'lang=ru' }))).toBe('邮箱不正确');
    expect(createSpeak('fa-IR')('SaveSuccessfully', english)).toBe('保存成功');
  });
});
