import { networkOf } from '../attempts';
import type { Deps } from '../deps';
import { openSession } from '../grant-session';
import type { CallContext, Operation } from '../operations';
import { fail } from '../problems';
import type { Queries } from '../store/database';
import { bindDevice, lockDeviceUser } from '../store/devices';
import { findExtension } from '../store/extensions';
import { insertUser, updateUser } from '../store/users';
import { bookSend } from '../store/verification-codes';
import { tell } from '../tell';

/** New anonymous users from one address: enough for an office, too few to fill a database. */
const creations = { spacingSeconds: 0, perDay: 200 };

async function limitCreations(deps: Deps, queries: Queries, context: CallContext): Promise<void> {
  if (context.address === null) return;
  const key = `anonymous:address:${networkOf(context.address)}`;
  const booked = await bookSend(queries, key, deps.clock(), creations);
  if ('retryAfterSeconds' in booked) {
    fail({ code: 'too_many_requests', what: 'sign_in', retryAfterSeconds: booked.retryAfterSeconds });
  }
}

export const signInAnonymously =
  (deps: Deps): Operation<'signInAnonymously'> =>
  async (_command, context) => {
    const { deviceId } = context;
    if (deviceId === null) return fail({ code: 'device_required' });
    return deps.db.knex.transaction(async (queries) => {
      let user = await lockDeviceUser(queries, deviceId);
      if (user?.status === 'blocked') return fail({ code: 'user_blocked' });
      if (user === null) {
        await limitCreations(deps, queries, context);
        const now = deps.clock();
        const inserted = await insertUser(queries, {}, { now, role: 'user', hasPassword: false });
        user = (await updateUser(queries, inserted.id, { kind: 'anonymous' })) ?? inserted;
        await bindDevice(queries, deviceId, user.id);
        await tell(deps, queries, context, { userId: user.id, action: 'user_registered' });
      }
      const opened = await openSession(deps, queries, user, context);
      await tell(deps, queries, context, { userId: user.id, action: 'signed_in' });
      return { ...opened, extension: await findExtension(queries, user.id, context.door) };
    });
  };
