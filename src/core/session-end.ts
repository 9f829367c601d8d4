import type { Deps } from './deps';
import type { EndedReason, User, UserCaller } from './model';
import { fail, type TokenRejection } from './problems';
import type { Queries } from './store/database';
import { removeRecords } from './store/extensions';
import { endSessions, findSessionEnd } from './store/sessions';
import { lockUser } from './store/users';

/** What the token of a session that has ended is told. */
export function rejectionOf(reason: EndedReason): TokenRejection {
  return reason === 'superseded' ? 'superseded' : 'ended';
}

/**
 * The caller, with the user's row held until the transaction ends. Whatever signs somebody out holds that row, so that a call
 * which began before does nothing behind it: fails with `access_token_rejected` when the session has ended since.
 */
export async function holdCaller(queries: Queries, { user, session }: UserCaller): Promise<User> {
  const reject = (reason: TokenRejection): never => fail({ code: 'access_token_rejected', reason });
  const held = await lockUser(queries, user.id);
  if (held === null) return reject('user_gone');
  if (held.status === 'blocked') return reject('user_blocked');
  const ended = await findSessionEnd(queries, session.id);
  return ended === null ? held : reject(rejectionOf(ended));
}

/**
 * Ends the live sessions that `which` names, and removes the records that a sign-out removes at each door that one of them was
 * of. The caller of this holds the user's row.
 */
export async function signOutSessions(
  deps: Pick<Deps, 'doors'>,
  queries: Queries,
  which: Parameters<typeof endSessions>[1] & { userId: number },
  ended: { at: Date; reason: EndedReason },
): Promise<void> {
  const dialects = await endSessions(queries, which, ended);
  for (const dialect of new Set(dialects)) {
    const kinds = deps.doors.get(dialect)?.sessions.clearsRecords ?? [];
    await removeRecords(queries, which.userId, dialect, kinds);
  }
}
