import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import type { Deps } from './deps';
import type { User } from './model';
import { readTypedIdentifier } from './rules';
import { findUsersByIdentifier } from './store/users';

const callingCodes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))];

/** Every country's reading of bare digits: for wires that write a number without its country code. */
function readingsAbroad(typed: string): string[] {
  const digits = typed.normalize('NFKC').replace(/\D/g, '').replace(/^0+/, '');
  if (typed.includes('+') || digits.length < 6) return [];
  return callingCodes.map((code) => `+${code}${digits}`).filter((number) => number.length <= 16);
}

/**
 * The user whom a typed identifier names, with the password hash. A phone number is read for the default region, and
 * failing that for any country, if only one user has it so. Null when it names nobody.
 */
export async function findTypedIdentifier(
  { db, settings }: Deps,
  typed: string,
): Promise<{ user: User; passwordHash: string | null } | null> {
  const { kind, key } = readTypedIdentifier(typed, settings.phoneRegion);
  const found = key === undefined ? [] : await findUsersByIdentifier(db.knex, kind, [key]);
  if (found.length > 0 || kind !== 'phone') return found[0] ?? null;
  const abroad = readingsAbroad(typed);
  const matches = abroad.length === 0 ? [] : await findUsersByIdentifier(db.knex, kind, abroad);
  return matches.length === 1 ? (matches[0] ?? null) : null;
}
