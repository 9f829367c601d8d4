import type { EndedReason } from './model';
import { fail, type TokenRejection } from './problems';
import type { Queries } from './store/database';
import { findSessionEnd } from './store/sessions';

/** What the token of a session that has ended is told. */
export function rejectionOf(reason: EndedReason): TokenRejection {
  return reason === 'superseded' ? 'superseded' : 'ended';
}

/** Fails with `access_token_rejected` when the session has ended since its caller was authenticated. */
export async function checkSessionLives(queries: Queries, sessionId: string): Promise<void> {
  const reason = await findSessionEnd(queries, sessionId);
  if (reason !== null) fail({ code: 'access_token_rejected', reason: rejectionOf(reason) });
}
