import { timingSafeEqual } from 'node:crypto';
import { clientSubjectKey, underAttemptLimit } from '../attempts';
import type { Deps } from '../deps';
import { doorOf, secondsAfter } from '../grant-session';
import { hashToken } from '../hash-token';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { findClientSecret } from '../store/clients';
import { tell } from '../tell';
import { isStorable } from '../text';

/** Compared with when there is no such client, so that both cost the same. */
const noSecret = '0'.repeat(64);

export const signInClient =
  (deps: Deps): Operation<'signInClient'> =>
  async ({ clientId, secret }, context) => {
    const door = doorOf(deps, context);
    const lifetime = door.sessions.clientTokenSeconds;
    if (lifetime === undefined) return fail({ code: 'client_rejected' });
    await underAttemptLimit(deps, context, clientSubjectKey(clientId, context), async () => {
      const stored = isStorable(clientId) ? await findClientSecret(deps.db.knex, clientId) : null;
      const matches = timingSafeEqual(Buffer.from(stored ?? noSecret, 'hex'), hashToken(secret));
      if (stored !== null && matches) return;
      await tell(deps, deps.db.knex, context, { userId: null, action: 'client_refused' });
      fail({ code: 'client_rejected' });
    });
    await tell(deps, deps.db.knex, context, {
      userId: null,
      actor: `client:${clientId}`,
      action: 'client_signed_in',
    });
    const issuedAt = deps.clock();
    const expiresAt = secondsAfter(issuedAt, lifetime);
    const { accessToken } = await deps.tokens.issue(door.name, { client: { clientId }, issuedAt, expiresAt });
    return { accessToken, accessTokenExpiresAt: expiresAt };
  };
