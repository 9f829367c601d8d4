import { formatPhone, parsePhone, type CheckedField, type Profile, type User } from '../../src/core';

/** The length of a value as this wire counts it: in bytes of UTF-8 (reference 3). The one place that says so. */
export function measure(value: string): number {
  return Buffer.byteLength(value, 'utf8');
}

/** Least and most, by `measure`, for a value that is chosen through this wire (reference 3). */
export const lengths = {
  username: { least: 6, most: 32 },
  password: { least: 8, most: 16 },
  realm: { least: 1, most: 32 },
  email: { least: 1, most: 40 },
  phone: { least: 6, most: 20 },
  apikey: { least: 32, most: 32 },
  code: { least: 6, most: 6 },
  token: { least: 32, most: 32 },
  language: { least: 2, most: 11 },
  /** The 64 of one page is that of another push service; the newer ones have longer tokens. */
  push_token: { least: 1, most: 4096 },
  access_token: { least: 1, most: 4096 },
  openid: { least: 28, most: 28 },
} as const;

/** What a chosen value may be made of (reference 3). */
export const patterns = {
  username: /^(?!\d+$)[A-Za-z0-9_]+$/,
  password: /^[A-Za-z0-9_!@#$%^&*()+\-=]+$/,
  phone: /^\d+$/,
  anyPhone: /^\+?\d+$/,
  anyEmail: /^[^\s@]+@[^\s@]+$/u,
  apikey: /^[0-9a-z]+$/,
  code: /^\d+$/,
  /** At most 32 letters, with the marks that some scripts write them with, digits and spaces: a name and no message. */
  appname: /^[\p{L}\p{M}\p{Nd} ]{1,32}$/u,
} as const;

/** The language of what is sent or listed when the call names none (reference 3). */
export const defaultLanguage = 'en';

/** Kinds of records in which bindings to push services are kept: for calls and for messages (reference 8.14). */
export const pushKinds = { ring: 'push_token', message: 'message_push_token' } as const;

/** Keys are made of what live ones are seen to be made of; any of `patterns.apikey` are taken (reference 3). */
export const apiKeyForm = { alphabet: '0123456789abcdef', length: lengths.apikey.most } as const;

/** Field of the core → member of this wire, for the fields that this wire has. */
export const memberOfField: Readonly<Partial<Record<CheckedField, string>>> = {
  username: 'username',
  nickname: 'realm',
  email: 'email',
  phone: 'phone',
  password: 'password',
  code: 'code',
  identifier: 'username',
};

/** The five members of `GET /v1/api/user`, in the order of the vendor's page (reference 8.7). */
export interface WireProfile {
  id: number;
  username: string;
  realm: string;
  email: string;
  phone: string;
}

/** A user as this wire shows one. What is unset is `''`; a phone number of `region` is in its national form. */
export function showUser(user: User, region: string): WireProfile {
  return {
    id: user.id,
    username: user.username ?? '',
    realm: user.nickname,
    email: user.email ?? '',
    phone: user.phone === null ? '' : formatPhone(user.phone, region),
  };
}

/** The profile that `shown` tells of, in core words: the other direction of `showUser`. */
export function readProfile(
  shown: WireProfile,
  region: string,
): Pick<Profile, 'username' | 'nickname' | 'email' | 'phone'> {
  return {
    username: shown.username || null,
    nickname: shown.realm,
    email: shown.email || null,
    phone: parsePhone(shown.phone, region) ?? null,
  };
}
