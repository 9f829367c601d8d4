import type { SessionPolicy, TokenFormat } from '../../src/core';
import { findHeader, type WireRequest } from '../../src/dialect';
import { lengths, pushKinds } from './vocabulary';

/** "One month" (reference 4). */
const lifetimeSeconds = 30 * 24 * 60 * 60;

/** 32 opaque characters (reference 3). */
export const tokenFormat: TokenFormat = {
  kind: 'opaque',
  alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789',
  length: lengths.token.most,
};

/** A later sign-in ends the earlier session and, like signing out, forgets both push tokens (reference 4). */
export const sessionPolicy: SessionPolicy = {
  accessTokenSeconds: lifetimeSeconds,
  sessionSeconds: lifetimeSeconds,
  single: true,
  clearsRecords: Object.values(pushKinds),
};

/** The header `token`, in any case; an empty one is none. `Authorization` is not looked at (reference 2). */
export function findToken(request: WireRequest): string | undefined {
  return findHeader(request, 'token') || undefined;
}
