import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import joi, { type CustomValidator } from 'joi';
import { parsePhone, type Command, type UserCaller } from '../../src/core';
import { decodeJson, parse, refuse, type WireRequest } from '../../src/dialect';
import {
  anyPassword,
  apikey,
  code,
  email,
  identifier,
  password,
  phone,
  readMailTerms,
  realm,
  requireMembers,
  token,
  username,
  type Members,
} from './members';

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
  }>({ username, password, realm, email, phone: phone.custom(dialable(region)), apikey, code });
const credentials = joi.object<{ username: string; password: string }>({
  username: identifier,
  password: anyPassword,
});
const farewell = joi.object<{ username: string; token: string }>({ username: identifier, token });
const nicknaming = joi.object<{ realm: string }>({ realm });
const userNaming = joi.object<{ username: string }>({ username });
const mailTo = joi.object<{ email: string }>({ email });
const proof = joi.object<{ code: string }>({ code });
const passwordChange = joi.object<{ password: string; oldpassword: string }>({
  password,
  oldpassword: anyPassword,
});
const friendQuery = joi.object<{ name: string }>({ name: identifier });

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

/** `code` is checked for its form and means nothing (reference 8.1). */
export function registrationReader(region: string): (request: WireRequest) => Command<'registerUser'> {
  const schema = registration(region);
  const required = ['username', 'password', 'realm', 'email', 'phone', 'apikey', 'code'];
  return ({ body }) => {
    const given = parse(schema, requireMembers(body, required));
    return {
      username: given.username,
      email: given.email,
      phone: given.phone,
      password: given.password,
      apiKey: given.apikey,
      profile: { nickname: given.realm },
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
  return { caller, changes: { nickname: own ?? parse(nicknaming, members).realm } };
}

export function readUsername({ body }: WireRequest, caller: UserCaller): Command<'updateProfile'> {
  const members = requireMembers(body, ['username']);
  const own = isOwn(members.username, caller.user.username) ? members.username : undefined;
  return { caller, changes: { username: own ?? parse(userNaming, members).username } };
}

function readEmail(members: Members, caller: UserCaller): string {
  return isOwn(members.email, caller.user.email) ? members.email : parse(mailTo, members).email;
}

export function readEmailCodeRequest(
  { body, query }: WireRequest,
  caller: UserCaller,
): Command<'requestEmailChange'> {
  const members = requireMembers(body, ['email']);
  return { caller, email: readEmail(members, caller), ...readMailTerms(members, query) };
}

export function readEmailChange({ body }: WireRequest, caller: UserCaller): Command<'changeEmail'> {
  const members = requireMembers(body, ['code', 'email']);
  const { code } = parse(proof, members);
  return { caller, code, email: readEmail(members, caller) };
}

/** The old password is compared, so only the limits of sign-in hold for it (reference 8.11). */
export function readPasswordChange({ body }: WireRequest, caller: UserCaller): Command<'changePassword'> {
  const { password, oldpassword } = parse(passwordChange, requireMembers(body, ['password', 'oldpassword']));
  return { caller, password, authority: { oldPassword: oldpassword } };
}

/** Any user by user name, address or number (reference 8.15). */
export function readFriendQuery({ query }: WireRequest, caller: UserCaller): Command<'queryUsers'> {
  const { name } = parse(friendQuery, requireMembers({ name: query.get('name') }, ['name']));
  return { caller, identifier: name };
}
