import type { WireRequest } from '../../src/dialect';
import { catalogue, type Message } from './catalogue';
import { localeOf, type Locale } from './locale';

export type MessageKey = keyof typeof catalogue;
/** The messages whose language the site decides, whoever asks. */
export type SiteMessageKey = {
  [Key in MessageKey]: (typeof catalogue)[Key]['spokenTo'] extends 'site' ? Key : never;
}[MessageKey];

/** The text of a message for a request, in the language that the server would choose for it. */
export type Speak = (key: MessageKey, request: WireRequest) => string;

function textOf(key: MessageKey, locale: Locale): string {
  const message: Message = catalogue[key];
  return message[locale] ?? message['zh-CN'];
}

/** `language`: the site's configured one. */
export function createSpeak(language: Locale): Speak {
  return (key, request) => textOf(key, catalogue[key].spokenTo === 'site' ? language : localeOf(request));
}

/** A text in the site's language. */
export function siteText(key: SiteMessageKey, language: Locale): string {
  return textOf(key, language);
}
