import {
  attempt,
  encodeForm,
  InputError,
  isVariable,
  readEach,
  splitUrl,
  type CapturedRequest,
} from './captured';
import { credentialsOf } from './postman-auth';
import { collectionSchema, type Auth, type Item, type Pair, type Request, type Url } from './postman-schema';

interface NamedValue {
  name: string;
  value: string;
}

/** Values of pairs may be of any type of JSON. */
const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

const live = (all: readonly Pair[] | null | undefined): NamedValue[] =>
  (all ?? [])
    .filter(({ disabled }) => disabled !== true)
    .map(({ key, value }) => ({ name: key ?? '', value: asText(value) }));

/** A query as Postman sends it, which escapes only what has no place there. */
function queryOf(pairs: readonly NamedValue[]): string {
  const escape = (text: string): string => text.replace(/[&#\s]/g, encodeURIComponent);
  return pairs.map(({ name, value }) => `${escape(name)}=${escape(value)}`).join('&');
}

/** The URL as one text, its path variables filled in where they have a value. */
function urlOf(url: Request['url'], added: readonly NamedValue[]): string {
  const given: Url = typeof url === 'string' ? { raw: url } : (url ?? {});
  const segments = typeof given.path === 'string' ? [given.path] : (given.path ?? []);
  const host = typeof given.host === 'string' ? given.host : (given.host ?? []).join('.');
  const path = segments
    .map((segment) => (typeof segment === 'string' ? segment : (segment.value ?? '')))
    .join('/');
  const raw = given.raw ?? `${host}/${path}`;
  const [address = ''] = raw.split('?', 1);
  const filled = address.replace(/\/:([\w-]+)/g, (_, name: string) => {
    const value = asText(given.variable?.find(({ key }) => key === name)?.value);
    return value === '' ? `/{{${name}}}` : `/${value}`;
  });
  const own = Array.isArray(given.query) ? queryOf(live(given.query)) : raw.slice(address.length + 1);
  const query = [own, queryOf(added)].filter((piece) => piece !== '').join('&');
  return query === '' ? filled : `${filled}?${query}`;
}

function headersOf(header: Request['header']): Record<string, string> {
  if (header === undefined || header === null) return {};
  if (typeof header !== 'string')
    return Object.fromEntries(live(header).map(({ name, value }) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    header.split(/\r?\n/).flatMap((line) => {
      const [, name, value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name.toLowerCase(), value]];
    }),
  );
}

/** Variables of a GraphQL body are JSON in a text. */
function graphqlVariables(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return given.trim() === '' ? undefined : JSON.parse(given);
  } catch {
    throw new InputError('the variables of its GraphQL body are no JSON');
  }
}

type Payload = Pick<CapturedRequest, 'body' | 'parts'> & { type?: string };

function payloadOf(body: Request['body']): Payload {
  if (body === undefined || body === null || body.disabled === true) return { body: Buffer.alloc(0) };
  switch (body.mode ?? 'raw') {
    case 'raw':
      if (isVariable(body.raw ?? ''))
        throw new InputError(
          `its body is the variable ${(body.raw ?? '').trim()}, whose value is not in the file`,
        );
      return {
        body: Buffer.from(body.raw ?? ''),
        ...(body.options?.raw?.language === 'json' && { type: 'application/json' }),
      };
    case 'urlencoded':
      return {
        body: Buffer.from(
          typeof body.urlencoded === 'string' ? body.urlencoded : encodeForm(live(body.urlencoded)),
        ),
        type: 'application/x-www-form-urlencoded',
      };
    case 'formdata':
      return {
        body: Buffer.alloc(0),
        type: 'multipart/form-data; boundary=-',
        parts: (body.formdata ?? [])
          .filter(({ disabled }) => disabled !== true)
          .map(({ key, type, src }) =>
            type === 'file'
              ? { name: key ?? '', fileName: typeof src === 'string' ? src : 'file' }
              : { name: key ?? '' },
          ),
      };
    case 'graphql': {
      const { query, variables } = body.graphql ?? {};
      const document = { query: query ?? '', variables: graphqlVariables(variables) };
      return { body: Buffer.from(JSON.stringify(document)), type: 'application/json' };
    }
    case 'none':
      return { body: Buffer.alloc(0) };
    case 'file':
      throw new InputError('its body is a file, which the collection does not hold');
    default:
      throw new InputError(`a body of the mode ${String(body.mode)} cannot be read here`);
  }
}

/** A request in its folders, with what they say about it. */
interface Placed {
  label: string;
  request: string | Request;
  inherited: Auth | null | undefined;
}

function requestOf(
  { label, request, inherited }: Placed,
  known: ReadonlyMap<string, string>,
): CapturedRequest {
  const given: Request = typeof request === 'string' ? { url: request } : request;
  const { method = 'GET', url, header, body, auth } = given;
  const added = credentialsOf(auth ?? inherited);
  // Where the address begins is what a collection's own variables are for; the others are shown as they are written.
  const address = urlOf(url, added.query).replace(
    /^\{\{([^{}]+)\}\}/,
    (whole, name: string) => known.get(name) ?? whole,
  );
  const { type, ...payload } = payloadOf(body);
  const headers: Record<string, string> = { ...added.headers, ...headersOf(header) };
  if (type !== undefined) headers['content-type'] ??= type;
  return { label, method: method.toUpperCase(), url: address, ...splitUrl(address), headers, ...payload };
}

function walk(
  items: readonly Item[],
  folders: readonly string[],
  inherited: Auth | null | undefined,
): Placed[] {
  return items.flatMap((one, index) => {
    const names = [...folders, one.name ?? `item ${index + 1}`];
    const here = one.auth ?? inherited;
    const own =
      one.request === undefined ? [] : [{ label: names.join(' / '), request: one.request, inherited: here }];
    return [...own, ...walk(one.item ?? [], names, here)];
  });
}

/**
 * The requests of a Postman collection, v2.0 or v2.1, folder by folder, and those that cannot be read. Its variables stay as they are
 * written: `{{name}}`.
 */
export function readPostman(document: unknown): { requests: CapturedRequest[]; junk: string[] } {
  const outcome = collectionSchema.validate(document, {
    abortEarly: true,
    convert: false,
    errors: { wrap: { label: false } },
  });
  if (outcome.error !== undefined) throw new InputError(`not a Postman collection: ${outcome.error.message}`);
  const { info, item, auth, variable } = outcome.value;
  if (!/\/v2\.[01](\.|\/)/.test(info.schema))
    throw new InputError(
      `not a Postman collection v2.0 or v2.1: info.schema is ${info.schema}; export it as v2.1`,
    );
  const known = new Map(
    live(variable)
      .filter(({ value }) => value !== '')
      .map(({ name, value }) => [name, value]),
  );
  return readEach(walk(item, [], auth), (placed) => {
    const { label } = placed;
    return attempt(label, () => requestOf(placed, known));
  });
}
