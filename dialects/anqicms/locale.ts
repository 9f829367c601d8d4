import { findCookie, findHeader, type WireRequest } from '../../src/dialect';

/** The catalogues that the server ships. Values of the setting `ANQICMS_LANGUAGE`. */
export const locales = [
  'zh-CN',
  'en-US',
  'zh-TW',
  'ja-JP',
  'ru-RU',
  'pt-BR',
  'id-ID',
  'fa-IR',
  'bn-BD',
] as const;
export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = 'zh-CN';

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const ofLanguage: Readonly<Record<string, Locale>> = {
  en: 'en-US',
  ja: 'ja-JP',
  ru: 'ru-RU',
  id: 'id-ID',
  fa: 'fa-IR',
  bn: 'bn-BD',
};

function parseTag(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag.trim().replaceAll('_', '-'));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * The catalogue for one BCP 47 tag (reference 2.4). A language that exists but has no catalogue reads Chinese; undefined
 * for what is no tag or no known language, so that the next source is asked.
 */
export function matchTag(tag: string): Locale | undefined {
  const parsed = parseTag(tag);
  if (parsed === undefined || languageNames.of(parsed.language) === undefined) return undefined;
  if (parsed.language === 'zh') return parsed.maximize().script === 'Hant' ? 'zh-TW' : 'zh-CN';
  if (parsed.language === 'pt') return parsed.maximize().region === 'BR' ? 'pt-BR' : 'zh-CN';
  return ofLanguage[parsed.language] ?? 'zh-CN';
}

/** The catalogue for an `Accept-Language` header: its best tag that matches. */
function matchAccepted(header: string): Locale | undefined {
  const wanted = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';');
      const weight = parameters
        .map((parameter) => /^\s*q\s*=\s*([\d.]+)\s*$/.exec(parameter)?.[1])
        .find(Boolean);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  for (const { tag } of wanted) {
    const locale = matchTag(tag);
    if (locale !== undefined) return locale;
  }
  return undefined;
}

/** The request's own locale: cookie `lang`, then `Accept-Language`, then Chinese. `?lang=` never gets this far. */
export function localeOf(request: WireRequest): Locale {
  const chosen = findCookie(request, 'lang');
  const accepted = findHeader(request, 'accept-language');
  return (
    (chosen === undefined ? undefined : matchTag(chosen)) ??
    (accepted === undefined ? undefined : matchAccepted(accepted)) ??
    defaultLocale
  );
}
