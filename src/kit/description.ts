import { parse } from 'yaml';
import { isMap, items, members, placeAt, step, type JsonMap, type Place } from './pointer';

/** A value that a description shows. */
export interface DescribedExample {
  name: string;
  value: unknown;
}

/** A body in one media type. */
export interface DescribedContent {
  /** Without parameters, in lower case: `application/json`. */
  type: string;
  /** Undefined when anything may stand there. */
  schema: Place | undefined;
  examples: readonly DescribedExample[];
}

export interface DescribedResponse {
  /** Three digits, a range such as `4XX`, or `default`. */
  status: string;
  /** Empty: the answer has no body. */
  content: readonly DescribedContent[];
}

export interface DescribedParameter {
  name: string;
  in: string;
  required: boolean;
  schema: Place | undefined;
  examples: readonly DescribedExample[];
}

/** `never`: nobody is asked. `optional`: a token changes the answer. `always`: without one the call is refused. */
export type TokenNeed = 'never' | 'optional' | 'always';

export interface DescribedOperation {
  /** In capitals. */
  method: string;
  /** As it is described: `/v1/api/user/token/{id}`. */
  path: string;
  token: TokenNeed;
  /** The member of the body in which the token travels, where OpenAPI has no security scheme for it. */
  tokenInBody: string | undefined;
  parameters: readonly DescribedParameter[];
  /** The bodies that the call takes. */
  body: readonly DescribedContent[];
  responses: readonly DescribedResponse[];
}

/**
 * A dialect's `openapi.yaml`, read. Three of its members are extensions of ours, Responses Objects each, for answers
 * that belong to no operation: `x-unknown-path`, to a path or method that is not described; `x-preflight`, to OPTIONS
 * on any path; `x-any-path`, which any request may get before its path is looked at.
 */
export interface Description {
  document: JsonMap;
  operations: readonly DescribedOperation[];
  unknownPath: readonly DescribedResponse[];
  preflight: readonly DescribedResponse[];
  anyPath: readonly DescribedResponse[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function textOf({ value }: Place): string {
  return typeof value === 'string' ? value : '';
}

function present(place: Place): Place | undefined {
  return place.value === undefined ? undefined : place;
}

/** Named examples, and the single one that may stand in their place, which has no name. */
function readExamples(document: JsonMap, place: Place): DescribedExample[] {
  const named = members(document, step(document, place, 'examples')).map(([name, example]) => ({
    name,
    value: isMap(example.value) ? example.value.value : undefined,
  }));
  const single = step(document, place, 'example').value;
  return single === undefined ? named : [...named, { name: '', value: single }];
}

function readContent(document: JsonMap, place: Place): DescribedContent[] {
  return members(document, step(document, place, 'content')).map(([type, content]) => ({
    type: essence(type),
    schema: present(step(document, content, 'schema')),
    examples: readExamples(document, content),
  }));
}

function readResponses(document: JsonMap, place: Place): DescribedResponse[] {
  return members(document, place).map(([status, response]) => ({
    status,
    content: readContent(document, response),
  }));
}

function readParameter(document: JsonMap, place: Place): DescribedParameter {
  return {
    name: textOf(step(document, place, 'name')),
    in: textOf(step(document, place, 'in')),
    required: step(document, place, 'required').value === true,
    schema: present(step(document, place, 'schema')),
    examples: readExamples(document, place),
  };
}

/** The operation's own word on security, else that of the whole description. */
function readToken(document: JsonMap, operation: Place): TokenNeed {
  const own = step(document, operation, 'security').value ?? document.security;
  const alternatives = Array.isArray(own) ? own.map((one) => isMap(one) && Object.keys(one).length > 0) : [];
  if (!alternatives.includes(true)) return 'never';
  return alternatives.includes(false) ? 'optional' : 'always';
}

function readOperation(
  document: JsonMap,
  method: string,
  path: string,
  shared: readonly Place[],
  place: Place,
): DescribedOperation {
  const parameters = [...shared, ...items(document, step(document, place, 'parameters'))];
  return {
    method: method.toUpperCase(),
    path,
    token: readToken(document, place),
    tokenInBody: textOf(step(document, place, 'x-token-in-body')) || undefined,
    parameters: parameters.map((parameter) => readParameter(document, parameter)),
    body: readContent(document, step(document, place, 'requestBody')),
    responses: readResponses(document, step(document, place, 'responses')),
  };
}

/** Media type without its parameters. */
export function essence(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

/** Reads the text of an `openapi.yaml`. Throws when it is no YAML, or a reference leads nowhere or out of it. */
export function readDescription(text: string): Description {
  const document: unknown = parse(text);
  if (!isMap(document)) throw new Error('an OpenAPI description is an object');
  const operations = members(document, placeAt(document, '#/paths')).flatMap(([path, item]) => {
    const shared = items(document, step(document, item, 'parameters'));
    return members(document, item)
      .filter(([name]) => methods.includes(name))
      .map(([method, place]) => readOperation(document, method, path, shared, place));
  });
  const extension = (name: string) => readResponses(document, placeAt(document, `#/${name}`));
  return {
    document,
    operations,
    unknownPath: extension('x-unknown-path'),
    preflight: extension('x-preflight'),
    anyPath: extension('x-any-path'),
  };
}

/** Whether a segment can be the value of a parameter. */
function isValue(segment: string): boolean {
  try {
    return decodeURIComponent(segment) !== '';
  } catch {
    return false;
  }
}

function fits(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => {
      const part = given[index] ?? '';
      return segment === part || (/^\{[^}]+\}$/.test(segment) && isValue(part));
    })
  );
}

/** The operation at a concrete path; one without parameters goes before one with them. */
export function findOperation(
  { operations }: Description,
  method: string,
  path: string,
): DescribedOperation | undefined {
  const ofMethod = operations.filter((operation) => operation.method === method);
  return (
    ofMethod.find((operation) => operation.path === path) ??
    ofMethod.find((operation) => fits(operation.path, path))
  );
}

/** The answer that a description has for a status: the status itself, then its range, then `default`. */
export function findResponse(
  responses: readonly DescribedResponse[],
  status: number,
): DescribedResponse | undefined {
  const range = `${String(status).charAt(0)}XX`;
  return [String(status), range, 'default']
    .map((wanted) => responses.find((response) => response.status.toUpperCase() === wanted.toUpperCase()))
    .find((response) => response !== undefined);
}
