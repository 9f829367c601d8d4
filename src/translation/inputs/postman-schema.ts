import Joi from 'joi';

export interface Pair {
  key?: string | null;
  value?: unknown;
  disabled?: boolean | null;
  type?: string;
  src?: unknown;
}

export interface Url {
  raw?: string | null;
  host?: string | readonly string[] | null;
  path?: string | readonly (string | { value?: string })[] | null;
  query?: readonly Pair[] | null;
  variable?: readonly Pair[] | null;
}

/** Its own member, of the name of its type, holds pairs in v2.1 and an object in v2.0. */
export interface Auth {
  type: string;
  [scheme: string]: unknown;
}

export interface Request {
  method?: string;
  url?: string | Url | null;
  header?: string | readonly Pair[] | null;
  body?: {
    mode?: string | null;
    raw?: string | null;
    urlencoded?: readonly Pair[] | string | null;
    formdata?: readonly Pair[] | null;
    graphql?: { query?: string | null; variables?: unknown } | null;
    options?: { raw?: { language?: string } | null } | null;
    disabled?: boolean | null;
  } | null;
  auth?: Auth | null;
}

export interface Item {
  name?: string | null;
  request?: string | Request;
  item?: readonly Item[];
  auth?: Auth | null;
}

export interface Collection {
  info: { name?: string; schema: string };
  item: readonly Item[];
  auth?: Auth | null;
  variable?: readonly Pair[] | null;
}

const text = Joi.string().allow('', null);
const pair = Joi.object({ key: text, value: Joi.any(), disabled: Joi.boolean().allow(null) }).unknown();
const pairs = Joi.array().items(pair).allow(null);
const authSchema = Joi.object({ type: Joi.string().required() }).unknown().allow(null);
const segments = Joi.array().items(text, Joi.object({ value: text }).unknown());
const requestSchema = Joi.alternatives().try(
  Joi.string(),
  Joi.object({
    method: Joi.string(),
    url: Joi.alternatives()
      .try(
        Joi.string().allow(''),
        Joi.object({
          raw: text,
          host: Joi.alternatives().try(text, Joi.array().items(text)),
          path: Joi.alternatives().try(text, segments),
          query: pairs,
          variable: pairs,
        }).unknown(),
      )
      .allow(null),
    header: Joi.alternatives().try(Joi.string().allow(''), pairs).allow(null),
    body: Joi.object({
      mode: text,
      raw: text,
      urlencoded: Joi.alternatives().try(Joi.string().allow(''), pairs),
      formdata: pairs,
      graphql: Joi.object({ query: text }).unknown().allow(null),
      options: Joi.object({ raw: Joi.object({ language: text }).unknown().allow(null) })
        .unknown()
        .allow(null),
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

export const collectionSchema = Joi.object<Collection>({
  info: Joi.object({ name: text, schema: Joi.string().required() }).unknown().required(),
  item: Joi.array().items(itemSchema).required(),
  auth: authSchema,
  variable: pairs,
}).unknown();
