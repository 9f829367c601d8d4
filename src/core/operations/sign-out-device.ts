import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { signOutSessions } from '../session-end';
import { lockUser } from '../store/users';
import { tell } from '../tell';
import { isStorable } from '../text';

export const signOutDevice =
  (deps: Deps): Operation<'signOutDevice'> =>
  async ({ caller, deviceId }, context) => {
    const userId = caller.user.id;
    if (!isStorable(deviceId)) return {};
    await deps.db.knex.transaction(async (queries) => {
      await lockUser(queries, userId);
      await signOutSessions(deps, queries, { userId, deviceId }, { at: deps.clock(), reason: 'signed_out' });
      await tell(deps, queries, context, { userId, action: 'signed_out' });
    });
    return {};
  };
