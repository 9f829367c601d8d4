import Joi from 'joi';
import {
  classifyIdentifier,
  fail,
  type Caller,
  type Command,
  type ProfileChanges,
  type User,
  type UserCaller,
} from '../../../src/core';
import { parse, refuse, type Said, type Site, type WireRequest } from '../../../src/dialect';
import {
  anonymousName,
  readAvatar,
  readGender,
  readPhone,
  spellAvatar,
  spellGender,
  spellProfile,
  type EditableMembers,
} from '../vocabulary';
import { membersOf } from '../requests';
import { sayPhone } from './sign-in';
import { checkValues, profileNames } from './values';

interface Edit extends EditableMembers {
  user_id?: string;
}

/** `''` clears these and is refused everywhere else (rulings: cloudbase). */
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

interface ProfileMembers {
  name?: string;
  username?: string;
  phone_number?: string;
  user_desc?: string;
  picture?: string;
  gender?: string;
  email?: string;
  locale?: string;
}

const profile = Joi.object<ProfileMembers>({
  name: Joi.string(),
  username: Joi.string(),
  phone_number: Joi.string(),
  user_desc: clearable,
  picture: clearable,
  gender: clearable,
  email: Joi.string(),
  locale: clearable,
});

/** How the SDK sends an own-password change; reference 8. */
const passwordMembers = ['encrypt_password', 'encrypt_new_password', 'public_key_thumbprint'];

/** What the SDK's profile has and nothing here keeps; its other members are the server's own facts. */
const unkeptMembers = [
  'password',
  'birthdate',
  'zoneinfo',
  'address',
  'nickName',
  'avatarUrl',
  'location',
  'country',
  'province',
  'city',
];

/** `basic/edit`. A caller's own unchanged values pass whatever the limits are. */
export function readEdit(site: Site, request: WireRequest, caller: Caller): Command<'updateProfile'> {
  const members = membersOf(request);
  if (passwordMembers.some((name) => name in members)) return refuse({ code: 'not_served' });
  const wanted = parse(edit, members);
  const userId = wanted.user_id === undefined ? undefined : readUserId(wanted.user_id);
  if (userId === undefined && caller.kind === 'client')
    return refuse({ code: 'invalid_member', member: 'user_id', rule: 'missing' });
  const isOwn = caller.kind === 'user' && (userId === undefined || userId === caller.user.id);
  checkValues(wanted, { own: isOwn ? spellProfile(caller.user, site.publicUrl) : {} });
  return {
    caller,
    ...(userId !== undefined && { userId }),
    changes: readChanges(isOwn ? withoutGivenName(wanted, caller.user) : wanted, site),
  };
}

/** `PATCH /user/profile`: an edit of oneself in the names of `/user/me`; reference 8.1. */
export function readProfileEdit(
  site: Site,
  request: WireRequest,
  caller: UserCaller,
): Command<'updateProfile'> {
  const members = membersOf(request);
  if (unkeptMembers.some((name) => name in members)) return refuse({ code: 'not_served' });
  const { name, phone_number, user_desc, picture, locale, ...alike } = parse(profile, members);
  const wanted: EditableMembers = {
    ...alike,
    ...(name !== undefined && { nickname: name }),
    ...(phone_number !== undefined && { phone: phone_number }),
    ...(user_desc !== undefined && { description: user_desc }),
    ...(picture !== undefined && { avatar_url: picture }),
  };
  checkValues(wanted, { own: spellProfile(caller.user, site.publicUrl), names: profileNames });
  const changes = readChanges(withoutGivenName(wanted, caller.user), site);
  return { caller, changes: { ...changes, ...(locale !== undefined && { locale }) } };
}

/** The name that we give to an anonymous user is unchanged when it comes back, and no nickname that anybody chose. */
function withoutGivenName(wanted: EditableMembers, { kind }: User): EditableMembers {
  const { nickname, ...others } = wanted;
  return kind === 'anonymous' && nickname === anonymousName ? others : wanted;
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

/** `/user/query`: IDs in one comma-separated value, or identifiers; what is no ID is nobody's. */
export function readQuery({ query }: WireRequest, caller: Caller): Command<'queryUsers'> {
  const ids = (query.get('id') ?? '').split(',').filter((id) => /^[1-9]\d*$/.test(id));
  const username = query.get('username');
  const email = query.get('email');
  const phone = query.get('phone_number');
  return {
    caller,
    ...(ids.length > 0 && { userIds: ids.map(readUserId) }),
    ...(username !== null && { username }),
    ...(email !== null && { email }),
    ...(phone !== null && { phone: readPhone(phone) }),
  };
}

function readQueriedName({ query }: WireRequest): string {
  const username = query.get('username') ?? '';
  return username === '' ? refuse({ code: 'invalid_member', member: 'username', rule: 'missing' }) : username;
}

/** `/checkIfUserExist`: whatever identifies somebody at sign-in. */
export function readExistence(request: WireRequest): Command<'identifierExists'> {
  return { identifier: readQueriedName(request) };
}

/** `/checkUsername`: a user name that could be chosen here. */
export function readUsernameCheck(request: WireRequest): Command<'identifierExists'> {
  const username = readQueriedName(request);
  checkValues({ username });
  if (classifyIdentifier(username) !== 'username')
    fail({ code: 'invalid_field', field: 'username', rule: 'reserved' });
  return { identifier: username };
}

/** Null for another user's profile. */
export function sayProfileRequest({ userId }: Pick<Command<'getProfile'>, 'userId'>): Said | null {
  return userId === undefined ? {} : null;
}

type Edited = Pick<Command<'updateProfile'>, 'userId' | 'changes'>;

/** Null with a field that this wire does not have or cannot clear, and with an identifier that was refused. */
export function sayEdit({ userId, changes }: Edited, site: Site): Said | null {
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

/** As `sayEdit`, in the names of `/user/me`. It has a locale besides, and speaks of oneself alone. */
export function sayProfileEdit({ userId, changes }: Edited, site: Site): Said | null {
  const { locale, ...others } = changes;
  const said = userId === undefined ? sayEdit({ changes: others }, site) : null;
  if (said === null) return null;
  const renamed = Object.entries(said.body as EditableMembers).map(([member, value]) => [
    member in profileNames ? profileNames[member as keyof typeof profileNames] : member,
    value as string,
  ]);
  return { body: { ...Object.fromEntries(renamed), ...(locale !== undefined && { locale }) } as object };
}

export function sayQuery(
  command: Omit<Command<'queryUsers'>, 'caller'>,
  { phoneRegion }: Pick<Site, 'phoneRegion'>,
): Said | null {
  const { userIds, username, email, phone, identifier } = command;
  if (identifier !== undefined) return null;
  return {
    query: {
      ...(userIds !== undefined && { id: userIds.join(',') }),
      ...(username !== undefined && { username }),
      ...(email !== undefined && { email }),
      ...(phone !== undefined && { phone_number: sayPhone(phone, phoneRegion) }),
    },
  };
}

export function sayExistence({ identifier }: Command<'identifierExists'>): Said {
  return { query: { username: identifier } };
}
