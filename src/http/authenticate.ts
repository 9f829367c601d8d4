import { CoreError, fail, type Caller, type CallContext, type Clock, type Core } from '../core';
import type { Access, NamedDeclaration, Route, WireRequest } from '../dialect';
import { createTokenVerifier, type VerificationKeys } from './verify-token';

export interface Authenticated {
  /** What `read` of the action is given. */
  caller: Caller | null | undefined;
  /** When the presented token ends; null without one. */
  expiresAt: Date | null;
}

export type Authenticate = (
  request: WireRequest,
  route: Route,
  access: Access,
  context: CallContext,
  now: Date,
) => Promise<Authenticated>;

/**
 * Finds the person behind the requests of one door. Fails with `access_token_rejected`: `missing` without a token or
 * with one that the dialect does not admit from where the request comes, `malformed` or `expired` from the token alone,
 * and the rest from the core. With access `optional` all of these mean nobody.
 */
export function createAuthenticator(
  core: Core,
  { name, declaration }: NamedDeclaration,
  keys: VerificationKeys,
  clock: Clock,
): Authenticate {
  const { accessToken } = declaration;
  const verify = createTokenVerifier(name, accessToken.format, keys, clock);

  async function findCaller(
    request: WireRequest,
    route: Route,
    access: Access,
    context: CallContext,
    now: Date,
  ): Promise<Authenticated> {
    const token = route.findToken === undefined ? accessToken.find(request) : route.findToken(request);
    if (token === undefined || token === '')
      return fail({ code: 'access_token_rejected', reason: 'missing' });
    const writes = route.method !== 'get';
    if (writes && declaration.admitsOrigin?.(request) === false) {
      return fail({ code: 'access_token_rejected', reason: 'missing' });
    }
    let verified = verify(token, now, route.acceptExpired === true);
    // Waits only for a token that is not in the cache.
    if (verified instanceof Promise) verified = await verified;
    const caller = await core.authenticate({ reference: verified.reference }, context);
    // A program has no profile and no session: where the wire means a person, it is nobody.
    if (caller.kind === 'client' && access !== 'caller') {
      return fail({ code: 'access_token_rejected', reason: 'unknown' });
    }
    const sessionEnd = caller.kind === 'user' ? caller.session.expiresAt : null;
    return { caller, expiresAt: verified.expiresAt ?? sessionEnd };
  }

  return async (request, route, access, context, now) => {
    if (access === 'public') return { caller: undefined, expiresAt: null };
    try {
      return await findCaller(request, route, access, context, now);
    } catch (error) {
      if (
        access === 'optional' &&
        error instanceof CoreError &&
        error.problem.code === 'access_token_rejected'
      ) {
        return { caller: null, expiresAt: null };
      }
      throw error;
    }
  };
}
