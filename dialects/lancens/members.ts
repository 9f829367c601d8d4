import joi, { type CustomValidator, type NumberSchema, type StringSchema } from 'joi';
import { countCodePoints, isStorable } from '../../src/core';
import { parse, refuse } from '../../src/dialect';
import { defaultLanguage, lengths, measure, patterns } from './vocabulary';

type Range = { least: number; most: number };
export type Members = Readonly<Record<string, unknown>>;

const within =
  ({ least, most }: Range, count: (value: string) => number = measure): CustomValidator<string> =>
  (value, helpers) =>
    count(value) < least || count(value) > most ? helpers.error('member.length') : value;

const storable: CustomValidator<string> = (value, helpers) =>
  isStorable(value) ? value : helpers.error('member.format');

/** A member that is a string or absent; `null` is absent, and `''` is a bad length (reference 3). */
const text = (range: Range): StringSchema => joi.string().empty(null).custom(within(range));

/** A member whose absence reads as `''`. */
export const optionalText = (most: number): StringSchema =>
  text({ least: 0, most }).allow('').custom(storable).default('');

/** What everybody may send who signs in or is looked for: what another wire accepted must pass, so the core's limit counts. */
export const identifier = joi
  .string()
  .empty(null)
  .custom(within({ least: 1, most: 254 }, countCodePoints));

/** A password that is compared and not chosen: as long as the core can hold one. */
export const anyPassword = text({ least: 1, most: 72 });

/** An address that is not chosen but has been, maybe through another wire. */
export const anyEmail = identifier.custom(storable).pattern(patterns.anyEmail, { name: 'address' });

/** A number that has been chosen: also as this wire shows one of another country, with its plus sign. */
export const anyPhone = text(lengths.phone).pattern(patterns.anyPhone);

export const username = text(lengths.username).pattern(patterns.username);
export const password = text(lengths.password).pattern(patterns.password);
export const realm = text(lengths.realm).custom(storable);
export const email = text(lengths.email).email({ tlds: { allow: false }, allowUnicode: false });
export const phone = text(lengths.phone).pattern(patterns.phone);
export const apikey = text(lengths.apikey).pattern(patterns.apikey);
export const code = text(lengths.code).pattern(patterns.code);
export const token = text(lengths.token);
export const language = text(lengths.language).custom(storable);
const appname = joi.string().empty(joi.valid('', null)).pattern(patterns.appname);
export const pushToken = text(lengths.push_token).custom(storable);
export const accessToken = text(lengths.access_token);
export const openid = text(lengths.openid);

/** An integer or absent; `null` is absent. */
export const integer = (least: number, most: number): NumberSchema =>
  joi.number().empty(null).integer().min(least).max(most);

/** Refuses the first of `required` that is absent; the presence of all comes before a look at any (reference 5.3). */
export function requireMembers(body: unknown, required: readonly string[]): Members {
  const given = body === undefined ? {} : body;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse({ code: 'malformed_body', detail: 'not an object' });
  }
  const members = given as Members;
  for (const member of required) {
    if ((members[member] ?? null) === null) refuse({ code: 'invalid_member', member, rule: 'missing' });
  }
  return members;
}

const mailTerms = joi.object<{ appname?: string; language?: string }>({ appname, language });

/** How a mail is to be worded. The pages do not say where these travel: in the body, else in the query (reference 8.10). */
export function readMailTerms(
  members: Members,
  query: URLSearchParams,
): { language: string; appName?: string } {
  const terms = parse(mailTerms, {
    appname: members.appname ?? query.get('appname'),
    language: members.language ?? query.get('language'),
  });
  return {
    language: terms.language ?? defaultLanguage,
    ...(terms.appname !== undefined && { appName: terms.appname }),
  };
}
