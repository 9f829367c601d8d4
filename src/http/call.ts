import type { IncomingMessage } from 'node:http';
import { isStorable, type Caller, type CallContext } from '../core';
import type {
  Action,
  Match,
  Meta,
  NamedDeclaration,
  WireProblem,
  WireRequest,
  WireResponse,
} from '../dialect';
import type { FindAddress } from './address';
import type { Authenticate } from './authenticate';

/** A dialect with what the host keeps for it. */
export interface ServedDialect extends NamedDeclaration {
  authenticate: Authenticate;
}

/** One request on its way through the host. */
export interface Call {
  incoming: IncomingMessage;
  match: Match<ServedDialect>;
  request: WireRequest;
  requestId: string;
  /** Of `performance.now()`. */
  startedAt: number;
  now: Date;
  address: string | null;
  /** Undefined until it is known which of a route's cases this is. */
  action: Action | undefined;
  caller: Caller | null | undefined;
  /** When the presented token ends; null without a good one. */
  tokenExpiresAt: Date | null;
  /** Undefined until the core is asked. */
  context: CallContext | undefined;
  /** The code of what went wrong. */
  problem: string | undefined;
}

const longestName = 512;

/** A device or an application that cannot be stored is as good as none. */
function nameOf(value: string | undefined): string | null {
  return value === undefined || value === '' || value.length > longestName || !isStorable(value)
    ? null
    : value;
}

/** Who and where a call comes from, as the core is told. */
export function contextOf({
  match,
  request,
  address,
}: Pick<Call, 'match' | 'request' | 'address'>): CallContext {
  const { name, declaration } = match.dialect;
  return {
    door: name,
    address,
    deviceId: nameOf(declaration.deviceId?.(request)),
    clientId: nameOf(declaration.clientId?.(request)),
    userAgent: request.headers['user-agent']?.slice(0, longestName) ?? null,
  };
}

export function startCall(
  incoming: IncomingMessage,
  match: Match<ServedDialect>,
  request: WireRequest,
  identity: { requestId: string; startedAt: number; now: Date; findAddress: FindAddress },
): Call {
  const steps = match.route?.steps;
  const only = steps?.length === 1 ? steps[0] : undefined;
  return {
    incoming,
    match,
    request,
    requestId: identity.requestId,
    startedAt: identity.startedAt,
    now: identity.now,
    // Asked for now, because it is gone with the socket.
    address: identity.findAddress(incoming),
    action: only === undefined || 'answer' in only ? undefined : only,
    caller: undefined,
    tokenExpiresAt: null,
    context: undefined,
    problem: undefined,
  };
}

export function metaOf({ requestId, now, action, request }: Call): Meta {
  return { requestId, now, operation: action?.operation ?? null, request };
}

/** A problem in the words of the call's action, or of its dialect. Throws what the dialect's own words throw. */
export function renderProblem(call: Call, problem: WireProblem): WireResponse {
  call.problem = problem.code;
  const { errors } = call.match.dialect.declaration;
  const words = call.action?.errors?.[problem.code] ?? errors[problem.code];
  // Each entry of the table takes its own problem, and this one was found under the problem's own code.
  return words(problem as never, metaOf(call));
}
