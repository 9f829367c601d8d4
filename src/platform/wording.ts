/** Control and formatting characters, line and paragraph separators, unpaired surrogates. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** One line, whatever was in it: a line break would start a new header, or fake a line of ours. */
export function oneLine(value: string): string {
  return value.replace(unprintable, ' ').trim();
}

/** What a mail or SMS is written in: Chinese for every language tag that starts with `zh`, English for all others. */
export function wordingLanguage(tag: string): 'en' | 'zh-CN' {
  return tag.trim().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
