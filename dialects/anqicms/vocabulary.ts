import {
  countCodePoints,
  formatPhone,
  parsePhone,
  type Chosen,
  type JsonObject,
  type UserRecord,
  type UserStatus,
} from '../../src/core';
import { countBytes } from './go-text';
import type { AnqicmsSite } from './site';
import { inviteCodeOf, urlTokenOf } from './slugs';

/** Core text field → wire member, and the most code points that the vendor's column holds (reference 2.6). */
export const textFields = {
  realName: { member: 'real_name', most: 64 },
  firstName: { member: 'first_name', most: 32 },
  lastName: { member: 'last_name', most: 32 },
  bio: { member: 'introduce', most: 1000 },
} as const;

export type TextField = keyof typeof textFields;

const longest = { username: 64, email: 100, phone: 20, avatar: 255 } as const;

// The vendor's e-mail pattern, anchored, with the last dot asked for apart so that no input makes it backtrack.
const emailPattern = /^\w+(?:[-+.]\w+)*@(?=[^.]*\.)\w+(?:[-.]\w+)*$/;
const chineseMobile = /^\+861[3-9]\d{9}$/;

const fewestPasswordBytes = 6;

/** Whether a password, trimmed, is shorter than the server takes (reference 2.6). */
export function isShortPassword(password: string): boolean {
  return countBytes(password) < fewestPasswordBytes;
}

const longestKnownEmail = 254;

/**
 * Whether an address has the form that look-ups ask for: the vendor's pattern somewhere in it (reference 2.6). Wider
 * than what may be chosen here, because an address may have come through another door.
 */
export function looksLikeEmail(email: string): boolean {
  return countCodePoints(email) <= longestKnownEmail && /\w@(?:\w+[-.])*\w+\.\w/.test(email);
}

/** A user name as this wire lets one choose it. */
export function chooseUsername(name: string): Chosen {
  return countCodePoints(name) > longest.username ? { refused: 'length' } : name;
}

export function chooseEmail(email: string): Chosen {
  if (!emailPattern.test(email)) return { refused: 'format' };
  return countCodePoints(email) > longest.email ? { refused: 'length' } : email;
}

/** Any number that can be dialled: an update never looked at the form (reference 4.9). */
export function choosePhone(phone: string, region: string): Chosen {
  if (parsePhone(phone, region) === undefined) return { refused: 'format' };
  return countCodePoints(phone) > longest.phone ? { refused: 'length' } : phone;
}

/** As `choosePhone`, but a number of China has to be a mobile one: registration has always asked for that. */
export function chooseMobile(phone: string, region: string): Chosen {
  const parsed = parsePhone(phone, region);
  if (parsed?.startsWith('+86') === true && !chineseMobile.test(parsed)) return { refused: 'format' };
  return choosePhone(phone, region);
}

/**
 * An avatar address in its canonical form: our own URLs and paths without what stands before them, other http(s) URLs as
 * they are. Undefined for anything else.
 */
export function chooseAvatar(address: string, publicUrl: string): string | undefined {
  if (countCodePoints(address) > longest.avatar) return undefined;
  const own = address.startsWith(`${publicUrl}/`);
  if (!own && /^https?:\/\//i.test(address)) return URL.canParse(address) ? address : undefined;
  const path = (own ? address.slice(publicUrl.length) : address).replace(/^\//, '');
  return path.startsWith('/') || /^[^/]*:|[\s\p{Cc}\\]/u.test(path) ? undefined : path;
}

/** `''` for none, foreign addresses as they are, our own with the public URL in front (reference 5.1). */
export function fullAvatarUrl(avatar: string, publicUrl: string): string {
  if (avatar === '' || avatar.startsWith('http') || avatar.startsWith('//')) return avatar;
  return `${publicUrl}/${avatar.replace(/^\//, '')}`;
}

const statusNumbers: Readonly<Record<UserStatus, number>> = { active: 1, pending: 0, blocked: -1 };

function seconds(time: Date | null): number {
  return time === null ? 0 : Math.floor(time.getTime() / 1000);
}

/** What only this vendor knows about a user (reference 5.1, 7.2). Every member may be absent: see `wireUser`. */
interface AnqicmsExtension {
  parent_id?: number;
  url_token?: string;
  group_id?: number;
  google_id?: string;
  is_retailer?: number;
  balance?: number;
  total_reward?: number;
  invite_code?: string;
  expire_time?: number;
}

/** What is kept about a new user. A refused name is spelled for nobody: it may be a megabyte long. */
export function newExtension(username: Chosen, parentId: number, site: AnqicmsSite): JsonObject {
  const urlToken = typeof username === 'string' ? urlTokenOf(username) : '';
  return { group_id: site.defaultGroup, parent_id: parentId, url_token: urlToken };
}

function readExtension(extension: JsonObject | null): AnqicmsExtension {
  // Only this dialect writes its extension, through `newExtension` and, with the same members, the import from the vendor.
  return extension ?? {};
}

/** What signing in leaves empty, and reading one's details fills (reference 4.1, 4.8). */
interface WireUserParts {
  token: string;
  withLinks: boolean;
}

/**
 * A user as this wire shows one: all 30 members, in the server's order (reference 5.1). What the extension does not say,
 * because the user came through another door, is derived here and never stored.
 */
export function wireUser({ user, extension }: UserRecord, site: AnqicmsSite, parts: WireUserParts) {
  const own = readExtension(extension);
  return {
    id: user.id,
    created_time: seconds(user.createdAt),
    updated_time: seconds(user.updatedAt),
    parent_id: own.parent_id ?? 0,
    user_name: user.username ?? '',
    url_token: own.url_token ?? urlTokenOf(user.username ?? ''),
    real_name: user.realName,
    first_name: user.firstName,
    last_name: user.lastName,
    birthday: user.birthday === null ? 0 : seconds(new Date(`${user.birthday}T00:00:00Z`)),
    avatar_url: user.avatar,
    introduce: user.bio,
    email: user.email ?? '',
    email_verified: user.emailVerifiedAt !== null,
    phone: user.phone === null ? '' : formatPhone(user.phone, site.phoneRegion),
    group_id: own.group_id ?? site.defaultGroup,
    google_id: own.google_id ?? '',
    reset_password: !user.hasPassword,
    status: statusNumbers[user.status],
    is_retailer: own.is_retailer ?? 0,
    balance: own.balance ?? 0,
    total_reward: own.total_reward ?? 0,
    invite_code: own.invite_code ?? inviteCodeOf(user.id),
    last_login: seconds(user.lastSignInAt),
    expire_time: own.expire_time ?? 0,
    extra: null,
    token: parts.token,
    group: null,
    full_avatar_url: parts.withLinks ? fullAvatarUrl(user.avatar, site.publicUrl) : '',
    link: parts.withLinks ? `${site.publicUrl}/people/${String(user.id)}.html` : '',
  };
}

export type WireUser = ReturnType<typeof wireUser>;
