import type { Deps } from '../deps';
import { doorOf, issueAccessToken, issueRefreshToken, secondsAfter } from '../grant-session';
import { hashToken } from '../hash-token';
import type { Operation, Result } from '../operations';
import { fail } from '../problems';
import { appendHistory } from '../store/history';
import {
  endSessions,
  findCaller,
  lockRefreshToken,
  markRefreshTokenRotated,
  prolongSession,
  removeOldRefreshTokens,
} from '../store/sessions';

/**
 * Rotates a refresh token. The one before works for the grace period, because two tabs of one client may refresh at
 * once; after it, reuse means that somebody has a copy, and the whole session ends.
 */
export const refreshSession =
  (deps: Deps): Operation<'refreshSession'> =>
  async ({ refreshToken }, context) => {
    const { db } = deps;
    const door = doorOf(deps, context);
    const tokenHash = hashToken(refreshToken);

    // The transaction must commit when reuse ends the session, so the failure is told by a value and raised behind it.
    const outcome = await db.knex.transaction(async (queries): Promise<Result<'refreshSession'> | null> => {
      const now = deps.clock();
      const token = await lockRefreshToken(queries, tokenHash);
      const found = token === null ? null : await findCaller(db, { sessionId: token.sessionId });
      if (token === null || found === null) return null;
      const { session, user } = found;
      const dead =
        session.dialect !== door.name ||
        found.userDeleted ||
        user.status === 'blocked' ||
        found.endedReason !== null ||
        session.expiresAt <= now;
      if (dead) return null;
      const graceSeconds = door.sessions.refreshToken?.graceSeconds ?? 0;
      const history = { at: now, userId: user.id, actor: `user:${user.id}`, context };
      if (token.rotatedAt !== null && secondsAfter(token.rotatedAt, graceSeconds) <= now) {
        await endSessions(queries, { id: session.id }, { at: now, reason: 'refresh_reused' });
        await appendHistory(queries, { ...history, action: 'refresh_token_reused' });
        return null;
      }
      if (token.rotatedAt === null) await markRefreshTokenRotated(queries, tokenHash, now);
      // A token that was rotated so long ago would have expired by now; its reuse tells nothing any more.
      await removeOldRefreshTokens(queries, session.id, secondsAfter(now, -door.sessions.sessionSeconds));
      const expiresAt = secondsAfter(now, door.sessions.sessionSeconds);
      const issued = await issueAccessToken(deps, door, {
        session,
        user,
        now,
        lifetimeSeconds: door.sessions.accessTokenSeconds,
      });
      await prolongSession(queries, session.id, expiresAt, issued.tokenHash);
      await appendHistory(queries, { ...history, action: 'session_refreshed' });
      return {
        user,
        extension: found.extension,
        grant: {
          session: { ...session, expiresAt },
          accessToken: issued.accessToken,
          accessTokenExpiresAt: issued.expiresAt,
          refreshToken: await issueRefreshToken(deps, queries, door, { id: session.id, now }),
        },
      };
    });
    return outcome ?? fail({ code: 'refresh_token_rejected' });
  };
