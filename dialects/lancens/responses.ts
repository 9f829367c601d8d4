import { fail, type Profile, type Result } from '../../src/core';
import type { HeardResponse, WireResponse } from '../../src/dialect';
import { foundOneself } from './errors';
import { readProfile, showUser, type WireProfile } from './vocabulary';

/** The answer of every call that has nothing to tell (reference 5.2). */
export function writeSuccess(): WireResponse {
  return { status: 200, body: { message: 'success' } };
}

/** The answer to a registration (reference 8.1). */
export function writeCreated(): WireResponse {
  return { status: 201, body: { message: 'success' } };
}

/**
 * The session object (reference 8.5). `time`: Unix seconds of the token's end. `reflash_key` opens nothing: this wire has
 * no refresh call, so it is the session's id, spelled as the vendor spells such strings.
 */
export function writeSession({ user, grant }: Result<'signIn'>): WireResponse {
  return {
    status: 201,
    body: {
      id: user.id,
      token: grant.accessToken,
      reflash_key: grant.session.id.replaceAll('-', ''),
      time: Math.floor(grant.accessTokenExpiresAt.getTime() / 1000),
    },
  };
}

/** A bare object of exactly five members (reference 8.7). */
export function writeProfile({ user }: Result<'getProfile'>, region: string): WireResponse {
  return { status: 200, body: showUser(user, region) };
}

/** A good answer to a call that has nothing to tell. */
export function hearSuccess(): Record<string, never> {
  return {};
}

/** Who signed in and with which token they go on. */
export function hearSession({ body }: HeardResponse): {
  user: { id: number };
  grant: { accessToken: string; accessTokenExpiresAt: Date };
} {
  const session = body as { id: number; token: string; time: number };
  return {
    user: { id: session.id },
    grant: { accessToken: session.token, accessTokenExpiresAt: new Date(session.time * 1000) },
  };
}

/** The part of a profile that this wire shows. */
export function hearProfile({ body }: HeardResponse, region: string): Partial<Profile> {
  return readProfile(body as WireProfile, region);
}

/** What a look-up shows (reference 8.15): an address or a number only to whoever asked by it; else `''`. */
export interface WireFriend {
  suid: number;
  friendname: string;
  phone: string;
  mail: string;
  realm: string;
}

/** Fails with `user_not_found`. */
export function writeFriend({ users, caller }: Result<'queryUsers'>, region: string): WireResponse {
  const [found] = users;
  if (found === undefined) return fail({ code: 'user_not_found' });
  const { user, shows } = found;
  if (caller.kind === 'user' && caller.user.id === user.id) return foundOneself();
  const { id, username, realm, email, phone } = showUser(user, region);
  const friend: WireFriend = {
    suid: id,
    friendname: username,
    phone: shows.phone ? phone : '',
    mail: shows.email ? email : '',
    realm,
  };
  return { status: 200, body: friend };
}

/** The caller's binding, under the caller's own id (reference 8.14). Fails with `record_not_found`. */
export function writeBinding({ records, caller }: Result<'listRecords'>): WireResponse {
  const data = records.at(-1)?.data ?? fail({ code: 'record_not_found' });
  const { push_token, language, dev, bundleid, os, os_token, push_platform } = data;
  const shown = { push_token, language, dev, bundleid, os, os_token, push_platform };
  return { status: 200, body: { id: caller.user.id, ...shown } };
}

/** Who was found. */
export function hearFriend({ body }: HeardResponse, region: string): object {
  const { suid, friendname, mail, phone, realm } = body as WireFriend;
  const shown = { id: suid, username: friendname, realm, email: mail, phone };
  return { users: [{ user: { id: suid, ...readProfile(shown, region) } }] };
}

/** The binding that is there; its `id` is its user's. */
export function hearBinding({ body }: HeardResponse): object {
  const { id, ...data } = body as { id: number };
  return { records: [{ id, data }] };
}
