import type { Deps } from '../deps';
import { doorOf } from '../grant-session';
import { findTypedIdentifier } from '../find-user';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { removeRecords } from '../store/extensions';
import { appendHistory } from '../store/history';
import { endSessions } from '../store/sessions';
import { lockUser } from '../store/users';

export const signOut =
  (deps: Deps): Operation<'signOut'> =>
  async ({ caller, identifier }, context) => {
    if (caller === null) return {};
    const { session, user } = caller;
    if (identifier !== undefined) {
      const named = await findTypedIdentifier(deps, identifier);
      if (named?.user.id !== user.id) fail({ code: 'invalid_field', field: 'identifier', rule: 'format' });
    }
    await deps.db.knex.transaction(async (queries) => {
      await lockUser(queries, user.id);
      const now = deps.clock();
      const ended = await endSessions(queries, { id: session.id }, { at: now, reason: 'signed_out' });
      // What another sign-in has ended meanwhile has no records any more: those that are there are of the new session.
      if (ended > 0) {
        await removeRecords(queries, user.id, session.dialect, doorOf(deps, context).sessions.clearsRecords);
      }
      await appendHistory(queries, {
        at: now,
        userId: user.id,
        actor: `user:${user.id}`,
        action: 'signed_out',
        context,
      });
    });
    return {};
  };
