import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail, type TokenRejection } from '../problems';
import { rejectionOf } from '../session-end';
import { findClientSecret } from '../store/clients';
import { findCaller } from '../store/sessions';

/**
 * The session row decides, on every request: whoever signed out or was blocked through any door and any copy is out.
 * A token is good only at the door that made it.
 */
export const authenticate =
  ({ db, clock }: Deps): Operation<'authenticate'> =>
  async ({ reference }, context) => {
    const reject = (reason: TokenRejection): never => fail({ code: 'access_token_rejected', reason });
    if ('clientId' in reference) {
      const { clientId } = reference;
      return (await findClientSecret(db.knex, clientId)) === null
        ? reject('ended')
        : { kind: 'client', clientId };
    }
    const found = await findCaller(db, reference);
    if (found === null || found.session.dialect !== context.door) return reject('unknown');
    if (found.userDeleted) return reject('user_gone');
    if (found.user.status === 'blocked') return reject('user_blocked');
    if (found.endedReason !== null) return reject(rejectionOf(found.endedReason));
    if (found.session.expiresAt <= clock()) return reject('expired');
    return { kind: 'user', user: found.user, session: found.session, extension: found.extension };
  };
