import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { demandReach, findNamed } from '../rehearsal';

export const checkReach =
  (deps: Deps): Operation<'checkReach'> =>
  async (command, context) => {
    const holder = await findNamed(deps, command.target);
    if (holder !== null) await demandReach(deps.db.knex, context, command, holder.id);
    return {};
  };
