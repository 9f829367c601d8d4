import type { DescribedOperation, Description } from './description';
import { isMap, items, members, step, type Place } from './pointer';

/** Keywords by which a schema forbids values of the right type. */
const limits = [
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'enum',
  'const',
  'required',
];

/** Where a schema holds further ones, by name or in a list. */
const byName = ['properties'];
const inList = ['allOf', 'anyOf', 'oneOf'];

type Document = Description['document'];

/** A schema and all that it is made of, each once. */
function partsOf(document: Document, schema: Place, seen: Map<string, Place> = new Map()): Place[] {
  if (seen.has(schema.pointer)) return [];
  seen.set(schema.pointer, schema);
  const inner = [
    ...byName.flatMap((name) => members(document, step(document, schema, name)).map(([, place]) => place)),
    ...inList.flatMap((name) => items(document, step(document, schema, name))),
    step(document, schema, 'items'),
  ];
  for (const place of inner) if (isMap(place.value)) partsOf(document, place, seen);
  return [...seen.values()];
}

function hasLimit(document: Document, schema: Place | undefined): boolean {
  if (schema === undefined) return false;
  return partsOf(document, schema).some(({ value }) => isMap(value) && limits.some((word) => word in value));
}

/** Whether anything but a text is meant: what a query or a path holds is always one, and may not be a number. */
function isOfOtherType(document: Document, schema: Place | undefined): boolean {
  if (schema === undefined) return false;
  return partsOf(document, schema).some(({ value }) => {
    const types = isMap(value) ? [value.type].flat() : [];
    return types.some((type) => typeof type === 'string' && type !== 'string' && type !== 'null');
  });
}

/** Whether a request can hold a value of a wrong type: a JSON body with members, or a number in its query or path. */
export function canBeOfWrongType(
  { document }: Description,
  { parameters, body }: DescribedOperation,
): boolean {
  const hasMembers = body.some(
    ({ type, schema }) =>
      /[/+]json$/.test(type) &&
      schema !== undefined &&
      partsOf(document, schema).some(({ value }) => isMap(value) && 'properties' in value),
  );
  const inAddress = parameters.filter(({ in: where }) => where === 'query' || where === 'path');
  return hasMembers || inAddress.some(({ schema }) => isOfOtherType(document, schema));
}

/** Whether a request has a limit to step over: of a member or a parameter, which may also be missing where it must be. */
export function hasBoundary({ document }: Description, { parameters, body }: DescribedOperation): boolean {
  return (
    body.some(({ schema }) => hasLimit(document, schema)) ||
    // Without its parameter a path is another path.
    parameters.some(
      ({ in: where, required, schema }) => (required && where !== 'path') || hasLimit(document, schema),
    )
  );
}
