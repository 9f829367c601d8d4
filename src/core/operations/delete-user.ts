import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { removePasswordHash } from '../store/credentials';
import { removeExtensions } from '../store/extensions';
import { endSessions } from '../store/sessions';
import { consumeTicket } from '../store/tickets';
import { closeUser } from '../store/users';
import { tell } from '../tell';

export const deleteUser =
  (deps: Deps): Operation<'deleteUser'> =>
  async ({ caller, sudoToken }, context) => {
    const userId = caller.user.id;
    await deps.db.knex.transaction(async (queries) => {
      const now = deps.clock();
      const sudo = await consumeTicket(queries, sudoToken, ['sudo'], now);
      if (sudo?.userId !== userId) fail({ code: 'sudo_rejected' });
      await endSessions(queries, { userId }, { at: now, reason: 'revoked' });
      await removePasswordHash(queries, userId);
      await removeExtensions(queries, userId);
      if (!(await closeUser(queries, userId, now))) fail({ code: 'user_not_found' });
      await tell(deps, queries, context, { userId, action: 'user_deleted' });
    });
    return {};
  };
