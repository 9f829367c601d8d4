import type { Deps } from '../deps';
import { doorOf, issueAccessToken } from '../grant-session';
import type { Operation } from '../operations';
import { appendHistory } from '../store/history';
import { prolongSession } from '../store/sessions';

export const renewSession =
  (deps: Deps): Operation<'renewSession'> =>
  async ({ caller, lifetimeSeconds }, context) => {
    const now = deps.clock();
    const { user, session } = caller;
    const issued = await issueAccessToken(deps, doorOf(deps, context), {
      session,
      user,
      now,
      lifetimeSeconds,
    });
    await deps.db.knex.transaction(async (queries) => {
      await prolongSession(queries, session.id, issued.expiresAt, issued.tokenHash);
      await appendHistory(queries, {
        at: now,
        userId: user.id,
        actor: `user:${user.id}`,
        action: 'session_renewed',
        context,
      });
    });
    return {
      session: { ...session, expiresAt: issued.expiresAt },
      accessToken: issued.accessToken,
      accessTokenExpiresAt: issued.expiresAt,
      refreshToken: null,
    };
  };
