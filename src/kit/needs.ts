import type { Contract, Exchange } from '../contract';

const anyPlaceholder = /<[a-z _]+>/g;

/** Placeholders that speak of somebody who is not a user yet. */
const fresh = /^<new /;
/** What is brought about without a user. */
const impersonal = new Set([
  '<captcha>',
  '<captcha text>',
  '<captcha pass>',
  '<client credentials>',
  '<client bearer>',
]);
const impersonalArrangements = new Set(['captcha', 'client', 'elapsed', 'nobody', 'settings']);

/** Every placeholder in a value, at any depth, as a part of a text too. */
export function placeholdersIn(value: unknown): string[] {
  return [...new Set(JSON.stringify(value ?? null).match(anyPlaceholder) ?? [])];
}

/** Whether a request speaks of a value that is known under this name. */
export function speaksOf({ request }: Exchange, placeholder: string): boolean {
  return placeholdersIn(request).includes(placeholder);
}

/**
 * Whether a case needs a user to speak of. One that is sent without a credential, and whose request and answer name nobody,
 * comes out the same whoever is there.
 */
export function needsUser(exchange: Exchange, { placeholders }: Pick<Contract, 'placeholders'>): boolean {
  const { request, response, credential, arrange = {} } = exchange;
  if (arrange.nobody === true) return false;
  if (credential === 'own') return true;
  if (Object.keys(arrange).some((name) => !impersonalArrangements.has(name))) return true;
  const spoken = [
    ...placeholdersIn(request),
    ...placeholdersIn(response).filter((name) => !Object.hasOwn(placeholders, name)),
  ];
  return spoken.some((name) => !fresh.test(name) && !impersonal.has(name));
}

/** The texts of a request that may name somebody: members of its body and of its query, at any depth. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
