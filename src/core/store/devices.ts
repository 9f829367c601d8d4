import type { User } from '../model';
import type { Queries } from './database';
import { lockUser } from './users';

/**
 * The anonymous user of a device, under a lock that makes parallel first calls agree on one. Somebody who has just become
 * a person is no longer found by the device, and cannot become one before the transaction ends.
 */
export async function lockDeviceUser(queries: Queries, deviceId: string): Promise<User | null> {
  await queries.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 2))', [deviceId]);
  const row = (await queries('anonymous_devices')
    .select('user_id')
    .where({ device_id: deviceId })
    .first()) as { user_id: number } | undefined;
  const user = row === undefined ? null : await lockUser(queries, row.user_id);
  return user?.kind === 'anonymous' ? user : null;
}

export async function bindDevice(queries: Queries, deviceId: string, userId: number): Promise<void> {
  await queries('anonymous_devices')
    .insert({ device_id: deviceId, user_id: userId })
    .onConflict('device_id')
    .merge();
}

/** A person is found by identifiers, no longer by the device. */
export async function unbindDevices(queries: Queries, userId: number): Promise<void> {
  await queries('anonymous_devices').where({ user_id: userId }).delete();
}
