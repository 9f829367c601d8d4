import { timingSafeEqual } from 'node:crypto';
import { underAttemptLimit } from '../attempts';
import type { Deps } from '../deps';
import { doorOf, secondsAfter } from '../grant-session';
import { hashToken } from '../hash-token';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { findClientSecret } from '../store/clients';

export const signInClient =
  (deps: Deps): Operation<'signInClient'> =>
  async ({ clientId, secret }, context) => {
    const door = doorOf(deps, context);
    const lifetime = door.sessions.clientTokenSeconds;
    if (lifetime === undefined) return fail({ code: 'client_rejected' });
    await underAttemptLimit(deps, context, `client:${clientId.slice(0, 64)}`, async () => {
      const stored = await findClientSecret(deps.db.knex, clientId);
      const matches = stored !== null && timingSafeEqual(Buffer.from(stored, 'hex'), hashToken(secret));
      if (!matches) fail({ code: 'client_rejected' });
    });
    const issuedAt = deps.clock();
    const expiresAt = secondsAfter(issuedAt, lifetime);
    const { accessToken } = await deps.tokens.issue(door.name, { client: { clientId }, issuedAt, expiresAt });
    return { accessToken, accessTokenExpiresAt: expiresAt };
  };
