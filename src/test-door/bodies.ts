import Joi from 'joi';
import type { Circumstances, JsonObject, LinkUse, StagedUser } from '../core';
import { DoorRefusal } from './refusals';

/** A century: a clock that is further away from now is a slip. */
export const furthestSeconds = 3_155_760_000;

const text = (longest: number) => Joi.string().allow('').max(longest);
const identifier = Joi.string().min(1).max(320);
const time = Joi.string()
  .isoDate()
  .custom((iso: string, helpers) => {
    const read = new Date(iso);
    return Number.isNaN(read.getTime()) ? helpers.error('string.isoDate') : read;
  });
const data = Joi.object<JsonObject>().unknown(true);

function circumstances(dialects: readonly string[]) {
  const dialect = Joi.string().valid(...dialects);
  return {
    role: Joi.valid('user', 'admin'),
    status: Joi.valid('active', 'pending', 'blocked'),
    createdAt: time,
    updatedAt: time,
    lastSignInAt: time,
    extensions: Joi.object().pattern(dialect, data),
    records: Joi.array().items(
      Joi.object({ dialect: dialect.required(), kind: identifier.required(), data: data.required() }),
    ),
  };
}

/** The body that stages a user: as the core takes one, but for the profile, which lies beside the rest. */
export type UserBody = Omit<StagedUser, 'profile'> & NonNullable<StagedUser['profile']>;

/** The shapes of everything that is sent to the door. `dialects`: for which something can be kept about a user. */
export function describeBodies(dialects: readonly string[]) {
  return {
    user: Joi.object<UserBody>({
      username: identifier,
      password: Joi.string().max(1_000),
      email: identifier,
      phone: Joi.string().pattern(/^\+[1-9]\d{1,14}$/, 'E.164 phone number'),
      nickname: text(1_000),
      realName: text(1_000),
      bio: text(10_000),
      avatar: text(10_000),
      emailVerified: Joi.boolean(),
      phoneVerified: Joi.boolean(),
      ...circumstances(dialects),
    }).required(),
    circumstances: Joi.object<Circumstances>(circumstances(dialects)).min(1).required(),
    targets: Joi.object<{ targets: string[] }>({
      targets: Joi.array().items(identifier).max(1_000).required(),
    }).required(),
    recipient: Joi.object<{ to: string }>({ to: identifier.required() }),
    proof: Joi.object<{ email: string; use: LinkUse }>({
      email: identifier.required(),
      use: Joi.valid('prove', 'verify_email', 'recover').default('prove'),
    }).required(),
    captcha: Joi.object<{ text: string }>({ text: Joi.string().min(1).max(64).required() }).required(),
    apiKey: Joi.object<{ dialect: string }>({ dialect: Joi.valid(...dialects).required() }).required(),
    advance: Joi.object<{ advanceSeconds: number }>({
      advanceSeconds: Joi.number().integer().min(-furthestSeconds).max(furthestSeconds).required(),
    }).required(),
  };
}

/** joi's words that would repeat the value, which may be a secret. */
const silentMessages = {
  'string.pattern.name': '{{#label}} must be an {{#name}}',
  'string.isoDate': '{{#label}} must be an ISO 8601 time',
};

/** What `schema` makes of `value`. Fails with a refusal that names the member and what it must be. */
export function readBody<T>(schema: Joi.ObjectSchema<T>, value: unknown): T {
  const outcome = schema.validate(value, {
    convert: false,
    errors: { wrap: { label: false } },
    messages: silentMessages,
  });
  if (outcome.error === undefined) return outcome.value;
  const [detail] = outcome.error.details;
  throw new DoorRefusal(400, {
    code: 'invalid_body',
    where: (detail?.path ?? []).join('.'),
    message: detail?.message ?? '',
  });
}
