import type { Deps } from './deps';
import type { CallContext } from './operations';
import type { Queries } from './store/database';
import { appendHistory, type HistoryAction } from './store/history';

/** Writes the history row of something that a user did for themselves, or that somebody unknown tried. */
export async function tell(
  deps: Pick<Deps, 'clock'>,
  queries: Queries,
  context: CallContext,
  event: { userId: number | null; action: HistoryAction; fields?: readonly string[]; actor?: string },
): Promise<void> {
  await appendHistory(queries, {
    at: deps.clock(),
    userId: event.userId,
    actor: event.actor ?? (event.userId === null ? 'nobody' : `user:${event.userId}`),
    action: event.action,
    ...(event.fields === undefined ? {} : { fields: event.fields }),
    context,
  });
}
