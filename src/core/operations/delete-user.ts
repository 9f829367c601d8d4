import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { removePictures } from '../remove-pictures';
import { removeUser } from '../remove-user';
import { holdCaller } from '../session-end';
import { consumeTicket } from '../store/tickets';
import { tell } from '../tell';

export const deleteUser =
  (deps: Deps): Operation<'deleteUser'> =>
  async ({ caller, sudoToken }, context) => {
    const userId = caller.user.id;
    await deps.db.knex.transaction(async (queries) => {
      const now = deps.clock();
      const sudo = await consumeTicket(queries, sudoToken, ['sudo'], now);
      if (sudo?.userId !== userId) fail({ code: 'sudo_rejected' });
      await holdCaller(queries, caller);
      await removeUser(queries, userId, now);
      await tell(deps, queries, context, { userId, action: 'user_deleted' });
    });
    await removePictures(deps, [userId]);
    return {};
  };
