import type { Deps } from '../deps';
import { findTypedIdentifier } from '../find-user';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { findUserById } from '../store/users';

/** Ids have at most ten digits and no sign; what else looks like a number is a phone number. */
const idForm = /^[1-9]\d{0,9}$/;

export const findUser =
  (deps: Deps): Operation<'findUser'> =>
  async ({ identifier }) => {
    const id = idForm.test(identifier) ? Number(identifier) : null;
    const byId = id !== null && id < 2 ** 31 ? await findUserById(deps.db.knex, id) : null;
    const user = byId ?? (await findTypedIdentifier(deps, identifier))?.user ?? null;
    return user === null ? fail({ code: 'user_not_found' }) : { user, extension: null };
  };
