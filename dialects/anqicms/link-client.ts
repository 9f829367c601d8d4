import type { HeardResponse, Said, Speakable } from '../../src/dialect';
import { trimSpace } from './go-text';

/**
 * Null for what this wire has no words for: a phone number, a contact of one's own, a code for a registration, an address
 * that nobody may have. Mails go to users only.
 */
export function sayMailRequest({ target, purpose, audience }: Speakable<'requestCode'>): Said | null {
  if (!('email' in target) || purpose === 'register') return null;
  if (audience !== 'registered' && audience !== 'held') return null;
  return { body: { email: target.email, state: purpose === 'recover' ? 'reset' : 'verify' } };
}

export function sayMailTarget({ identifier }: Speakable<'identifierExists'>): Said | null {
  return identifier.includes('@') ? { body: { email: identifier, state: 'verify' } } : null;
}

export function sayExistence({ identifier }: Speakable<'identifierExists'>): Said | null {
  return identifier.includes('@') ? { query: { state: 'exist', email: identifier } } : null;
}

export function hearExistence(response: HeardResponse): { userId: number } {
  return { userId: (response.body as { data: { id: number } }).data.id };
}

export function sayResetLink({ email, proofToken, use }: Speakable<'checkLink'>): Said | null {
  return use === 'recover' ? { query: { state: 'reset', email, token: proofToken, return: 'json' } } : null;
}

export function sayVerifyLink({ email, proofToken }: Speakable<'verifyEmailByLink'>): Said {
  return { query: { state: 'verify', email, token: proofToken, return: 'json' } };
}

/** The token comes in the cookie and nowhere else. */
export function hearVerified({ headers }: HeardResponse): { accessToken: string } {
  return { accessToken: /(?:^|,\s*)token=([^;]*)/.exec(headers['set-cookie'] ?? '')?.[1] ?? '' };
}

/** Null without a link's token, and for a password that would be trimmed. */
export function sayRecovery({ contact, proof, password }: Speakable<'recoverPassword'>): Said | null {
  if (!('email' in contact) || !('proofToken' in proof) || trimSpace(password) !== password) return null;
  return { body: { email: contact.email, password, token: proof.proofToken, code: proof.code ?? '' } };
}

/** Null for a change that another call has authorised, and for passwords that would be trimmed. */
export function sayPasswordChange({ password, authority }: Speakable<'changePassword'>): Said | null {
  if (!('oldPassword' in authority)) return null;
  const { oldPassword } = authority;
  if (trimSpace(password) !== password || trimSpace(oldPassword) !== oldPassword) return null;
  return { body: { old_password: oldPassword, password } };
}

/** Null for a sign-out that names whom it means. */
export function saySignOut({ identifier }: Speakable<'signOut'>): Said | null {
  return identifier === undefined ? { query: { return: 'json' } } : null;
}

export function sayCaptcha({ format }: Speakable<'createCaptcha'>): Said | null {
  return format === 'png' ? {} : null;
}

export function hearCaptcha(response: HeardResponse): { captchaId: string; image: Buffer } {
  const { data } = response.body as { data: { captcha: string; captcha_id: string } };
  const encoded = data.captcha.slice('data:image/png;base64,'.length);
  return { captchaId: data.captcha_id, image: Buffer.from(encoded, 'base64') };
}
