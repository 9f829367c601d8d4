import type { Header, Param, PostData, Request } from 'har-format';
import Joi from 'joi';
import { encodeForm, InputError, splitUrl, type CapturedRequest } from './captured';

type NamedValue = Pick<Header, 'name' | 'value'>;

/** The parts of a document that are read; recorders leave out much of the rest. `encoding`: some write bodies in base64. */
interface Document {
  log: {
    entries: readonly {
      request: Pick<Request, 'method' | 'url'> & {
        headers?: readonly NamedValue[];
        postData?: Partial<Pick<PostData, 'mimeType' | 'text'>> & {
          encoding?: string;
          params?: readonly Pick<Param, 'name' | 'value' | 'fileName'>[];
        };
      };
    }[];
  };
}

type Payload = Document['log']['entries'][number]['request']['postData'];

const text = Joi.string().allow('');
const namedValue = Joi.object({ name: text.required(), value: text.required() }).unknown();

const schema = Joi.object<Document>({
  log: Joi.object({
    version: text,
    entries: Joi.array()
      .items(
        Joi.object({
          request: Joi.object({
            method: Joi.string().required(),
            url: Joi.string().required(),
            headers: Joi.array().items(namedValue),
            postData: Joi.object({
              mimeType: text,
              text,
              encoding: text,
              params: Joi.array().items(
                Joi.object({ name: text.required(), value: text, fileName: text }).unknown(),
              ),
            }).unknown(),
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
function headersOf(headers: readonly NamedValue[] = []): Record<string, string> {
  return Object.fromEntries(
    headers.filter(({ name }) => !name.startsWith(':')).map(({ name, value }) => [name.toLowerCase(), value]),
  );
}

function payloadOf(postData: Payload): Pick<CapturedRequest, 'body' | 'parts'> & { type?: string } {
  if (postData === undefined) return { body: Buffer.alloc(0) };
  const { mimeType: type = '', text: content, encoding, params = [] } = postData;
  if (type.startsWith('multipart/form-data'))
    return {
      type,
      body: Buffer.alloc(0),
      parts:
        params.length > 0
          ? params.map(({ name, fileName }) => (fileName === undefined ? { name } : { name, fileName }))
          : partsOf(content ?? ''),
    };
  if (content !== undefined && content !== '')
    return { type, body: Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8') };
  return { type, body: Buffer.from(encodeForm(params.map(({ name, value = '' }) => ({ name, value })))) };
}

/** The parts of a multipart body, of which browsers keep the text. */
function partsOf(body: string): { name: string; fileName?: string }[] {
  return [...body.matchAll(/content-disposition:\s*form-data;([^\r\n]*)/gi)].map(([, line = '']) => {
    const name = /\bname="([^"]*)"/i.exec(line)?.[1] ?? '';
    const fileName = /\bfilename="([^"]*)"/i.exec(line)?.[1];
    return fileName === undefined ? { name } : { name, fileName };
  });
}

/** The requests of a HAR 1.2 document. */
export function readHar(document: unknown): CapturedRequest[] {
  const outcome = schema.validate(document, {
    abortEarly: true,
    convert: false,
    errors: { wrap: { label: false } },
  });
  if (outcome.error !== undefined) throw new InputError(`not a HAR 1.2 file: ${outcome.error.message}`);
  return outcome.value.log.entries.map(({ request }, index) => {
    const { type, ...payload } = payloadOf(request.postData);
    const headers = headersOf(request.headers);
    if (type !== undefined && type !== '') headers['content-type'] ??= type;
    return {
      label: `entry ${index + 1}`,
      method: request.method.toUpperCase(),
      url: request.url,
      ...splitUrl(request.url),
      headers,
      ...payload,
    };
  });
}
