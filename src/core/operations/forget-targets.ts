import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { demandTarget, dropTraces, tracesOf, tracesOfCaller } from '../rehearsal';
import { isStorable } from '../text';

export const forgetTargets =
  (deps: Deps): Operation<'forgetTargets'> =>
  async (command, context) => {
    const traces = [tracesOfCaller(context)];
    // What no column can hold has left nothing behind.
    for (const target of command.targets.filter(isStorable)) {
      const holder = await demandTarget(deps, context, command, target);
      traces.push(tracesOf(deps, context, target, holder));
    }
    await deps.db.knex.transaction((queries) =>
      dropTraces(queries, context, command, {
        targets: traces.flatMap(({ targets }) => targets),
        counters: traces.flatMap(({ counters }) => counters),
      }),
    );
    return {};
  };
