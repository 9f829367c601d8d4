import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import joi, { type CustomValidator, type StringSchema } from 'joi';
import {
  countCodePoints,
  formatPhone,
  isStorable,
  parsePhone,
  type Command,
  type UserCaller,
} from '../../src/core';
import { decodeJson, parse, refuse, type Said, type WireRequest } from '../../src/dialect';
import { defaultLanguage, lengths, measure, patterns } from './vocabulary';

type Range = { least: number; most: number };
type Members = Readonly<Record<string, unknown>>;

const within =
  ({ least, most }: Range, count: (value: string) => number = measure): CustomValidator<string> =>
  (value, helpers) =>
    count(value) < least || count(value) > most ? helpers.error('member.length') : value;

const storable: CustomValidator<string> = (value, helpers) =>
  isStorable(value) ? value : helpers.error('member.format');

/** A member that is a string or absent; `null` is absent, and `''` is a bad length (reference 3). */
const text = (range: Range): StringSchema => joi.string().empty(null).custom(within(range));

/** At sign-in a name that another wire accepted must pass, so the only cap is the longest that the core can hold. */
const identifier = joi
  .string()
  .empty(null)
  .custom(within({ least: 1, most: 254 }, countCodePoints));

const username = text(lengths.username).pattern(patterns.username);
const password = text(lengths.password).pattern(patterns.password);
const realm = text(lengths.realm).custom(storable);
const email = text(lengths.email).email({ tlds: { allow: false }, allowUnicode: false });
const code = text(lengths.code).pattern(patterns.code);

/** A number that is none is refused here, because the form of every member comes before who else has one (reference 5.3). */
const dialable =
  (region: string): CustomValidator<string> =>
  (value, helpers) =>
    parsePhone(value, region) === undefined ? helpers.error('member.format') : value;

const registration = (region: string) =>
  joi.object<{
    username: string;
    password: string;
    realm: string;
    email: string;
    phone: string;
    apikey: string;
    code: string;
  }>({
    username,
    password,
    realm,
    email,
    phone: text(lengths.phone).pattern(patterns.phone).custom(dialable(region)),
    apikey: text(lengths.apikey).pattern(patterns.apikey),
    code,
  });
const credentials = joi.object<{ username: string; password: string }>({
  username: identifier,
  password: text({ least: 1, most: 72 }),
});
const farewell = joi.object<{ username: string; token: string }>({
  username: identifier,
  token: text(lengths.token),
});
const renaming = joi.object<{ realm: string }>({ realm });
const userNaming = joi.object<{ username: string }>({ username });
const mailTo = joi.object<{ email: string }>({ email });
const mailTerms = joi.object<{ appname?: string; language?: string }>({
  appname: joi.string().empty(joi.valid('', null)).pattern(patterns.appname),
  language: text(lengths.language).custom(storable),
});
const proof = joi.object<{ code: string }>({ code });

/** Refuses the first of `required` that is absent; the presence of all comes before a look at any (reference 5.3). */
function requireMembers(body: unknown, required: readonly string[]): Members {
  const given = body === undefined ? {} : body;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse({ code: 'malformed_body', detail: 'not an object' });
  }
  const members = given as Members;
  for (const member of required) {
    if ((members[member] ?? null) === null) refuse({ code: 'invalid_member', member, rule: 'missing' });
  }
  return members;
}

/**
 * JSON under its own media type, in UTF-8 with or without a byte order mark. Under any other type there is no body, as
 * with Express's own parser; a charset that is not UTF-8, or bytes that are not, are malformed.
 */
export function decodeBody(raw: Buffer, headers: IncomingHttpHeaders): unknown {
  const contentType = headers['content-type'] ?? '';
  if (contentType.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') return undefined;
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  if ((charset !== 'utf-8' && charset !== 'utf8') || !isUtf8(raw)) {
    return refuse({ code: 'malformed_body', detail: 'not UTF-8' });
  }
  const marked = raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf;
  return decodeJson(marked ? raw.subarray(3) : raw);
}

/** `apikey` and `code` are checked for their form and mean nothing (reference 8.1). */
export function registrationReader(region: string): (request: WireRequest) => Command<'registerUser'> {
  const schema = registration(region);
  const required = ['username', 'password', 'realm', 'email', 'phone', 'apikey', 'code'];
  return ({ body }) => {
    const { username, email, phone, password, realm } = parse(schema, requireMembers(body, required));
    return {
      username,
      email,
      phone,
      password,
      profile: { nickname: realm },
      identifierOrder: ['username', 'email', 'phone'],
      signIn: false,
    };
  };
}

export function readSignIn({ body }: WireRequest): Command<'signIn'> {
  const given = parse(credentials, requireMembers(body, ['username', 'password']));
  return { identifier: given.username, password: given.password };
}

/** The whole body of a sign-out, whose token travels in it (reference 8.6). */
export function readFarewell({ body }: WireRequest): { username: string; token: string } {
  return parse(farewell, requireMembers(body, ['username', 'token']));
}

/** One's own value, unchanged, passes whatever the limits; `''` is no value but how this wire shows the lack of one. */
function isOwn(value: unknown, own: string | null): value is string {
  return value !== '' && value === own;
}

export function readRealm({ body }: WireRequest, caller: UserCaller): Command<'updateProfile'> {
  const members = requireMembers(body, ['realm']);
  const own = isOwn(members.realm, caller.user.nickname) ? members.realm : undefined;
  return { caller, changes: { nickname: own ?? parse(renaming, members).realm } };
}

export function readUsername({ body }: WireRequest, caller: UserCaller): Command<'updateProfile'> {
  const members = requireMembers(body, ['username']);
  const own = isOwn(members.username, caller.user.username) ? members.username : undefined;
  return { caller, changes: { username: own ?? parse(userNaming, members).username } };
}

function readEmail(members: Members, caller: UserCaller): string {
  return isOwn(members.email, caller.user.email) ? members.email : parse(mailTo, members).email;
}

/** The page does not say where `appname` and `language` travel: in the body, else in the query (reference 8.10). */
export function readEmailCodeRequest(
  { body, query }: WireRequest,
  caller: UserCaller,
): Command<'requestEmailChange'> {
  const members = requireMembers(body, ['email']);
  const email = readEmail(members, caller);
  const { appname, language } = parse(mailTerms, {
    appname: members.appname ?? query.get('appname'),
    language: members.language ?? query.get('language'),
  });
  return {
    caller,
    email,
    language: language ?? defaultLanguage,
    ...(appname !== undefined && { appName: appname }),
  };
}

export function readEmailChange({ body }: WireRequest, caller: UserCaller): Command<'changeEmail'> {
  const members = requireMembers(body, ['code', 'email']);
  const { code } = parse(proof, members);
  return { caller, code, email: readEmail(members, caller) };
}

/** What a client of this wire knows beside the user: an application's key and a code, of which only the form counts. */
const sampleApikey = '0123456789abcdef0123456789abcdef';
const sampleCode = '000000';

/** Null unless the command holds the five values that this call asks for, and nothing that it cannot carry. */
export function sayRegistration(command: Command<'registerUser'>, region: string): Said | null {
  const { username, password, email, phone, profile = {}, role, extension } = command;
  const { nickname, ...unspeakable } = profile;
  if (Object.keys(unspeakable).length > 0 || role !== undefined || extension !== undefined) return null;
  if (typeof username !== 'string' || typeof email !== 'string' || typeof phone !== 'string') return null;
  if (password === undefined || nickname === undefined) return null;
  const e164 = parsePhone(phone, region);
  const dialled = e164 === undefined ? phone : formatPhone(e164, region);
  if (!patterns.phone.test(dialled)) return null;
  const chosen = { username, password, realm: nickname, email, phone: dialled };
  return { body: { ...chosen, apikey: sampleApikey, code: sampleCode } };
}

export function saySignIn(command: Command<'signIn'>): Said {
  return { body: { username: command.identifier, password: command.password } };
}

/** Null without an `identifier`: this call names its user. The token beside it in the body is the credential. */
export function sayFarewell({ identifier }: Pick<Command<'signOut'>, 'identifier'>): Said | null {
  return identifier === undefined ? null : { body: { username: identifier } };
}

/** Null for another user's profile. */
export function sayProfileRequest({ userId }: Pick<Command<'getProfile'>, 'userId'>): Said | null {
  return userId === undefined ? {} : null;
}

type Update = Pick<Command<'updateProfile'>, 'userId' | 'changes'>;

/** Null unless the change is one's own and of exactly this field. */
function saySingle(field: 'nickname' | 'username', member: string, { userId, changes }: Update): Said | null {
  const { [field]: value, ...others } = changes;
  if (typeof value !== 'string' || Object.keys(others).length > 0 || userId !== undefined) return null;
  return { body: { [member]: value } };
}

export const sayRealm = (command: Update): Said | null => saySingle('nickname', 'realm', command);
export const sayUsername = (command: Update): Said | null => saySingle('username', 'username', command);

export function sayEmailCodeRequest(command: Omit<Command<'requestEmailChange'>, 'caller'>): Said {
  const { email, appName, language } = command;
  return { body: { email, language, ...(appName !== undefined && { appname: appName }) } };
}

export function sayEmailChange({ code, email }: Omit<Command<'changeEmail'>, 'caller'>): Said {
  return { body: { code, email } };
}
