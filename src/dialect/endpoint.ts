import type { Route } from './dialect';

/** A route as people write it and descriptions name it: `METHOD /path/{parameter}`. */
export function endpointOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method.toUpperCase()} ${path.replace(/:([^/]+)/g, '{$1}')}`;
}
