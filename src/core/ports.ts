import type { JsonWebKey } from 'node:crypto';
import type { Session, User } from './model';

/** The only source of time, so that tests can move it. */
export type Clock = () => Date;

export type MailMessage =
  | {
      kind: 'verification_code';
      to: string;
      code: string;
      /** A BCP 47 tag as the caller wrote it; an unknown one reads as English. */
      language: string;
      /** The app that the mail speaks for. */
      appName: string | null;
      validMinutes: number;
      /** An address that does the same as the code, when opened. */
      link?: string;
    }
  | { kind: 'email_changed'; to: string; language: string; newAddress: string };

export interface Mailer {
  /** Resolves once the mail was accepted for delivery; rejects otherwise, within a bounded time. */
  send(message: MailMessage): Promise<void>;
}

export interface SmsMessage {
  kind: 'verification_code';
  /** E.164. */
  to: string;
  code: string;
  /** A BCP 47 tag as the caller wrote it; an unknown one reads as English. */
  language: string;
  appName: string | null;
  validMinutes: number;
}

export interface SmsSender {
  /** Resolves once the message was accepted for delivery; rejects otherwise, within a bounded time. */
  send(message: SmsMessage): Promise<void>;
}

export interface CaptchaImages {
  /** A picture of `text`, 240 × 76 pixels. */
  draw(text: string, format: 'png' | 'gif'): Promise<Buffer>;
}

export interface AvatarStore {
  /**
   * Checks, crops to 256 × 256, strips and stores an image; returns its path below the public URL, without a leading
   * slash. Rejects with `avatar_rejected` when the bytes are not an image that we take.
   */
  put(userId: number, image: Buffer): Promise<string>;
  /** Removes every image of a user, if there is one. */
  remove(userId: number): Promise<void>;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** `stored` is null for an unknown user or one without a password: same work, answer false. */
  verify(password: string, stored: string | null): Promise<{ matches: boolean; outdated: boolean }>;
}

export interface Randomness {
  uuid(): string;
  bytes(count: number): Buffer;
  /** Uniform digits. */
  digits(count: number): string;
  /** Uniform characters of `alphabet`. */
  text(alphabet: string, length: number): string;
}

/** How the access tokens of one door are made. */
export type TokenFormat =
  | {
      kind: 'jwt';
      /** Pinned: a token with another `alg` is refused. */
      alg: 'HS256' | 'RS256';
      /** HS256: characters appended to the stored secret, whose form the vendor fixes. */
      secret?: { alphabet: string; length: number; suffix: string };
      claims(subject: TokenSubject): Record<string, unknown>;
      /** `undefined` when the claims are not those of this door. */
      parse(claims: Record<string, unknown>): ParsedClaims | undefined;
    }
  | { kind: 'opaque'; alphabet: string; length: number };

export type ParsedClaims = { expiresAt: Date } & (
  | { sessionId: string; userId: number }
  /** The token of a program. */
  | { clientId: string }
);

/** Whom a token is for: a user's session, or a program. */
export type TokenSubject = { issuedAt: Date; expiresAt: Date } & (
  | {
      session: Pick<Session, 'id' | 'userId' | 'clientId'>;
      user: Pick<User, 'id' | 'kind' | 'email' | 'emailVerifiedAt'>;
    }
  | { client: { clientId: string } }
);

export interface SessionPolicy {
  /** Seconds from issue to expiry of an access token. */
  accessTokenSeconds: number;
  /** Seconds from issue to expiry of a program's token; absent: the door has none. */
  clientTokenSeconds?: number;
  /** Seconds from sign-in to the end of the session. */
  sessionSeconds: number;
  /** A later sign-in of the same user through this door ends the earlier session. */
  single: boolean;
  /** Absent: the door has no refresh tokens. */
  refreshToken?: { prefix: string; bytes: number; graceSeconds: number };
  /** Kinds of the door's own records about the user that a sign-in and a sign-out remove. */
  clearsRecords: readonly string[];
}

/** One dialect as the core sees it. */
export interface Door {
  name: string;
  /** The form of the keys that registrations at this door may have to name. */
  apiKeys?: { alphabet: string; length: number };
  tokens: TokenFormat;
  sessions: SessionPolicy;
}

/** A public key as a JWK with `kid`, `alg` and `use`. */
export type PublicKey = JsonWebKey & { kid: string; alg: string; use: 'sig' };

export interface AccessTokens {
  /** `tokenHash` is what the session row keeps of an opaque token; null for a JWT, which names its session. */
  issue(door: string, subject: TokenSubject): Promise<{ accessToken: string; tokenHash: Buffer | null }>;
  publicKeys(door: string): Promise<readonly PublicKey[]>;
}

/** Where the core reports what must not fail a call but must be seen, such as a notice mail that bounced. */
export interface CoreLog {
  warn(details: Record<string, unknown>, message: string): void;
}
