/** A JSON object whose members nobody has looked at yet. */
export type JsonMap = Readonly<Record<string, unknown>>;

/** A place in a document, and what stands there. */
export interface Place {
  /** JSON pointer (RFC 6901) from the document's root. */
  pointer: string;
  value: unknown;
}

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One step of a pointer. */
function escapeSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapeSegment(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

function child(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return (value as unknown[])[Number(name)];
  return isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The place that a pointer or a reference within the document (`#/…`) leads to, over every `$ref` on the way. */
export function placeAt(document: JsonMap, reference: string): Place {
  const path = reference.startsWith('#') ? decodeURIComponent(reference.slice(1)) : reference;
  let place: Place = { pointer: '', value: document };
  for (const segment of path.split('/').slice(1)) place = step(document, place, unescapeSegment(segment));
  return place;
}

/** The member of a place, over the `$ref` that may stand there. Its value is undefined when there is none. */
export function step(document: JsonMap, { pointer, value }: Place, name: string): Place {
  return settle(document, { pointer: `${pointer}/${escapeSegment(name)}`, value: child(value, name) });
}

/** The members of a place, each over its `$ref`. None where no object stands. */
export function members(document: JsonMap, place: Place): readonly (readonly [name: string, place: Place])[] {
  if (!isMap(place.value)) return [];
  return Object.keys(place.value).map((name) => [name, step(document, place, name)] as const);
}

/** The items of a place, each over its `$ref`. None where no array stands. */
export function items(document: JsonMap, place: Place): readonly Place[] {
  if (!Array.isArray(place.value)) return [];
  return place.value.map((_, index) => step(document, place, String(index)));
}

function settle(document: JsonMap, place: Place, passed: readonly string[] = []): Place {
  const { pointer, value } = place;
  if (!isMap(value) || typeof value.$ref !== 'string') return place;
  const { $ref: reference } = value;
  if (!reference.startsWith('#/'))
    throw new Error(`${pointer} refers to ${reference}, which is not in this file`);
  if (passed.includes(reference)) throw new Error(`${pointer} refers to itself`);
  const next = placeAt(document, reference);
  if (next.value === undefined) throw new Error(`${pointer} refers to ${reference}, where nothing is`);
  return settle(document, next, [...passed, reference]);
}
