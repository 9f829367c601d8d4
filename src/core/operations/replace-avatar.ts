import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { appendHistory } from '../store/history';
import { updateUser } from '../store/users';

/** Leaves the time of the last update as it is: the vendor that this call comes from does so too (AnqiCMS, 4.10). */
export const replaceAvatar =
  ({ db, avatars, clock }: Deps): Operation<'replaceAvatar'> =>
  async ({ caller, image }, context) => {
    const avatar = await avatars.put(caller.user.id, image);
    await db.knex.transaction(async (queries) => {
      const user = await updateUser(queries, caller.user.id, { avatar });
      if (user === null) fail({ code: 'user_not_found' });
      await appendHistory(queries, {
        at: clock(),
        userId: caller.user.id,
        actor: `user:${caller.user.id}`,
        action: 'avatar_replaced',
        fields: ['avatar'],
        context,
      });
    });
    return { avatar };
  };
