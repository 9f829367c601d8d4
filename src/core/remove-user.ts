import type { Queries } from './store/database';
import { removePasswordHash } from './store/credentials';
import { unbindDevices } from './store/devices';
import { removeExtensions } from './store/extensions';
import { endSessions } from './store/sessions';
import { closeUser } from './store/users';

/**
 * Ends everything that a user has: sessions, password, identifiers, and what the dialects keep. The caller of this holds
 * the user's row. False when there is no such user.
 */
export async function removeUser(queries: Queries, userId: number, now: Date): Promise<boolean> {
  await removePasswordHash(queries, userId);
  await endSessions(queries, { userId }, { at: now, reason: 'revoked' });
  await removeExtensions(queries, userId);
  await unbindDevices(queries, userId);
  return closeUser(queries, userId, now);
}
