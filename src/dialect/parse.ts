import type { ObjectSchema } from 'joi';
import { refuse, type MemberRule } from './problems';

/** joi error types → what is wrong with the member. Everything else that joi can say is a question of form. */
const rules: Readonly<Record<string, MemberRule>> = {
  'any.required': 'missing',
  'string.base': 'type',
  'number.base': 'type',
  'boolean.base': 'type',
  'object.base': 'type',
  'array.base': 'type',
  'string.empty': 'length',
  'string.min': 'length',
  'string.max': 'length',
  'string.length': 'length',
  'string.pattern.base': 'charset',
  'string.pattern.name': 'charset',
};

/** A schema's own custom rules name the member rule they stand for: `helpers.error('member.length')`. */
function ruleOf(type: string): MemberRule {
  if (type.startsWith('member.')) return type.slice('member.'.length) as MemberRule;
  return rules[type] ?? 'format';
}

/**
 * What `schema` makes of `value`, without coercion; unknown members are dropped. The first failure, in the order of the
 * schema's members, is refused as `invalid_member`.
 */
export function parse<T>(schema: ObjectSchema<T>, value: unknown): T {
  const outcome = schema.validate(value, { abortEarly: true, convert: false, stripUnknown: true });
  if (outcome.error === undefined) return outcome.value;
  const detail = outcome.error.details[0];
  if (detail === undefined || detail.path.length === 0)
    return refuse({ code: 'malformed_body', detail: 'not an object' });
  return refuse({ code: 'invalid_member', member: detail.path.join('.'), rule: ruleOf(detail.type) });
}

/** The JSON value of a body. An empty body is `undefined`; bytes that are no JSON are refused as `malformed_body`. */
export function decodeJson(raw: Buffer): unknown {
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(raw.toString('utf8')) as unknown;
  } catch (error) {
    return refuse({ code: 'malformed_body', detail: (error as Error).message });
  }
}
