import type { Queries } from './store/database';
import { removePasswordHash } from './store/credentials';
import { unbindDevices } from './store/devices';
import { removeExtensions } from './store/extensions';
import { endSessions } from './store/sessions';
import { removeTicketsOf } from './store/tickets';
import { closeUser } from './store/users';
import { removeCodesOf } from './store/verification-codes';

/**
 * Ends everything that a user has: sessions, password, identifiers, codes, proofs, and what the dialects keep. The caller of
 * this holds the user's row.
 */
export async function removeUser(queries: Queries, userId: number, now: Date): Promise<void> {
  await removePasswordHash(queries, userId);
  await endSessions(queries, { userId }, { at: now, reason: 'revoked' });
  await removeExtensions(queries, userId);
  await unbindDevices(queries, userId);
  await removeTicketsOf(queries, userId);
  await removeCodesOf(queries, userId);
  await closeUser(queries, userId, now);
}
