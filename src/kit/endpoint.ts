import type { ExchangeRequest } from '../contract';
import { stepsOf, type Declaration, type Route, type Step, type WireRequest } from '../dialect';

/** The endpoint of a request to no route. */
export const unknownPath = 'unknown path';

function fits(route: Route, parts: readonly string[]): boolean {
  const segments = route.path.split('/');
  return (
    segments.length === parts.length &&
    segments.every((segment, index) => {
      const part = parts[index] ?? '';
      return segment.startsWith(':') ? part !== '' : segment === part;
    })
  );
}

/** The route that a gateway would find for a request; a fixed address goes before one with parameters. */
export function routeOf(
  { routes }: Pick<Declaration, 'routes'>,
  { method, path }: Pick<ExchangeRequest, 'method' | 'path'>,
): Route | undefined {
  const parts = path.split('/');
  const candidates = routes.filter((route) => route.method.toUpperCase() === method && fits(route, parts));
  return candidates.find((route) => route.path === path) ?? candidates[0];
}

/** `METHOD /path/{parameter}`, or `unknown path`. */
export function endpointOf(route: Route | undefined): string {
  if (route === undefined) return unknownPath;
  return `${route.method.toUpperCase()} ${route.path.replace(/:([^/]+)/g, '{$1}')}`;
}

/** The request as the server's side of a dialect sees it, as far as it can be known before it is sent. */
function asWireRequest(route: Route, { method, path, query, headers, body }: ExchangeRequest): WireRequest {
  const parts = path.split('/');
  const params = route.path
    .split('/')
    .flatMap((segment, index) => (segment.startsWith(':') ? [[segment.slice(1), parts[index] ?? '']] : []));
  const lowered = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method,
    path,
    params: Object.fromEntries(params) as Record<string, string>,
    query: new URLSearchParams(query ?? {}),
    headers: Object.fromEntries(lowered) as Record<string, string>,
    body,
  };
}

/** What a request at an address asks for. All that the address can do, where the request itself does not tell. */
export function stepsAsked(route: Route | undefined, request: ExchangeRequest): readonly Step[] {
  if (route === undefined) return [];
  if (!('cases' in route)) return stepsOf(route);
  const wire = asWireRequest(route, request);
  const found = route.cases.find((step) => {
    try {
      return step.when(wire);
    } catch {
      // A request that is wrong in its form has no case of its own.
      return false;
    }
  });
  return found === undefined ? route.cases : [found];
}
