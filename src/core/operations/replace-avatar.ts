import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { removePictures } from '../remove-pictures';
import { appendHistory } from '../store/history';
import { updateUser } from '../store/users';

/** Leaves the time of the last update as it is: the vendor that this call comes from does so too (AnqiCMS, 4.10). */
export const replaceAvatar =
  (deps: Deps): Operation<'replaceAvatar'> =>
  async ({ caller, image }, context) => {
    const { db, avatars, clock } = deps;
    const avatar = await avatars.put(caller.user.id, image);
    const isStored = await db.knex.transaction(async (queries) => {
      const user = await updateUser(queries, caller.user.id, { avatar });
      if (user === null) return false;
      await appendHistory(queries, {
        at: clock(),
        userId: caller.user.id,
        actor: `user:${caller.user.id}`,
        action: 'avatar_replaced',
        fields: ['avatar'],
        context,
      });
      return true;
    });
    if (!isStored) {
      // Whoever was removed meanwhile has had their pictures removed before this one was there.
      await removePictures(deps, [caller.user.id]);
      fail({ code: 'user_not_found' });
    }
    return { avatar };
  };
