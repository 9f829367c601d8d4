import joi from 'joi';
import type { Site } from '../../src/dialect';
import { defaultLocale, locales, type Locale } from './locale';

/** The environment variables of this dialect. */
interface Settings {
  /** The site's language: that of the messages which do not follow the request. */
  ANQICMS_LANGUAGE: Locale;
  /** The group of users who were put in none. */
  ANQICMS_DEFAULT_GROUP: number;
  /** Whether signing in asks for the text of a picture. */
  ANQICMS_CAPTCHA: boolean;
  /** Whether new users are asked to verify their address. Without it the server sends no mail at all. */
  ANQICMS_SIGNUP_VERIFY: boolean;
  /** The `code` of `/logout?return=json`: the server's 1001, or the 0 that the documented client looks for. */
  ANQICMS_LOGOUT_CODE: 0 | 1001;
  /** The page for a new password; ours when unset. */
  ANQICMS_RESET_URL?: string;
}

const onOff = joi.boolean().truthy('1').falsy('0').default(false);

export const settings = joi.object<Settings>({
  ANQICMS_LANGUAGE: joi
    .string()
    .valid(...locales)
    .default(defaultLocale),
  ANQICMS_DEFAULT_GROUP: joi.number().integer().min(1).max(4_294_967_295).default(1),
  ANQICMS_CAPTCHA: onOff,
  ANQICMS_SIGNUP_VERIFY: onOff,
  ANQICMS_LOGOUT_CODE: joi.number().valid(0, 1001).default(1001),
  ANQICMS_RESET_URL: joi.string().uri({ scheme: ['http', 'https'] }),
});

/** What the vendor calls a site, as far as its user routes know it. */
export interface AnqicmsSite extends Site {
  language: Locale;
  defaultGroup: number;
  captcha: boolean;
  signupVerify: boolean;
  logoutCode: 0 | 1001;
  resetUrl: string;
}

/** Where the page for a new password is, below the public URL. */
export const resetPagePath = '/account/password/reset';

export function createSite(host: Site, chosen: Settings): AnqicmsSite {
  return {
    ...host,
    language: chosen.ANQICMS_LANGUAGE,
    defaultGroup: chosen.ANQICMS_DEFAULT_GROUP,
    captcha: chosen.ANQICMS_CAPTCHA,
    signupVerify: chosen.ANQICMS_SIGNUP_VERIFY,
    logoutCode: chosen.ANQICMS_LOGOUT_CODE,
    resetUrl: chosen.ANQICMS_RESET_URL ?? `${host.publicUrl}${resetPagePath}`,
  };
}
