import {
  formatPhone,
  parsePhone,
  type Chosen,
  type Command,
  type OperationName,
  type Profile,
} from '../../src/core';
import type { HeardResponse, HeardSession, Said } from '../../src/dialect';
import { trimSpace } from './go-text';
import type { AnqicmsSite } from './site';
import { textFields, type WireUser } from './vocabulary';

/** A command without the caller, whom the credential names. */
type Speakable<O extends OperationName> = Omit<Command<O>, 'caller'>;

/** A text that survives the wire's trimming; null for any other. */
function sayText(text: string): string | null {
  return trimSpace(text) === text ? text : null;
}

/** An identifier as this wire can write it; null for one that was refused on the way, blank, or would be trimmed. */
function sayIdentifier(chosen: Chosen): string | null {
  return typeof chosen === 'string' && chosen !== '' ? sayText(chosen) : null;
}

function sayPhone(chosen: Chosen, site: AnqicmsSite): string | null {
  const phone = sayIdentifier(chosen);
  if (phone === null) return null;
  const parsed = parsePhone(phone, site.phoneRegion);
  return parsed === undefined ? phone : formatPhone(parsed, site.phoneRegion);
}

/** The body of these members, without those that are not there; null when one of them cannot be said. */
function sayBody(members: Readonly<Record<string, string | null | undefined>>): Said | null {
  const said = Object.entries(members).filter(([, value]) => value !== undefined);
  return said.some(([, value]) => value === null) ? null : { body: Object.fromEntries(said) };
}

/** Null without a user name or a password, and for what only other wires register with. */
export function sayRegistration(command: Speakable<'registerUser'>, site: AnqicmsSite): Said | null {
  const { username, password, email, phone, profile = {}, role, signIn } = command;
  // A site that verifies addresses signs nobody in, and one that does not, everybody.
  const signsIn = !site.signupVerify;
  const { realName, avatar, ...others } = profile;
  const unsayable = Object.values(others).some((value) => value !== '');
  const { proof, generatedUsername, apiKey, anonymousCaller } = command;
  const foreign = [proof, generatedUsername, apiKey, anonymousCaller].some((part) => part !== undefined);
  if (username === undefined || password === undefined || signIn !== signsIn) return null;
  if (role === 'admin' || unsayable || foreign) return null;
  return sayBody({
    user_name: sayIdentifier(username),
    password: sayText(password),
    email: email === undefined ? undefined : sayIdentifier(email),
    phone: phone === undefined ? undefined : sayPhone(phone, site),
    real_name: realName,
    avatar_url: avatar,
  });
}

export function sayLogin({ identifier, password, captcha }: Speakable<'signIn'>): Said | null {
  return sayBody({
    user_name: sayIdentifier(identifier),
    password: sayText(password),
    captcha_id: captcha?.answer?.captchaId,
    captcha: captcha?.answer?.text,
  });
}

export function sayGetUser({ userId }: Speakable<'getProfile'>): Said {
  return userId === undefined ? {} : { query: { userId: String(userId) } };
}

/**
 * Null for a change of somebody else, of a field that this wire cannot name, or of a first name without a real name, which
 * would write the real name too.
 */
export function sayUpdate({ userId, changes }: Speakable<'updateProfile'>, site: AnqicmsSite): Said | null {
  const { username, email, phone, realName, firstName, lastName, bio, ...others } = changes;
  const unsayable = Object.keys(others).length > 0;
  if (userId !== undefined || unsayable || (firstName && realName === undefined)) return null;
  const texts = { realName, firstName, lastName, bio };
  const body: Record<string, string | null | undefined> = {};
  for (const field of ['realName', 'firstName', 'lastName', 'bio'] as const) {
    const text = texts[field];
    body[textFields[field].member] = text === undefined ? undefined : sayText(text);
  }
  if (username !== undefined) body.user_name = sayIdentifier(username);
  if (phone !== undefined) body.phone = sayPhone(phone, site);
  if (email !== undefined) body.email = sayIdentifier(email);
  return sayBody(body);
}

export function sayAvatar({ image }: Speakable<'replaceAvatar'>): Said {
  return { file: image };
}

interface UserAnswer {
  data: WireUser;
}

/** The profile in core words, as far as this wire shows it. */
export function hearUser(response: HeardResponse, site: AnqicmsSite): Partial<Profile> {
  const { data: user } = response.body as UserAnswer;
  return {
    username: user.user_name === '' ? null : user.user_name,
    realName: user.real_name,
    firstName: user.first_name,
    lastName: user.last_name,
    bio: user.introduce,
    birthday: user.birthday === 0 ? null : new Date(user.birthday * 1000).toISOString().slice(0, 10),
    email: user.email === '' ? null : user.email,
    phone: user.phone === '' ? null : (parsePhone(user.phone, site.phoneRegion) ?? user.phone),
    avatar: user.avatar_url,
  };
}

/** Who signed up or in. */
export function hearSession(response: HeardResponse): HeardSession {
  const { id, token } = (response.body as UserAnswer).data;
  return { user: { id }, grant: { accessToken: token } };
}

/** The stored form: below the public URL, or foreign and absolute. */
export function hearAvatar(response: HeardResponse, site: AnqicmsSite): { avatar: string } {
  const url = (response.body as { data: { avatar_url: string } }).data.avatar_url;
  return { avatar: url.startsWith(`${site.publicUrl}/`) ? url.slice(site.publicUrl.length + 1) : url };
}
