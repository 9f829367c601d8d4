import type { IncomingHttpHeaders } from 'node:http';
import type { Declaration, Route, Step } from './dialect';
import { refuse } from './problems';
import type { ServedRoute } from './registry';
import type { WireRequest } from './wire';

/** What a request with these bytes has as its `body`: what the dialect makes of them, or undefined. */
export function bodyOf(
  declaration: Pick<Declaration, 'decode'>,
  route: Pick<Route, 'method'>,
  bytes: Buffer,
  headers: IncomingHttpHeaders,
): unknown {
  // A body of GET means nothing (RFC 9110, 9.3.1), and DELETE usually comes without one.
  if (route.method === 'get' || (route.method === 'delete' && bytes.length === 0)) return undefined;
  return declaration.decode(bytes, headers);
}

/** What of its address a request asks for. Refuses one that none of the address's cases takes, as `not_served`. */
export function chooseStep({ steps, route }: ServedRoute, request: WireRequest): Step {
  if (!('cases' in route)) return steps[0] ?? refuse({ code: 'no_such_route' });
  return route.cases.find((one) => one.when(request)) ?? refuse({ code: 'not_served' });
}
