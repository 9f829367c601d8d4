import type { Header, Param, PostData, Request } from 'har-format';
import Joi from 'joi';
import { attempt, encodeForm, InputError, readEach, splitUrl, type CapturedRequest } from './captured';

type NamedValue = Pick<Header, 'name' | 'value'>;

type Nullable<T> = { [M in keyof T]?: T[M] | null | undefined };

/** The parts of a document that are read; recorders leave out much of the rest. `encoding`: some write bodies in base64. */
interface Document {
  log: {
    entries: readonly {
      request: Pick<Request, 'method' | 'url'> & {
        bodySize?: number | null;
        headers?: readonly NamedValue[] | null;
        postData?:
          | (Nullable<Pick<PostData, 'mimeType' | 'text'>> & {
              encoding?: string | null;
              params?: readonly (Pick<Param, 'name'> & Nullable<Pick<Param, 'value' | 'fileName'>>)[] | null;
            })
          | null;
      };
    }[];
  };
}

type Entry = Document['log']['entries'][number];
type Payload = Entry['request']['postData'];

// Some recorders write null where others leave a member out.
const text = Joi.string().allow('', null);
const namedValue = Joi.object({
  name: Joi.string().allow('').required(),
  value: Joi.string().allow('').required(),
}).unknown();

const schema = Joi.object<Document>({
  log: Joi.object({
    version: text,
    entries: Joi.array()
      .items(
        Joi.object({
          request: Joi.object({
            method: Joi.string().required(),
            url: Joi.string().required(),
            bodySize: Joi.number().allow(null),
            headers: Joi.array().items(namedValue).allow(null),
            postData: Joi.object({
              mimeType: text,
              text,
              encoding: text,
              params: Joi.array()
                .items(
                  Joi.object({
                    name: Joi.string().allow('').required(),
                    value: text,
                    fileName: text,
                  }).unknown(),
                )
                .allow(null),
            })
              .unknown()
              .allow(null),
          })
            .unknown()
            .required(),
        }).unknown(),
      )
      .required(),
  })
    .unknown()
    .required(),
}).unknown();

/** HTTP/2 writes the parts of its request line as headers. */
function headersOf(headers: readonly NamedValue[]): Record<string, string> {
  return Object.fromEntries(
    headers.filter(({ name }) => !name.startsWith(':')).map(({ name, value }) => [name.toLowerCase(), value]),
  );
}

function payloadOf(postData: Payload): Pick<CapturedRequest, 'body' | 'parts'> & { type?: string } {
  if (postData === undefined || postData === null) return { body: Buffer.alloc(0) };
  const { text: content, encoding } = postData;
  const [type, params] = [postData.mimeType ?? '', postData.params ?? []];
  if (type.startsWith('multipart/form-data'))
    return {
      type,
      body: Buffer.alloc(0),
      parts:
        params.length > 0
          ? params.map(({ name, fileName }) => (typeof fileName === 'string' ? { name, fileName } : { name }))
          : partsOf(content ?? ''),
    };
  if (typeof content === 'string' && content !== '')
    return { type, body: Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8') };
  return {
    type,
    body: Buffer.from(encodeForm(params.map(({ name, value }) => ({ name, value: value ?? '' })))),
  };
}

/** The parts of a multipart body, of which browsers keep the text. */
function partsOf(body: string): { name: string; fileName?: string }[] {
  return [...body.matchAll(/content-disposition:\s*form-data;([^\r\n]*)/gi)].map(([, line = '']) => {
    const name = /\bname="([^"]*)"/i.exec(line)?.[1] ?? '';
    const fileName = /\bfilename="([^"]*)"/i.exec(line)?.[1];
    return fileName === undefined ? { name } : { name, fileName };
  });
}

function requestOf({ request }: Entry, label: string): CapturedRequest {
  const { type, ...payload } = payloadOf(request.postData);
  if ((request.bodySize ?? 0) > 0 && payload.body.length === 0 && payload.parts === undefined)
    throw new InputError('its body was not recorded');
  const headers = headersOf(request.headers ?? []);
  if (type !== undefined && type !== '') headers['content-type'] ??= type;
  const method = request.method.toUpperCase();
  return { label, method, url: request.url, ...splitUrl(request.url), headers, ...payload };
}

/** The requests of a HAR 1.2 document, and its entries that cannot be read. */
export function readHar(document: unknown): { requests: CapturedRequest[]; junk: string[] } {
  const outcome = schema.validate(document, {
    abortEarly: true,
    convert: false,
    errors: { wrap: { label: false } },
  });
  if (outcome.error !== undefined) throw new InputError(`not a HAR 1.2 file: ${outcome.error.message}`);
  const entries = outcome.value.log.entries.map((entry, index) => ({ entry, label: `entry ${index + 1}` }));
  return readEach(entries, ({ entry, label }) => attempt(label, () => requestOf(entry, label)));
}
