import type { Logger } from 'pino';
import type { Core } from '../core';
import type { Call } from './call';
import { describeError } from './problems';

/**
 * The headers that announce a new access token, when the presented one was good and is near its end. Undefined when
 * there is nothing to announce; a renewal that fails is logged and fails nothing.
 */
export async function renewToken(
  core: Core,
  log: Logger,
  call: Call,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { caller, context, tokenExpiresAt, now } = call;
  const { renewal } = call.match.dialect.declaration.accessToken;
  if (renewal === undefined || tokenExpiresAt === null) return undefined;
  if (caller?.kind !== 'user' || context === undefined) return undefined;
  const left = tokenExpiresAt.getTime() - now.getTime();
  if (left <= 0 || left >= renewal.withinSeconds * 1000) return undefined;
  // The session that this call has just ended has no use for a new token.
  if (call.action?.operation === 'signOut') return undefined;
  try {
    const grant = await core.renewSession({ caller, lifetimeSeconds: renewal.lifetimeSeconds }, context);
    return renewal.announce(grant.accessToken);
  } catch (error) {
    log.warn({ requestId: call.requestId, error: describeError(error) }, 'an access token was not renewed');
    return undefined;
  }
}
