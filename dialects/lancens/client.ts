import { formatPhone, parsePhone, splitPhone, type Command, type Contact } from '../../src/core';
import type { Said, Speakable } from '../../src/dialect';
import { patterns } from './vocabulary';

/** What a client of this wire knows beside the user: an application's key, and a code of which only the form counts. */
const sampleApikey = '0123456789abcdef0123456789abcdef';
const sampleCode = '000000';

/** What every registration of this wire may leave unsaid: it is always so. */
const impliedAtRegistration = ['identifierOrder', 'contactRequired', 'signIn', 'generatedUsername', 'apiKey'];

/** Whether a command has something beside these, which its call has no member for. */
function holdsMoreThan(sayable: readonly string[], command: object): boolean {
  return Object.entries(command).some(([name, value]) => value !== undefined && !sayable.includes(name));
}

/** A number as its own country dials it; undefined when it must be written with its country code. */
function dialled(phone: string, region: string): string | undefined {
  const e164 = parsePhone(phone, region);
  const national = e164 === undefined ? phone : formatPhone(e164, region);
  return patterns.phone.test(national) ? national : undefined;
}

/** A number in the two members of the calls that ask for a code; of the default region, one is enough. */
function dialledWithArea(phone: string, region: string): { phone: string; area_code?: number } {
  const national = dialled(phone, region);
  if (national !== undefined) return { phone: national };
  const { countryCode, nationalNumber } = splitPhone(phone);
  return { phone: nationalNumber, area_code: Number(countryCode) };
}

/** Null unless the command holds the five values that this call asks for, and nothing that it cannot carry. */
export function sayRegistration(command: Command<'registerUser'>, region: string): Said | null {
  const { username, password, email, phone, apiKey, profile = {} } = command;
  const { nickname } = profile;
  const sayable = ['username', 'password', 'email', 'phone', 'profile', ...impliedAtRegistration];
  if (holdsMoreThan(sayable, command) || holdsMoreThan(['nickname'], profile)) return null;
  if (typeof username !== 'string' || typeof email !== 'string' || typeof phone !== 'string') return null;
  if (password === undefined || nickname === undefined) return null;
  const national = dialled(phone, region);
  if (national === undefined) return null;
  const chosen = { username, password, realm: nickname, email, phone: national };
  return { body: { ...chosen, apikey: apiKey ?? sampleApikey, code: sampleCode } };
}

/** Null unless the command is to register with a password, a code and one contact of this kind. */
function sayCodeRegistration(
  kind: 'email' | 'phone',
  command: Command<'registerUser'>,
  spell: (contact: string) => string,
): Said | null {
  const { [kind]: contact, password, proof, apiKey, profile = {} } = command;
  const sayable = [kind, 'password', 'proof', 'profile', ...impliedAtRegistration];
  if (holdsMoreThan(sayable, command) || holdsMoreThan([], profile)) return null;
  if (typeof contact !== 'string' || password === undefined) return null;
  if (proof === undefined || 'proofToken' in proof) return null;
  return { body: { [kind]: spell(contact), code: proof.code, password, apikey: apiKey ?? sampleApikey } };
}

export const sayPhoneRegistration = (command: Command<'registerUser'>, region: string): Said | null =>
  sayCodeRegistration('phone', command, (phone) => dialledWithArea(phone, region).phone);
export const sayEmailRegistration = (command: Command<'registerUser'>): Said | null =>
  sayCodeRegistration('email', command, (email) => email);

/** The contact of a request for such a code; null when no call of this wire asks for one like it. */
function contactOf(command: Speakable<'requestCode'>, purpose: 'register' | 'recover'): Contact | null {
  const { target, link, captcha, audience } = command;
  const expected = purpose === 'register' ? 'unregistered' : 'registered';
  if (command.purpose !== purpose || audience !== expected || 'own' in target) return null;
  return link === undefined && captcha === undefined ? target : null;
}

export const phoneCodeSayer =
  (purpose: 'register' | 'recover', region: string) =>
  (command: Speakable<'requestCode'>): Said | null => {
    const contact = contactOf(command, purpose);
    if (contact === null || !('phone' in contact)) return null;
    return { body: dialledWithArea(contact.phone, region) };
  };

export const emailCodeSayer =
  (purpose: 'register' | 'recover') =>
  (command: Speakable<'requestCode'>): Said | null => {
    const contact = contactOf(command, purpose);
    if (contact === null || !('email' in contact)) return null;
    const { language, appName } = command;
    const members = { email: contact.email, language, ...(appName !== undefined && { appname: appName }) };
    // Asking to register by mail is a GET, whose members are in the query.
    return purpose === 'register' ? { query: members } : { body: members };
  };

export function sayPhoneRecovery(command: Command<'recoverPassword'>, region: string): Said | null {
  const { contact, proof, password } = command;
  if (!('phone' in contact) || 'proofToken' in proof) return null;
  return { body: { phone: dialledWithArea(contact.phone, region).phone, code: proof.code, password } };
}

export function sayEmailRecovery({ contact, proof, password }: Command<'recoverPassword'>): Said | null {
  if (!('email' in contact) || 'proofToken' in proof) return null;
  return { body: { email: contact.email, code: proof.code, password } };
}

export function saySignIn(command: Command<'signIn'>): Said {
  return { body: { username: command.identifier, password: command.password } };
}

/** Null without an `identifier`: this call names its user. The token beside it in the body is the credential. */
export function sayFarewell({ identifier }: Speakable<'signOut'>): Said | null {
  return identifier === undefined ? null : { body: { username: identifier } };
}

/** Null for another user's profile. */
export function sayProfileRequest({ userId }: Speakable<'getProfile'>): Said | null {
  return userId === undefined ? {} : null;
}

type Update = Speakable<'updateProfile'>;

/** Null unless the change is one's own and of exactly this field. */
function saySingle(field: 'nickname' | 'username', member: string, { userId, changes }: Update): Said | null {
  const { [field]: value, ...others } = changes;
  if (typeof value !== 'string' || Object.keys(others).length > 0 || userId !== undefined) return null;
  return { body: { [member]: value } };
}

export const sayRealm = (command: Update): Said | null => saySingle('nickname', 'realm', command);
export const sayUsername = (command: Update): Said | null => saySingle('username', 'username', command);

export function sayEmailCodeRequest({ email, appName, language }: Speakable<'requestEmailChange'>): Said {
  return { body: { email, language, ...(appName !== undefined && { appname: appName }) } };
}

export function sayEmailChange({ code, email }: Speakable<'changeEmail'>): Said {
  return { body: { code, email } };
}

/** Null for a password that is changed by another right than the old one. */
export function sayPasswordChange({ password, authority }: Speakable<'changePassword'>): Said | null {
  return 'oldPassword' in authority ? { body: { password, oldpassword: authority.oldPassword } } : null;
}

/** Null unless the command looks for exactly one user by one identifier. */
export function sayFriendQuery(command: Speakable<'queryUsers'>): Said | null {
  const { userIds, identifier, username, email, phone } = command;
  const names = [identifier, username, email, phone].filter((name) => name !== undefined);
  const [name] = names;
  return userIds === undefined && name !== undefined && names.length === 1 ? { query: { name } } : null;
}

/** Null for records of another kind: each has an address of its own. */
export const bindingSayer =
  (kind: string) =>
  (command: Speakable<'putRecord'>): Said | null =>
    command.kind === kind ? { body: command.data } : null;

export const bindingsSayer =
  (kind: string) =>
  (command: Speakable<'listRecords'>): Said | null =>
    command.kind === kind && !command.shared ? {} : null;

/** Null without an id, which is the one that `GET` showed. */
export const rebindingSayer =
  (kind: string) =>
  ({ id, data, ...command }: Speakable<'updateRecord'>): Said | null =>
    command.kind === kind && id !== undefined ? { params: { id: String(id) }, body: data } : null;

export const oneUnbindingSayer =
  (kind: string) =>
  (command: Speakable<'removeRecords'>): Said | null =>
    command.kind === kind && command.id !== undefined ? { params: { id: String(command.id) } } : null;

/** Null for a single record, which has an address of its own. */
export const unbindingSayer =
  (kind: string) =>
  (command: Speakable<'removeRecords'>): Said | null =>
    command.kind === kind && command.id === undefined ? {} : null;
