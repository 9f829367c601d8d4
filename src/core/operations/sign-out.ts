import type { Deps } from '../deps';
import { findTypedIdentifier } from '../find-user';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { signOutSessions } from '../session-end';
import { appendHistory } from '../store/history';
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
      // What another sign-in has ended meanwhile has no records any more: those that are there are of the new session.
      const which = { userId: user.id, id: session.id };
      await signOutSessions(deps, queries, which, { at: now, reason: 'signed_out' });
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
