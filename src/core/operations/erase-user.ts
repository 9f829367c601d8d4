import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { demandReach, eraseWithin, findNamed } from '../rehearsal';
import { removePictures } from '../remove-pictures';
import { tell } from '../tell';

export const eraseUser =
  (deps: Deps): Operation<'eraseUser'> =>
  async (command, context) => {
    const user = await findNamed(deps, command.identifier);
    if (user === null) return {};
    await deps.db.knex.transaction(async (queries) => {
      await demandReach(queries, context, command, user.id);
      await eraseWithin(queries, context, command, user);
      await tell(deps, queries, context, { userId: user.id, actor: 'operator', action: 'user_deleted' });
    });
    await removePictures(deps, [user.id]);
    return {};
  };
