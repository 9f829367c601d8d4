import { endpointOf, stepsOf, type Declaration, type Route } from '../../src/dialect';
import {
  findOperation,
  type DescribedOperation,
  type Description,
  type TokenNeed,
} from '../../src/kit/description';

/** Where several operations share an address, a token that some of them need is optional. */
function needOf(route: Route): TokenNeed {
  const accesses = new Set(stepsOf(route).map(({ access }) => access));
  if ([...accesses].every((access) => access === 'public')) return 'never';
  return [...accesses].every((access) => access === 'session' || access === 'caller') ? 'always' : 'optional';
}

function wrongToken(route: Route, operation: DescribedOperation): string[] {
  const need = needOf(route);
  const { token, tokenInBody } = operation;
  if (tokenInBody !== undefined) {
    if (route.findToken === undefined) return [`has x-token-in-body, but its token travels as any other`];
    return token === 'never' && need !== 'never' ? [] : [`has x-token-in-body and a security scheme`];
  }
  // A good token may change nothing that a client could see.
  if (token === need || (need === 'optional' && token === 'never')) return [];
  const wanted = {
    never: 'security: []',
    optional: 'security: [{}, {…}]',
    always:
      route.findToken === undefined
        ? 'security: [{…}]'
        : 'security: [{…}], or x-token-in-body with the name of the member',
  };
  return [`must say ${wanted[need]}`];
}

function wrongParameters({ path, parameters }: DescribedOperation): string[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const given = parameters.filter((parameter) => parameter.in === 'path');
  const missing = inPath.filter((name) => !given.some((parameter) => parameter.name === name));
  const loose = given.filter(({ name, required }) => !inPath.includes(name) || !required);
  return [
    ...missing.map((name) => `lacks the path parameter ${String(name)}`),
    ...loose.map(({ name }) => `has the path parameter ${name}, which is not required or not in the path`),
  ];
}

/** Where a declaration and the description of its wire disagree on addresses, path parameters or tokens. */
export function wrongOperations(declaration: Declaration, description: Description): string[] {
  const addresses = declaration.routes.map(endpointOf);
  const surplus = description.operations.filter(
    ({ method, path }) => !addresses.includes(`${method} ${path}`),
  );
  const faults = declaration.routes.flatMap((route) => {
    const address = endpointOf(route);
    const [method = '', path = ''] = address.split(' ');
    const operation = findOperation(description, method, path);
    if (operation?.path !== path) return [`${address}: is not described`];
    return [...wrongToken(route, operation), ...wrongParameters(operation)].map(
      (fault) => `${address}: ${fault}`,
    );
  });
  return [...faults, ...surplus.map(({ method, path }) => `${method} ${path}: is described and not served`)];
}
