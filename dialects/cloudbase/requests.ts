import Joi from 'joi';
import {
  classifyIdentifier,
  countCodePoints,
  parsePhone,
  splitPhone,
  type Command,
  type ProfileChanges,
  type UserCaller,
} from '../../src/core';
import {
  parse,
  refuse,
  RequestError,
  type MemberRule,
  type Said,
  type Site,
  type WireRequest,
} from '../../src/dialect';
import {
  readAvatar,
  readGender,
  readPhone,
  spellAvatar,
  spellGender,
  spellPhone,
  spellProfile,
  type EditableMembers,
} from './vocabulary';

interface Edit extends EditableMembers {
  user_id?: string;
}

/** `''` clears these three and is refused everywhere else (rulings: cloudbase). */
const clearable = Joi.string().allow('');

const edit = Joi.object<Edit>({
  user_id: Joi.string().pattern(/^[1-9]\d*$/),
  nickname: Joi.string(),
  username: Joi.string(),
  phone: Joi.string(),
  description: clearable,
  avatar_url: clearable,
  gender: clearable,
  email: Joi.string(),
});

const passwordSignIn = Joi.object<{ username: string; password: string }>({
  username: Joi.string().required(),
  password: Joi.string().required(),
});

const refresh = Joi.object<{ grant_type: string; refresh_token: string }>({
  grant_type: Joi.string().valid('refresh_token').required(),
  refresh_token: Joi.string().required(),
});

/** How the SDK sends an own-password change; reference 8. */
const passwordMembers = ['encrypt_password', 'encrypt_new_password', 'public_key_thumbprint'];
/** The other two modes of sign-in; reference 5.2. */
const otherSignIns = ['verification_token', 'params', 'public_key_thumbprint'];
/** Grants that the wire has besides the two that are served; reference 6.1. */
const otherGrants: readonly unknown[] = ['client_credentials', 'authorization_code'];

/** The members of a body; `null` counts as absent, and so does a body that is not there. */
function membersOf({ body }: WireRequest): Record<string, unknown> {
  if (body instanceof RequestError) throw body;
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body))
    return refuse({ code: 'malformed_body', detail: 'not an object' });
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

/** Password mode of `/signin`. The other modes are told apart by their members and are not served. */
export function readSignIn(request: WireRequest): Command<'signIn'> {
  const members = membersOf(request);
  if (otherSignIns.some((name) => name in members)) return refuse({ code: 'not_served' });
  return readPasswordGrant(request);
}

/** What is too long or of no known form is no mistake here: it matches nobody. */
export function readPasswordGrant(request: WireRequest): Command<'signIn'> {
  const { username, password } = parse(passwordSignIn, membersOf(request));
  return { identifier: username, password };
}

export function isPasswordGrant({ body }: WireRequest): boolean {
  return typeof body === 'object' && body !== null && 'grant_type' in body && body.grant_type === 'password';
}

/** Every `/token` call that is no password grant, those with an unknown `grant_type` included. */
export function readRefresh(request: WireRequest): Command<'refreshSession'> {
  const members = membersOf(request);
  if (otherGrants.includes(members.grant_type)) return refuse({ code: 'not_served' });
  return { refreshToken: parse(refresh, members).refresh_token };
}

const lengthOf =
  (least: number, most: number) =>
  (value: string): MemberRule | undefined => {
    const length = countCodePoints(value);
    return length < least || length > most ? 'length' : undefined;
  };

const formOf =
  (pattern: RegExp, rule: MemberRule = 'format') =>
  (value: string): MemberRule | undefined =>
    pattern.test(value) ? undefined : rule;

const emailForm = Joi.string().email({ tlds: false, minDomainSegments: 1, ignoreLength: true });

/**
 * The limits of a value that is chosen through this door, in the order in which a broken one is named; reference 8 and
 * 13. The limits of the core come on top.
 */
const limits: readonly [keyof EditableMembers, (value: string) => MemberRule | undefined][] = [
  ['nickname', lengthOf(2, 48)],
  ['username', lengthOf(2, 48)],
  ['username', formOf(/^[A-Za-z0-9][A-Za-z0-9\-_.:+ ]*(?<! )$/, 'charset')],
  ['phone', formOf(/^\+\d{1,3}\s+\d+$/)],
  ['phone', (value) => (hasItsCountryCode(value) ? undefined : 'format')],
  ['avatar_url', lengthOf(0, 2048)],
  ['avatar_url', (value) => (value === '' || isWebAddress(value) ? undefined : 'format')],
  ['gender', formOf(/^(MALE|FEMALE)?$/)],
  ['email', lengthOf(1, 254)],
  ['email', (value) => (emailForm.validate(value).error === undefined ? undefined : 'format')],
];

/** The digits before the space are the whole country code: `+8 613…` is nobody's number. */
function hasItsCountryCode(value: string): boolean {
  // The region counts only for numbers without a plus sign.
  const number = parsePhone(readPhone(value), 'CN');
  return number !== undefined && value.split(/\s/)[0] === `+${splitPhone(number).countryCode}`;
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s\p{Cc}/?#][^\s\p{Cc}]*$/iu.test(value) && URL.canParse(value);
}

/** `basic/edit`. A caller's own unchanged values pass whatever the limits are. */
export function readEdit(site: Site, request: WireRequest, caller: UserCaller): Command<'updateProfile'> {
  const members = membersOf(request);
  if (passwordMembers.some((name) => name in members)) return refuse({ code: 'not_served' });
  const wanted = parse(edit, members);
  const userId = wanted.user_id === undefined ? undefined : readUserId(wanted.user_id);
  const isOwn = userId === undefined || userId === caller.user.id;
  const own = isOwn ? spellProfile(caller.user, site.publicUrl) : {};
  for (const [member, check] of limits) {
    const value = wanted[member];
    if (value === undefined || value === own[member]) continue;
    const rule = check(value);
    if (rule !== undefined) return refuse({ code: 'invalid_member', member, rule });
  }
  return { caller, ...(userId !== undefined && { userId }), changes: readChanges(wanted, site) };
}

/** IDs of ours are below 2^31; a longer one is of the right form and nobody's, which 0 says. */
function readUserId(text: string): number {
  const id = Number(text);
  return id < 2 ** 31 ? id : 0;
}

function readChanges(wanted: EditableMembers, { publicUrl }: Site): ProfileChanges {
  return {
    ...(wanted.nickname !== undefined && { nickname: wanted.nickname }),
    ...(wanted.username !== undefined && { username: wanted.username }),
    ...(wanted.phone !== undefined && { phone: readPhone(wanted.phone) }),
    ...(wanted.description !== undefined && { bio: wanted.description }),
    ...(wanted.avatar_url !== undefined && { avatar: readAvatar(wanted.avatar_url, publicUrl) }),
    ...(wanted.gender !== undefined && { gender: readGender(wanted.gender) }),
    ...(wanted.email !== undefined && { email: wanted.email }),
  };
}

/** A number that we cannot read is said as it stands, so that its refusal can be heard. */
function sayPhone(phone: string, region: string): string {
  const number = parsePhone(phone, region);
  return number === undefined ? phone : spellPhone(number);
}

export function saySignIn({ identifier, password }: Command<'signIn'>, region: string): Said {
  const isPhone = classifyIdentifier(identifier) === 'phone';
  return { body: { username: isPhone ? sayPhone(identifier, region) : identifier, password } };
}

export function sayPasswordGrant(command: Command<'signIn'>, region: string): Said {
  return { body: { grant_type: 'password', ...(saySignIn(command, region).body as object) } };
}

export function sayRefresh({ refreshToken }: Command<'refreshSession'>): Said {
  return { body: { client_secret: '', grant_type: 'refresh_token', refresh_token: refreshToken } };
}

/** Null for another user's profile. */
export function sayProfileRequest({ userId }: Pick<Command<'getProfile'>, 'userId'>): Said | null {
  return userId === undefined ? {} : null;
}

/** Null with an `identifier`: this call cannot name whose session is to end. */
export function saySignOut({ identifier }: Pick<Command<'signOut'>, 'identifier'>): Said | null {
  return identifier === undefined ? { body: {} } : null;
}

/** Null with a field that this wire does not have or cannot clear, and with an identifier that was refused. */
export function sayEdit(
  { userId, changes }: Pick<Command<'updateProfile'>, 'userId' | 'changes'>,
  site: Site,
): Said | null {
  const { nickname, username, phone, bio, avatar, gender, email, ...unspeakable } = changes;
  if (Object.keys(unspeakable).length > 0) return null;
  if ([nickname, username, phone, email].some((value) => value === '' || typeof value === 'object'))
    return null;
  return {
    body: {
      ...(userId !== undefined && { user_id: String(userId) }),
      ...(nickname !== undefined && { nickname }),
      ...(username !== undefined && { username }),
      ...(email !== undefined && { email }),
      ...(typeof phone === 'string' && { phone: sayPhone(phone, site.phoneRegion) }),
      ...(bio !== undefined && { description: bio }),
      ...(avatar !== undefined && { avatar_url: spellAvatar(avatar, site.publicUrl) }),
      ...(gender !== undefined && { gender: spellGender(gender) }),
    },
  };
}
