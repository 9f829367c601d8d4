import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/max';
import { foldKey } from './text';
import type { IdentifierKind } from './model';

const phoneLike = /^[\d+\-(). ]+$/;

/** Six digits or more, and nothing but digits and the signs that people write between them. */
export function isPhoneLike(value: string): boolean {
  return phoneLike.test(value) && value.replace(/\D/g, '').length >= 6;
}

/** Which identifier a whole string is, by its form alone: the three spaces do not meet. */
export function classifyIdentifier(value: string): IdentifierKind {
  const folded = foldKey(value);
  if (folded.includes('@')) return 'email';
  return isPhoneLike(folded) ? 'phone' : 'username';
}

/**
 * The E.164 form of a whole value, never of a part of it; undefined when it is no possible phone number. Without a plus
 * sign the number is one of `region` (ISO 3166).
 */
export function parsePhone(value: string, region: string): string | undefined {
  const folded = value.normalize('NFKC').trim();
  if (!phoneLike.test(folded)) return undefined;
  const parsed = parsePhoneNumberFromString(folded, {
    defaultCountry: region as CountryCode,
    extract: false,
  });
  if (parsed === undefined || !parsed.isPossible() || parsed.ext !== undefined) return undefined;
  return parsed.number;
}

/**
 * Every country and territory that has phone numbers, by its ISO 3166 code, with the calling code without a plus sign.
 * Several may share one.
 */
export function listCallingCodes(): { region: string; callingCode: string }[] {
  return getCountries().map((region) => ({ region, callingCode: getCountryCallingCode(region) }));
}

const callingCodes = [...new Set(listCallingCodes().map(({ callingCode }) => callingCode))];

/**
 * Every country's reading of a number that was written without its country code, in E.164, whether it can be dialled or
 * not. Most countries leave a leading zero out behind the country code, and a few keep it.
 */
export function readAbroad(typed: string): string[] {
  const digits = typed.normalize('NFKC').replace(/\D/g, '');
  const bare = digits.replace(/^0+/, '');
  if (typed.includes('+') || bare.length < 6) return [];
  return [...new Set([bare, digits])].flatMap((national) =>
    callingCodes.map((code) => `+${code}${national}`).filter((number) => number.length <= 16),
  );
}

/** The parts of an E.164 number, for wires that write them apart. */
export function splitPhone(e164: string): { countryCode: string; nationalNumber: string } {
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed === undefined) return { countryCode: '', nationalNumber: e164 };
  return { countryCode: parsed.countryCallingCode, nationalNumber: parsed.nationalNumber };
}

/** The digits that people of `region` dial, for its own numbers; E.164 for all others. Reads back as the same number. */
export function formatPhone(e164: string, region: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed === undefined) return e164;
  const national = parsed.formatNational().replace(/\D/g, '');
  return parsePhone(national, region) === e164 ? national : e164;
}
