import type { AccessTokens, AvatarStore, Clock, CoreLog, Door, Mailer, Passwords, Randomness } from './ports';
import type { Database } from './store/database';

/** The rules of the core that an operator may choose. */
export interface CoreSettings {
  /** ISO 3166 code of the region whose phone numbers are written without a country code. */
  phoneRegion: string;
  /** Refuse to store an e-mail address or a phone number that was not proven. */
  requireVerifiedContact: boolean;
}

/** What every operation is made from. */
export interface Deps {
  db: Database;
  clock: Clock;
  tokens: AccessTokens;
  passwords: Passwords;
  mailer: Mailer;
  avatars: AvatarStore;
  randomness: Randomness;
  doors: ReadonlyMap<string, Door>;
  settings: CoreSettings;
  log: CoreLog;
}
