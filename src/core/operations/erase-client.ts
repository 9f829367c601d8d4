import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { eraseClientRow, findClientName } from '../store/rehearsal';

export const eraseClient =
  ({ db }: Deps): Operation<'eraseClient'> =>
  async ({ clientId }, context) => {
    const name = await findClientName(db.knex, clientId);
    if (name === null) return {};
    // A client that a door makes carries the name of the door.
    if (name !== context.door) fail({ code: 'permission_denied' });
    await eraseClientRow(db.knex, clientId);
    return {};
  };
