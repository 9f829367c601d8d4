import type { Deps } from '../deps';
import type { IdentifierKind, User } from '../model';
import type { Operation } from '../operations';
import { readTypedIdentifier } from '../rules';
import { findUsersAtDoor } from '../store/users';
import { foldKey } from '../text';

interface Key {
  kind: IdentifierKind;
  key: string;
}

/** Whether a query held exactly this contact of the user. */
function asked(keys: readonly Key[], kind: 'email' | 'phone', user: User): boolean {
  const value = user[kind];
  if (value === null) return false;
  const own = kind === 'email' ? foldKey(value) : value;
  return keys.some((key) => key.kind === kind && key.key === own);
}

/** Finds only users who have used the door of the call, unless an administrator asks. */
export const queryUsers =
  (deps: Deps): Operation<'queryUsers'> =>
  async (command, context) => {
    const region = deps.settings.phoneRegion;
    const keys: Key[] = [];
    const add = (typed: string | undefined, kind?: IdentifierKind): void => {
      if (typed === undefined) return;
      const read = readTypedIdentifier(typed, region);
      if (read.key !== undefined && (kind === undefined || kind === read.kind)) {
        keys.push({ kind: read.kind, key: read.key });
      }
    };
    add(command.username, 'username');
    add(command.email, 'email');
    add(command.phone, 'phone');
    add(command.identifier);
    const ids = command.userIds ?? [];
    if (ids.length === 0 && keys.length === 0) return { users: [], caller: command.caller };
    const seesAll = command.caller.kind === 'client' || command.caller.user.role === 'admin';
    const users = await findUsersAtDoor(deps.db.knex, { ids, keys }, seesAll ? null : context.door);
    return {
      caller: command.caller,
      users: users.map((user) => ({
        user,
        extension: null,
        shows: {
          email: seesAll || asked(keys, 'email', user),
          phone: seesAll || asked(keys, 'phone', user),
        },
      })),
    };
  };
