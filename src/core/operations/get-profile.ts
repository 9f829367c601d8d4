import { resolveSubject } from '../callers';
import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { findExtension } from '../store/extensions';
import { findUserById } from '../store/users';

/** The caller's own profile came with the check of the session: it costs nothing more. */
export const getProfile =
  ({ db }: Deps): Operation<'getProfile'> =>
  async ({ caller, userId }, context) => {
    const subject = resolveSubject(caller, userId);
    if ('self' in subject) {
      return { user: subject.self, extension: caller.kind === 'user' ? caller.extension : null };
    }
    const user = await findUserById(db.knex, subject.otherId);
    if (user === null) return fail({ code: 'user_not_found' });
    return { user, extension: await findExtension(db.knex, user.id, context.door) };
  };
