import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { demandTarget } from '../rehearsal';

export const checkReach =
  (deps: Deps): Operation<'checkReach'> =>
  async (command, context) => {
    await demandTarget(deps, context, command, command.target);
    return {};
  };
