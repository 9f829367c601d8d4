import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { removeImages } from '../remove-user';
import { appendHistory } from '../store/history';
import { updateUser } from '../store/users';

/** Leaves the time of the last update as it is: the vendor that this call comes from does so too (AnqiCMS, 4.10). */
export const replaceAvatar =
  (deps: Deps): Operation<'replaceAvatar'> =>
  async ({ caller, image }, context) => {
    const avatar = await deps.avatars.put(caller.user.id, image);
    const there = await deps.db.knex.transaction(async (queries) => {
      if ((await updateUser(queries, caller.user.id, { avatar })) === null) return false;
      await appendHistory(queries, {
        at: deps.clock(),
        userId: caller.user.id,
        actor: `user:${caller.user.id}`,
        action: 'avatar_replaced',
        fields: ['avatar'],
        context,
      });
      return true;
    });
    if (!there) {
      await removeImages(deps, caller.user.id);
      return fail({ code: 'user_not_found' });
    }
    return { avatar };
  };
