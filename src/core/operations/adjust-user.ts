import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { demandReach, writeCircumstances } from '../rehearsal';
import { lockUser } from '../store/users';
import { tell } from '../tell';

export const adjustUser =
  (deps: Deps): Operation<'adjustUser'> =>
  async (command, context) => {
    const { userId, role, status } = command;
    await deps.db.knex.transaction(async (queries) => {
      if ((await lockUser(queries, userId)) === null) fail({ code: 'user_not_found' });
      await demandReach(queries, context, command, userId);
      await writeCircumstances(queries, userId, command, deps.clock());
      const told = { userId, actor: 'operator' };
      if (role !== undefined) await tell(deps, queries, context, { ...told, action: 'role_set' });
      if (status !== undefined) await tell(deps, queries, context, { ...told, action: 'status_set' });
    });
    return {};
  };
