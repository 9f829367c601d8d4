import { randomBytes, randomInt } from 'node:crypto';
import type { Outcome, Speaker } from '../../src/contract';
import type { Command, Profile, ProfileChanges } from '../../src/core';
import { createSpeaker } from '../../src/contract';
import type { TestGateway } from './gateway';
import { declarationOf, type Subject } from './subjects';

/** A person as every dialect would let them register. */
export interface Person {
  username: string;
  password: string;
  nickname: string;
  email: string;
  /** E.164. */
  phone: string;
}

/** Somebody whom no gateway knows. */
export function stranger(): Person {
  const name = `u_${randomBytes(6).toString('hex')}`;
  return {
    username: name,
    password: 'Secret_123',
    nickname: 'Nick',
    email: `${name}@example.com`,
    phone: `+86139${String(randomInt(100_000_000)).padStart(8, '0')}`,
  };
}

/** Makes a user whom the whole gateway knows, through no door. */
export async function settle(
  gateway: TestGateway,
  given: Partial<Person> = {},
): Promise<Person & { id: number }> {
  const person = { ...stranger(), ...given };
  const { nickname, ...identity } = person;
  const command = { ...identity, profile: { nickname }, signIn: false };
  const { user } = await gateway.core.registerUser(command, gateway.operator);
  return { ...person, id: user.id };
}

/** Signs in as a client of the dialect does; the speaker that comes back goes on with the new token. */
export async function enter(
  speaker: Speaker,
  identifier: string,
  password: string,
  captcha?: Command<'signIn'>['captcha'],
): Promise<{ speaker: Speaker; userId: number; token: string; refreshToken: string | null }> {
  const outcome = await speaker.perform('signIn', { identifier, password, ...(captcha && { captcha }) });
  if (!outcome.ok) throw new Error(`signing in was refused: ${JSON.stringify(outcome)}`);
  const { user, grant } = outcome.heard;
  const { accessToken: token, refreshToken = null } = grant;
  return { speaker: speaker.as(token), userId: user.id, token, refreshToken };
}

/** A session without the work of a password: at once the user of the dialect's door, and a client that speaks for them. */
export async function newcomerAt(
  gateway: TestGateway,
  subject: Subject,
): Promise<{ speaker: Speaker; userId: number; token: string }> {
  const { username } = stranger();
  const context = { ...gateway.operator, door: subject.name };
  const { user, grant } = await gateway.core.registerUser({ username, signIn: true }, context);
  if (grant === null) throw new Error('a registration that signs in grants nothing');
  const { accessToken: token } = grant;
  const speaker = createSpeaker({
    declaration: declarationOf(gateway, subject),
    contract: subject.contract,
    baseUrl: gateway.url,
    credential: token,
  });
  return { speaker, userId: user.id, token };
}

/** The caller's own profile, as far as the dialect shows it. */
export async function look(speaker: Speaker): Promise<Partial<Profile>> {
  const outcome = await speaker.perform('getProfile', {});
  if (!outcome.ok) throw new Error(`the profile was refused: ${JSON.stringify(outcome)}`);
  return outcome.heard;
}

/** Whether the session behind a speaker is still good. */
export async function isIn(speaker: Speaker): Promise<boolean> {
  return (await speaker.perform('getProfile', {})).ok;
}

/**
 * Changes one field as a client of the dialect would: by an update, or where an update has no word for an address, by
 * the code that is mailed to it. Null when the dialect has no way at all.
 */
export async function change(
  gateway: TestGateway,
  speaker: Speaker,
  changes: ProfileChanges,
): Promise<Outcome<'updateProfile'> | Outcome<'changeEmail'> | Outcome<'requestEmailChange'> | null> {
  if (speaker.plan('updateProfile', { changes }).unsaid.length === 0) {
    return speaker.perform('updateProfile', { changes });
  }
  const { email } = changes;
  if (typeof email !== 'string' || Object.keys(changes).length > 1 || !speaker.speaks('changeEmail'))
    return null;
  const asked = await speaker.perform('requestEmailChange', { email, language: 'en' });
  if (!asked.ok) return asked;
  return speaker.perform('changeEmail', { email, code: await gateway.lastCode(email) });
}

/** Whether the dialect has a way to change the field, told from a value that every dialect takes. */
export function canChange(speaker: Speaker, field: keyof ProfileChanges): boolean {
  if (speaker.plan('updateProfile', { changes: plainChange(field) }).unsaid.length === 0) return true;
  return field === 'email' && speaker.speaks('changeEmail');
}

/** A change of one field that every dialect which has the field accepts. */
export function plainChange(field: keyof ProfileChanges): ProfileChanges {
  const values: Required<ProfileChanges> = {
    username: 'plain_name',
    nickname: 'plain',
    realName: 'plain',
    firstName: 'plain',
    lastName: 'plain',
    bio: 'plain',
    gender: 'female',
    email: 'plain@example.com',
    phone: '+8613912345678',
    avatar: 'https://example.com/a.png',
    locale: 'en',
  };
  return { [field]: values[field] };
}
