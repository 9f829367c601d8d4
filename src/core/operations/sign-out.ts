import type { Deps } from '../deps';
import { doorOf } from '../grant-session';
import { findTypedIdentifier } from '../find-user';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { removeRecords } from '../store/extensions';
import { appendHistory } from '../store/history';
import { endSessions } from '../store/sessions';

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
      const now = deps.clock();
      await endSessions(queries, { id: session.id }, { at: now, reason: 'signed_out' });
      await removeRecords(queries, user.id, session.dialect, doorOf(deps, context).sessions.clearsRecords);
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
