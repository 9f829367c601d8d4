import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { demandReach, findNamed, tracesOf, tracesOfCaller } from '../rehearsal';
import { removeTraces } from '../store/rehearsal';
import { isStorable } from '../text';

export const forgetTargets =
  (deps: Deps): Operation<'forgetTargets'> =>
  async (command, context) => {
    const traces = [tracesOfCaller(context)];
    // What no column can hold has left nothing behind.
    for (const target of command.targets.filter(isStorable)) {
      const holder = await findNamed(deps, target);
      if (holder !== null) await demandReach(deps.db.knex, context, command, holder.id);
      traces.push(tracesOf(deps, context, target, holder));
    }
    await deps.db.knex.transaction((queries) =>
      removeTraces(queries, {
        targets: traces.flatMap(({ targets }) => targets),
        counters: traces.flatMap(({ counters }) => counters),
      }),
    );
    return {};
  };
