import Joi from 'joi';
import { encodeForm, InputError, splitUrl, type CapturedRequest } from './captured';

interface Pair {
  key?: string | null;
  value?: string | null;
  disabled?: boolean;
  type?: string;
  src?: unknown;
}

interface Url {
  raw?: string;
  host?: string | readonly string[];
  path?: string | readonly (string | { value?: string })[];
  query?: readonly Pair[];
  variable?: readonly Pair[];
}

interface Auth {
  type: string;
  [scheme: string]: unknown;
}

interface Request {
  method?: string;
  url?: string | Url;
  header?: string | readonly Pair[] | null;
  body?: {
    mode?: string;
    raw?: string;
    urlencoded?: readonly Pair[];
    formdata?: readonly Pair[];
    options?: { raw?: { language?: string } };
    disabled?: boolean;
  } | null;
  auth?: Auth | null;
}

interface Item {
  name?: string;
  request?: string | Request;
  item?: readonly Item[];
  auth?: Auth | null;
}

interface Collection {
  info: { name?: string; schema: string };
  item: readonly Item[];
  auth?: Auth | null;
}

const text = Joi.string().allow('', null);
const pair = Joi.object({ key: text, value: Joi.any(), disabled: Joi.boolean() }).unknown();
const pairs = Joi.array().items(pair);
const authSchema = Joi.object({ type: Joi.string().required() }).unknown().allow(null);
const requestSchema = Joi.alternatives().try(
  Joi.string(),
  Joi.object({
    method: Joi.string(),
    url: Joi.alternatives().try(
      Joi.string().allow(''),
      Joi.object({ raw: text, query: pairs, variable: pairs }).unknown(),
    ),
    header: Joi.alternatives().try(Joi.string().allow(''), pairs).allow(null),
    body: Joi.object({
      mode: text,
      raw: text,
      urlencoded: pairs,
      formdata: pairs,
    })
      .unknown()
      .allow(null),
    auth: authSchema,
  }).unknown(),
);
const itemSchema = Joi.object({
  name: text,
  request: requestSchema,
  item: Joi.array().items(Joi.link('#folderOrRequest')),
  auth: authSchema,
})
  .or('request', 'item')
  .unknown()
  .id('folderOrRequest');

const schema = Joi.object<Collection>({
  info: Joi.object({ name: text, schema: Joi.string().required() }).unknown().required(),
  item: Joi.array().items(itemSchema).required(),
  auth: authSchema,
}).unknown();

const live = (all: readonly Pair[] = []): { name: string; value: string }[] =>
  all
    .filter(({ disabled }) => disabled !== true)
    .map(({ key, value }) => ({ name: key ?? '', value: value ?? '' }));

/** The URL as one text, its path variables filled in where they have a value. */
function urlOf(url: string | Url | undefined): string {
  if (url === undefined || typeof url === 'string') return url ?? '';
  const segments = typeof url.path === 'string' ? [url.path] : (url.path ?? []);
  const host = typeof url.host === 'string' ? url.host : (url.host ?? []).join('.');
  const path = segments
    .map((segment) => (typeof segment === 'string' ? segment : (segment.value ?? '')))
    .join('/');
  const raw = url.raw ?? `${host}/${path}`;
  const [address = ''] = raw.split('?', 1);
  const filled = address.replace(/\/:([\w-]+)/g, (whole, name: string) => {
    const value = url.variable?.find(({ key }) => key === name)?.value ?? '';
    return value === '' ? `/{{${name}}}` : whole.replace(`:${name}`, value);
  });
  const query = url.query === undefined ? raw.slice(address.length + 1) : encodeForm(live(url.query));
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

/** What Postman adds to a request for its authorization; the nearest one that is said counts. */
function authHeaders(chosen: Auth | null | undefined): Record<string, string> {
  if (chosen === null || chosen === undefined) return {};
  const given = chosen[chosen.type];
  const value = (name: string): string => {
    const list = Array.isArray(given) ? (given as Pair[]) : [];
    return list.find(({ key }) => key === name)?.value ?? '';
  };
  if (chosen.type === 'bearer') return { authorization: `Bearer ${value('token')}` };
  if (chosen.type === 'basic')
    return {
      authorization: `Basic ${Buffer.from(`${value('username')}:${value('password')}`).toString('base64')}`,
    };
  if (chosen.type === 'apikey' && value('in') !== 'query')
    return { [value('key').toLowerCase()]: value('value') };
  return {};
}

function payloadOf(
  body: Request['body'],
  label: string,
): Pick<CapturedRequest, 'body' | 'parts'> & { type?: string } {
  if (body === undefined || body === null || body.disabled === true) return { body: Buffer.alloc(0) };
  switch (body.mode ?? 'raw') {
    case 'raw':
      return {
        body: Buffer.from(body.raw ?? ''),
        ...(body.options?.raw?.language === 'json' && { type: 'application/json' }),
      };
    case 'urlencoded':
      return {
        body: Buffer.from(encodeForm(live(body.urlencoded))),
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
    default:
      throw new InputError(`${label}: a body of the mode ${String(body.mode)} cannot be read here`);
  }
}

function requestOf(
  given: string | Request,
  label: string,
  inherited: Auth | null | undefined,
): CapturedRequest {
  const {
    method = 'GET',
    url,
    header,
    body,
    auth: own,
  } = typeof given === 'string' ? ({ url: given } as Request) : given;
  const address = urlOf(url);
  const { type, ...payload } = payloadOf(body, label);
  const headers = { ...authHeaders(own ?? inherited), ...headersOf(header) };
  if (type !== undefined) headers['content-type'] ??= type;
  return { label, method: method.toUpperCase(), url: address, ...splitUrl(address), headers, ...payload };
}

function walk(
  items: readonly Item[],
  folders: readonly string[],
  inherited: Auth | null | undefined,
): CapturedRequest[] {
  return items.flatMap((one, index) => {
    const names = [...folders, one.name ?? `item ${index + 1}`];
    const here = one.auth ?? inherited;
    const own = one.request === undefined ? [] : [requestOf(one.request, names.join(' / '), here)];
    return [...own, ...walk(one.item ?? [], names, here)];
  });
}

/** The requests of a Postman collection, folder by folder. Its variables stay as they are written: `{{name}}`. */
export function readPostman(document: unknown): CapturedRequest[] {
  const outcome = schema.validate(document, {
    abortEarly: true,
    convert: false,
    errors: { wrap: { label: false } },
  });
  if (outcome.error !== undefined) throw new InputError(`not a Postman collection: ${outcome.error.message}`);
  const { info, item, auth } = outcome.value;
  if (!/\/v2\.1(\.|\/)/.test(info.schema))
    throw new InputError(`not a Postman collection v2.1: info.schema is ${info.schema}; export it as v2.1`);
  return walk(item, [], auth);
}
