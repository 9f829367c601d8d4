import { sampleToken, sampleUserId } from '../contract';
import type { Caller, Session, SessionGrant, User, UserCaller } from '../core';
import type { Access, Declaration, WireRequest } from '../dialect';

const sampleTime = new Date('2026-01-01T00:00:00Z');

/** Somebody of whom nothing but what the call says is known. */
export const standInUser: User = {
  id: sampleUserId,
  username: null,
  nickname: '',
  realName: '',
  firstName: '<first name>',
  lastName: '<last name>',
  bio: '',
  gender: null,
  birthday: null,
  email: null,
  phone: null,
  avatar: '',
  locale: '',
  emailVerifiedAt: null,
  phoneVerifiedAt: null,
  status: 'active',
  role: 'user',
  kind: 'person',
  hasPassword: true,
  passwordUpdatedAt: sampleTime,
  createdAt: sampleTime,
  updatedAt: sampleTime,
  lastSignInAt: sampleTime,
};

const session: Session = {
  id: '00000000-0000-4000-8000-000000000000',
  userId: sampleUserId,
  dialect: '',
  createdAt: sampleTime,
  expiresAt: new Date(sampleTime.getTime() + 86_400_000),
  deviceId: null,
  clientId: null,
};

export function standInCaller(user: Partial<User> = {}): UserCaller {
  return { kind: 'user', user: { ...standInUser, ...user }, session, extension: null };
}

/** What the door of a declaration hands to somebody who signs in. */
export function standInGrant({ accessToken, sessions }: Declaration): SessionGrant {
  return {
    session,
    accessToken: sampleToken(accessToken.format),
    accessTokenExpiresAt: new Date(sampleTime.getTime() + sessions.accessTokenSeconds * 1000),
    refreshToken: sessions.refreshToken === undefined ? null : '<refresh token>',
  };
}

export { sampleTime };

/** Every text and number of a request that could name somebody. */
function namesIn({ body, query, params }: WireRequest): string[] {
  const found: string[] = [];
  function walk(value: unknown): void {
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value))
      Object.values(value).forEach(walk);
  }
  walk(params);
  walk([...query.values()]);
  walk(body);
  return found;
}

/**
 * Callers under whom a request may be read, the plainest first. Some calls are good only for whoever already has what they
 * name: their own address, in part or whole, their own id, or no name at all.
 */
export function standIns(
  request: WireRequest,
  access: Access,
  hasToken: boolean,
): (Caller | null | undefined)[] {
  if (access === 'public') return [undefined];
  if (access === 'optional' && !hasToken) return [null];
  const names = namesIn(request);
  const email = names.find((name) => name.includes('@'));
  const phone = names.find((name) => /^\+?[\d\s*]{6,}$/.test(name));
  const id = Object.values(request.params).find((value) => /^[1-9]\d{0,9}$/.test(value));
  return [
    standInCaller(),
    standInCaller({
      ...(email !== undefined && { email, emailVerifiedAt: sampleTime }),
      ...(phone !== undefined && { phone: phone.replace(/\s/g, ''), phoneVerifiedAt: sampleTime }),
      ...(id !== undefined && { id: Number(id) }),
    }),
    standInCaller({ kind: 'anonymous' }),
  ];
}
