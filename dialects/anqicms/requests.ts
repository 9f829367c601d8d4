import {
  countCodePoints,
  fail,
  formatPhone,
  parsePhone,
  type Command,
  type IdentifierOrder,
  type ProfileChanges,
  type User,
  type UserCaller,
} from '../../src/core';
import { findCookie, refuse, type WireRequest } from '../../src/dialect';
import type { Decoded } from './go-json';
import { trimSpace } from './go-text';
import { verifyLink } from './links';
import type { AnqicmsSite } from './site';
import { bodyOf, loginRequest, registerRequest, userRequest } from './structs';
import {
  chooseAvatar,
  chooseEmail,
  chooseMobile,
  choosePhone,
  chooseUsername,
  isShortPassword,
  newExtension,
  textFields,
  type TextField,
} from './vocabulary';

/** The order in which the server checks identifiers. */
const identifierOrder: IdentifierOrder = ['username', 'phone', 'email'];
/** The largest value of the vendor's `parent_id` column. */
const largestParentId = 2_147_483_647;

/** Platforms other than the password's answer as on a server where none is configured (reference 4.1). */
function refusePlatform(platform: string | undefined): void {
  switch (platform) {
    case 'tt':
    case 'swan':
    case 'alipay':
    case 'qq':
      return fail({ code: 'invalid_credentials' });
    case 'weapp':
      return refuse({ code: 'invalid_member', member: 'openid', rule: 'missing' });
    case 'wechat':
      return fail({ code: 'verification_code_rejected', reason: 'none' });
    case 'google':
      return refuse({ code: 'not_served' });
    default:
      return undefined;
  }
}

/** The first of these that is not empty; blanks count, as the server trims only afterwards. */
function pickIdentifier(body: Decoded<typeof loginRequest>): string {
  return trimSpace([body.email, body.phone, body.user_name].find((written) => (written ?? '') !== '') ?? '');
}

/** The captcha comes before the rest, so that what else is wrong travels to the core with it (reference 4.1). */
export function readLogin(request: WireRequest, site: AnqicmsSite): Command<'signIn'> {
  const body = bodyOf(request, loginRequest);
  refusePlatform(body.platform);
  const command: Command<'signIn'> = {
    identifier: pickIdentifier(body),
    password: trimSpace(body.password ?? ''),
  };
  if (command.identifier === '') command.refused = { field: 'identifier', rule: 'missing' };
  else if (isShortPassword(command.password)) command.refused = { field: 'password', rule: 'length' };
  const { captcha_id: captchaId = '', captcha: text = '' } = body;
  if (site.captcha) {
    command.captcha = { when: 'always', ...(captchaId === '' ? {} : { answer: { captchaId, text } }) };
  }
  if (site.signupVerify) command.emailLink = verifyLink(request, site);
  return command;
}

/** Whether a login body asks for the long-lived cookie. Call it on bodies that `readLogin` has taken. */
export function asksToRemember(request: WireRequest): boolean {
  return bodyOf(request, loginRequest).remember === true;
}

/** The inviter. A cookie `invite` beats the body, and is read as a number although it holds a code (reference 4.1). */
function readParentId(request: WireRequest, inviteId: number | undefined): number {
  const cookie = findCookie(request, 'invite') ?? '';
  const parentId = cookie === '' ? (inviteId ?? 0) : /^\d+$/.test(cookie) ? Number(cookie) : 0;
  if (parentId > largestParentId)
    return refuse({ code: 'invalid_member', member: 'invite_id', rule: 'length' });
  return parentId;
}

/** A text within its column; longer ones are refused under the name of their member. */
function fitText(field: TextField, text: string): string {
  const { member, most } = textFields[field];
  return countCodePoints(text) > most ? refuse({ code: 'invalid_member', member, rule: 'length' }) : text;
}

export function readRegistration(request: WireRequest, site: AnqicmsSite): Command<'registerUser'> {
  const body = bodyOf(request, registerRequest);
  const name = trimSpace(body.user_name ?? '');
  const password = trimSpace(body.password ?? '');
  const phone = trimSpace(body.phone ?? '');
  const email = trimSpace(body.email ?? '');
  if (name === '') return refuse({ code: 'invalid_member', member: 'user_name', rule: 'missing' });
  if (password === '') return refuse({ code: 'invalid_member', member: 'password', rule: 'missing' });
  if (isShortPassword(password)) {
    return refuse({ code: 'invalid_member', member: 'password', rule: 'length' });
  }
  const avatar =
    chooseAvatar(body.avatar_url ?? '', site.publicUrl) ??
    refuse({ code: 'invalid_member', member: 'avatar_url', rule: 'format' });
  const username = chooseUsername(name);
  return {
    username,
    password,
    ...(phone === '' ? {} : { phone: chooseMobile(phone, site.phoneRegion) }),
    ...(email === '' ? {} : { email: chooseEmail(email) }),
    profile: { realName: fitText('realName', body.real_name ?? ''), avatar },
    extension: newExtension(username, readParentId(request, body.invite_id), site),
    identifierOrder,
    contactRequired: true,
    signIn: !site.signupVerify,
    ...(site.signupVerify ? { emailLink: verifyLink(request, site) } : {}),
  };
}

/** `userId` of the query; what is no positive integer asks for the caller (reference 4.8). */
export function readUserId(request: WireRequest): number | undefined {
  const written = request.query.get('userId') ?? '';
  const userId = /^\d+$/.test(written) ? Number(written) : 0;
  return userId > 0 ? userId : undefined;
}

/** The texts that an update changes: the caller's own value, however long, is no change. */
function readTexts(body: Decoded<typeof userRequest>, user: User): Pick<ProfileChanges, TextField> {
  const changes: Pick<ProfileChanges, TextField> = {};
  for (const field of ['realName', 'firstName', 'lastName', 'bio'] as const) {
    const written = body[textFields[field].member];
    if (written === undefined || written === user[field]) continue;
    const text = trimSpace(written);
    if (text !== user[field]) changes[field] = fitText(field, text);
  }
  const firstName = trimSpace(body.first_name ?? '');
  if (body.real_name === undefined && firstName !== '') {
    const lastName = body.last_name === undefined ? user.lastName : trimSpace(body.last_name);
    const realName = `${firstName} ${lastName}`;
    if (realName !== user.realName) changes.realName = fitText('realName', realName);
  }
  return changes;
}

/** What an update says about an identifier; undefined when it says nothing, or what is so already. */
function readIdentifier(written: string | undefined, own: string | null): string | undefined {
  if (written === undefined || written === own) return undefined;
  const text = trimSpace(written);
  return text === '' || text === own ? undefined : text;
}

export function readUpdate(
  request: WireRequest,
  caller: UserCaller,
  site: AnqicmsSite,
): Command<'updateProfile'> {
  const body = bodyOf(request, userRequest);
  const { user } = caller;
  const changes: ProfileChanges = readTexts(body, user);
  const username = readIdentifier(body.user_name, user.username);
  if (username !== undefined) changes.username = chooseUsername(username);
  if (body.phone !== undefined) {
    const own = user.phone === null ? null : formatPhone(user.phone, site.phoneRegion);
    const phone = readIdentifier(body.phone, own);
    const same =
      phone !== undefined && user.phone !== null && parsePhone(phone, site.phoneRegion) === user.phone;
    if (phone !== undefined && !same) changes.phone = choosePhone(phone, site.phoneRegion);
  }
  const email = readIdentifier(body.email, user.email);
  if (email !== undefined) changes.email = chooseEmail(email);
  return { caller, changes, identifierOrder };
}

export function readAvatar(request: WireRequest, caller: UserCaller): Command<'replaceAvatar'> {
  return { caller, image: request.file ?? refuse({ code: 'malformed_upload', reason: 'no_file' }) };
}
