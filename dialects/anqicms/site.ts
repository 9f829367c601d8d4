import joi from 'joi';
import type { Site } from '../../src/dialect';
import { defaultLocale, locales, type Locale } from './locale';

/** The environment variables of this dialect. */
interface Settings {
  /** The site's language: that of the messages which do not follow the request. */
  ANQICMS_LANGUAGE: Locale;
  /** The group of users who were put in none. */
  ANQICMS_DEFAULT_GROUP: number;
}

export const settings = joi.object<Settings>({
  ANQICMS_LANGUAGE: joi
    .string()
    .valid(...locales)
    .default(defaultLocale),
  ANQICMS_DEFAULT_GROUP: joi.number().integer().min(1).max(4_294_967_295).default(1),
});

/** What the vendor calls a site, as far as its user routes know it. */
export interface AnqicmsSite extends Site {
  defaultGroup: number;
}
