import type {
  AccessTokens,
  AvatarStore,
  CaptchaImages,
  Clock,
  CoreLog,
  Door,
  Mailer,
  Passwords,
  Randomness,
  SmsSender,
} from './ports';
import type { Database } from './store/database';

/** The rules of the core that an operator may choose. */
export interface CoreSettings {
  /** ISO 3166 code of the region whose phone numbers are written without a country code. */
  phoneRegion: string;
  /** Refuse to store an e-mail address or a phone number that was not proven. */
  requireVerifiedContact: boolean;
  /** Hours for which a freshly changed contact recovers nothing. */
  contactHoldHours: number;
  /** Origins, beside the gateway's own, that links in mails may lead to. */
  linkOrigins: readonly string[];
  /** Origin and path that absolute URLs start with; no trailing slash. */
  publicUrl: string;
}

/** What every operation is made from. */
export interface Deps {
  db: Database;
  clock: Clock;
  tokens: AccessTokens;
  passwords: Passwords;
  mailer: Mailer;
  sms: SmsSender;
  captchaImages: CaptchaImages;
  avatars: AvatarStore;
  randomness: Randomness;
  doors: ReadonlyMap<string, Door>;
  settings: CoreSettings;
  log: CoreLog;
}
