import type { Deps } from '../deps';
import { openSession } from '../grant-session';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { replacePasswordHash } from '../store/credentials';
import { findExtension } from '../store/extensions';
import { appendHistory } from '../store/history';
import { findTypedIdentifier } from '../find-user';

/** One answer, and one amount of work, for everything that is wrong with an identifier and a password. */
export const signIn =
  (deps: Deps): Operation<'signIn'> =>
  async ({ identifier, password }, context) => {
    const { db, passwords } = deps;
    const found = await findTypedIdentifier(deps, identifier);
    const verdict = await passwords.verify(password, found?.passwordHash ?? null);
    if (found === null || !verdict.matches) return fail({ code: 'invalid_credentials' });
    if (found.user.status === 'blocked') return fail({ code: 'user_blocked' });
    if (found.user.status === 'pending') return fail({ code: 'user_pending' });
    const rehashed = verdict.outdated ? await passwords.hash(password) : null;

    return db.knex.transaction(async (queries) => {
      if (rehashed !== null && found.passwordHash !== null) {
        await replacePasswordHash(queries, found.user.id, found.passwordHash, rehashed);
      }
      const opened = await openSession(deps, queries, found.user, context);
      await appendHistory(queries, {
        at: deps.clock(),
        userId: found.user.id,
        actor: `user:${found.user.id}`,
        action: 'signed_in',
        context,
      });
      return { ...opened, extension: await findExtension(queries, found.user.id, context.door) };
    });
  };
