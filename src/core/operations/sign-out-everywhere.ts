import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { signOutSessions } from '../session-end';
import { lockUser } from '../store/users';
import { tell } from '../tell';

export const signOutEverywhere =
  (deps: Deps): Operation<'signOutEverywhere'> =>
  async ({ caller }, context) => {
    const userId = caller.user.id;
    await deps.db.knex.transaction(async (queries) => {
      await lockUser(queries, userId);
      await signOutSessions(deps, queries, { userId }, { at: deps.clock(), reason: 'signed_out' });
      await tell(deps, queries, context, { userId, action: 'signed_out' });
    });
    return {};
  };
