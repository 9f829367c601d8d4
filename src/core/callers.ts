import type { Caller, User } from './model';
import { fail } from './problems';

/** How the history names who did something. */
export function actorOf(caller: Caller): string {
  return caller.kind === 'user' ? `user:${caller.user.id}` : `client:${caller.clientId}`;
}

/**
 * Whose profile a call is about, and whether that is the caller. Fails with `permission_denied` when it is somebody
 * else's and the caller is no administrator, and with `user_not_found` when a client names nobody.
 */
export function resolveSubject(
  caller: Caller,
  userId: number | undefined,
): { self: User } | { otherId: number } {
  if (caller.kind === 'user' && (userId === undefined || userId === caller.user.id))
    return { self: caller.user };
  if (caller.kind === 'user' && caller.user.role !== 'admin') fail({ code: 'permission_denied' });
  return userId === undefined ? fail({ code: 'user_not_found' }) : { otherId: userId };
}
