import type { Deps } from './deps';
import { hashToken } from './hash-token';
import type { Session, SessionGrant, User } from './model';
import type { CallContext } from './operations';
import { fail } from './problems';
import type { Door } from './ports';
import type { Queries } from './store/database';
import { removeRecords } from './store/extensions';
import { endSessions, insertRefreshToken, insertSession, removeOldSessions } from './store/sessions';
import { lockUser, updateUser } from './store/users';

/** Seconds for which a session that is over is still known for what it was. */
const rememberedSeconds = 30 * 86_400;

export function secondsAfter(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

/** The door that a call came through. Only a dialect's door has sessions; a call from elsewhere is a mistake of ours. */
export function doorOf(deps: Deps, context: CallContext): Door {
  const door = deps.doors.get(context.door);
  if (door === undefined) throw new Error(`no sessions at ${context.door}`);
  return door;
}

/** A new access token for a session that is there already. */
export async function issueAccessToken(
  deps: Deps,
  door: Door,
  grant: { session: Session; user: User; now: Date; lifetimeSeconds: number },
): Promise<{ accessToken: string; tokenHash: Buffer | null; expiresAt: Date }> {
  const expiresAt = secondsAfter(grant.now, grant.lifetimeSeconds);
  const issued = await deps.tokens.issue(door.name, {
    session: grant.session,
    user: grant.user,
    issuedAt: grant.now,
    expiresAt,
  });
  return { ...issued, expiresAt };
}

/** A new refresh token of a session; null at a door that has none. */
export async function issueRefreshToken(
  deps: Deps,
  queries: Queries,
  door: Door,
  session: { id: string; now: Date },
): Promise<string | null> {
  const policy = door.sessions.refreshToken;
  if (policy === undefined) return null;
  const token = policy.prefix + deps.randomness.bytes(policy.bytes).toString('base64url');
  await insertRefreshToken(queries, { tokenHash: hashToken(token), sessionId: session.id, now: session.now });
  return token;
}

/**
 * Opens a session for `user` at the door of the call, with what the door's policy ends and removes. Holds the user's row:
 * of parallel sign-ins at a door of single sessions the last one stays, and nobody comes in while being blocked. Fails with
 * `user_not_found`, `user_blocked` or `user_pending`.
 */
export async function openSession(
  deps: Deps,
  queries: Queries,
  user: User,
  context: CallContext,
): Promise<{ user: User; grant: SessionGrant }> {
  const door = doorOf(deps, context);
  const held = await lockUser(queries, user.id);
  if (held === null) return fail({ code: 'user_not_found' });
  if (held.status === 'blocked') return fail({ code: 'user_blocked' });
  if (held.status === 'pending') return fail({ code: 'user_pending' });
  const now = deps.clock();
  if (door.sessions.single) {
    await endSessions(queries, { userId: user.id, dialect: door.name }, { at: now, reason: 'superseded' });
  }
  await removeRecords(queries, user.id, door.name, door.sessions.clearsRecords);
  // With a new one to take their place, so that it stays known who has used the door.
  const which = { userId: user.id, dialect: door.name };
  await removeOldSessions(queries, which, secondsAfter(now, -rememberedSeconds));
  const session: Session = {
    id: deps.randomness.uuid(),
    userId: user.id,
    dialect: door.name,
    createdAt: now,
    expiresAt: secondsAfter(now, door.sessions.sessionSeconds),
    deviceId: context.deviceId,
    clientId: context.clientId,
  };
  const issued = await issueAccessToken(deps, door, {
    session,
    user: held,
    now,
    lifetimeSeconds: door.sessions.accessTokenSeconds,
  });
  await insertSession(queries, session, { tokenHash: issued.tokenHash, context });
  const refreshToken = await issueRefreshToken(deps, queries, door, { id: session.id, now });
  const signedIn = await updateUser(queries, user.id, { last_sign_in_at: now });
  return {
    user: signedIn ?? held,
    grant: { session, accessToken: issued.accessToken, accessTokenExpiresAt: issued.expiresAt, refreshToken },
  };
}
