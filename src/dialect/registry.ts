import { stepsOf, type Access, type Declaration, type Route, type Step } from './dialect';

export interface NamedDeclaration {
  name: string;
  declaration: Declaration;
}

/** A route with what can be known about it before the first request. */
export interface ServedRoute {
  route: Route;
  steps: readonly Step[];
  /** The access of all steps where they agree; undefined when the body must be seen to know it. */
  access: Access | undefined;
}

/** Where a request belongs. `route` is undefined when the dialect owns the path and has nothing there. */
export interface Match<D extends NamedDeclaration> {
  dialect: D;
  route: ServedRoute | undefined;
  params: Readonly<Record<string, string>>;
}

export interface Registry<D extends NamedDeclaration> {
  /** Undefined when no dialect owns the path. `HEAD` finds what `GET` finds. Paths are case-sensitive and whole. */
  find(method: string, path: string): Match<D> | undefined;
}

/** The text that a segment must be, or the name of the parameter that it gives. */
type Segment = { text: string } | { parameter: string };

interface Pattern<D extends NamedDeclaration> {
  method: string;
  segments: readonly Segment[];
  dialect: D;
  route: ServedRoute;
}

const mountForm = /^(?:\/[A-Za-z0-9._~-]+)+$/;
const pathForm = /^(?:\/:?[A-Za-z0-9._~-]+)*\/?$/;
const noParams: Readonly<Record<string, string>> = Object.freeze({});

function covers(mount: string, path: string): boolean {
  return path.startsWith(mount) && (path.length === mount.length || path[mount.length] === '/');
}

function checkDialects(dialects: readonly NamedDeclaration[], reserved: readonly string[]): void {
  const taken = reserved.map((path) => ({ owner: 'the gateway', path }));
  const names = new Set<string>();
  for (const { name, declaration } of dialects) {
    if (names.has(name)) throw new Error(`two dialects are named ${name}`);
    names.add(name);
    for (const path of declaration.mounts) {
      if (!mountForm.test(path)) throw new Error(`${name}: ${path} is no mount: it must look like /auth/v1`);
      const other = taken.find((mount) => covers(mount.path, path) || covers(path, mount.path));
      if (other !== undefined)
        throw new Error(`${name}: the mount ${path} meets ${other.path} of ${other.owner}`);
      taken.push({ owner: name, path });
    }
  }
}

function checkRoute({ name, declaration }: NamedDeclaration, route: Route): void {
  const address = `${name}: ${route.method} ${route.path}`;
  if (!pathForm.test(route.path)) throw new Error(`${address} is no path`);
  if (!declaration.mounts.some((mount) => covers(mount, route.path))) {
    throw new Error(`${address} is under none of its dialect's mounts`);
  }
  if (route.upload !== undefined && declaration.limits.uploadBytes === undefined) {
    throw new Error(`${address} takes an upload, but the dialect sets no limit for uploads`);
  }
}

function serve(route: Route): ServedRoute {
  const steps = stepsOf(route);
  const accesses = new Set(steps.map((step) => step.access));
  return { route, steps, access: accesses.size === 1 ? steps[0]?.access : undefined };
}

function segmentsOf(path: string): readonly Segment[] {
  return path.split('/').map((text) => (text.startsWith(':') ? { parameter: text.slice(1) } : { text }));
}

/** What a path's `:name` segments say; undefined when the pattern does not fit or a segment is badly escaped. */
function match(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | undefined {
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? '';
    if ('text' in segment) {
      if (part !== segment.text) return undefined;
      continue;
    }
    if (part === '') return undefined;
    try {
      params[segment.parameter] = decodeURIComponent(part);
    } catch {
      return undefined;
    }
  }
  return params;
}

/**
 * The one look-up of the gateway: a request's method and path → its dialect and route. Addresses without parameters are
 * found in a map, the few others by trying the patterns in the order of declaration. Throws at start when names or
 * mounts meet, when a mount meets one of the `reserved` paths, when a route lies outside its dialect's mounts, or when
 * two routes have one address.
 */
export function compileRegistry<D extends NamedDeclaration>(
  dialects: readonly D[],
  reserved: readonly string[],
): Registry<D> {
  checkDialects(dialects, reserved);
  const fixed = new Map<string, Match<D>>();
  const patterns: Pattern<D>[] = [];
  const addresses = new Set<string>();
  const mounts: { prefix: string; unmatched: Match<D> }[] = [];

  for (const dialect of dialects) {
    const unmatched = { dialect, route: undefined, params: noParams };
    for (const prefix of dialect.declaration.mounts) mounts.push({ prefix, unmatched });
    for (const route of dialect.declaration.routes) {
      checkRoute(dialect, route);
      const method = route.method.toUpperCase();
      // Two patterns whose parameters differ in nothing but their names are one address.
      const address = `${method} ${route.path.replace(/\/:[^/]+/g, '/:')}`;
      if (addresses.has(address)) throw new Error(`${dialect.name}: two routes at ${method} ${route.path}`);
      addresses.add(address);
      const served = serve(route);
      if (route.path.includes('/:'))
        patterns.push({ method, segments: segmentsOf(route.path), dialect, route: served });
      else fixed.set(address, { dialect, route: served, params: noParams });
    }
  }

  return {
    find(method, path) {
      const asked = method === 'HEAD' ? 'GET' : method;
      const found = fixed.get(`${asked} ${path}`);
      if (found !== undefined) return found;
      const mount = mounts.find(({ prefix }) => covers(prefix, path));
      if (mount === undefined) return undefined;
      const parts = path.split('/');
      for (const pattern of patterns) {
        if (pattern.method !== asked) continue;
        const params = match(pattern.segments, parts);
        if (params !== undefined) return { dialect: pattern.dialect, route: pattern.route, params };
      }
      return mount.unmatched;
    },
  };
}
