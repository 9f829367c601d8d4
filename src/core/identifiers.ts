import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/max';
import { rememberPrefixes } from './known-prefixes';
import type { IdentifierKind } from './model';
import { foldKey, isBeyondIdentifiers } from './text';

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

function readPhone(written: string, region: string): string | undefined {
  const parsed = parsePhoneNumberFromString(written, {
    defaultCountry: region as CountryCode,
    extract: false,
  });
  if (parsed?.isPossible() !== true) return undefined;
  // An extension or the code of a carrier would be left out of the number.
  return parsed.ext === undefined && parsed.carrierCode === undefined ? parsed.number : undefined;
}

/**
 * The E.164 form of a whole value, never of a part of it; undefined when it is no possible phone number. Without a plus
 * sign the number is one of `region` (ISO 3166). Reads its own outcome as the same number.
 */
export function parsePhone(value: string, region: string): string | undefined {
  if (isBeyondIdentifiers(value)) return undefined;
  const folded = value.normalize('NFKC').trim();
  if (!phoneLike.test(folded)) return undefined;
  const e164 = readPhone(folded, region);
  // The library takes one trunk prefix away at each reading. With several, as in a row of zeros, what is stored and shown would
  // be read as another number, and never be found again; no number that is assigned has them.
  return e164 !== undefined && readPhone(e164, region) === e164 ? e164 : undefined;
}

/**
 * Every country and territory that has phone numbers, by its ISO 3166 code, with the calling code without a plus sign.
 * Several may share one.
 */
export function listCallingCodes(): { region: string; callingCode: string }[] {
  return getCountries().map((region) => ({ region, callingCode: getCountryCallingCode(region) }));
}

/** The calling codes of countries. None of them is the beginning of another, so that digits start with one at most. */
const callingCodes: ReadonlySet<string> = new Set(listCallingCodes().map(({ callingCode }) => callingCode));

function callingCodeOf(e164: string): string | undefined {
  for (let length = 1; length <= 3; length += 1) {
    const code = e164.slice(1, 1 + length);
    if (callingCodes.has(code)) return code;
  }
  return undefined;
}

/**
 * Every country's reading of a number that was written without its country code, in E.164, whether it can be dialled or
 * not. Most countries leave a leading zero out behind the country code, and a few keep it.
 */
export function readAbroad(typed: string): string[] {
  if (isBeyondIdentifiers(typed)) return [];
  const digits = typed.normalize('NFKC').replace(/\D/g, '');
  const bare = digits.replace(/^0+/, '');
  if (typed.includes('+') || bare.length < 6) return [];
  return [...new Set([bare, digits])].flatMap((national) =>
    [...callingCodes].map((code) => `+${code}${national}`).filter((number) => number.length <= 16),
  );
}

/** The parts of an E.164 number, for wires that write them apart. */
export function splitPhone(e164: string): { countryCode: string; nationalNumber: string } {
  const code = callingCodeOf(e164);
  const rest = code === undefined ? '' : e164.slice(1 + code.length);
  // A zero there may be one that is only dialled inside the country; which countries keep it, the library knows.
  if (code !== undefined && !rest.startsWith('0')) return { countryCode: code, nationalNumber: rest };
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed === undefined) return { countryCode: '', nationalNumber: e164 };
  return { countryCode: parsed.countryCallingCode, nationalNumber: parsed.nationalNumber };
}

function findNationalForm(e164: string, region: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed === undefined) return e164;
  const national = parsed.formatNational().replace(/\D/g, '');
  return parsePhone(national, region) === e164 ? national : e164;
}

/** `formatPhone` for one region. Finding a national form takes more time than all else about showing a profile. */
function createFormat(region: string): (e164: string) => string {
  const callingCode = getCountryCallingCode(region as CountryCode);
  const find = rememberPrefixes((e164) => findNationalForm(e164, region), 1 + callingCode.length);
  return (e164) => (callingCodeOf(e164) === callingCode ? find(e164) : e164);
}

const formats = new Map<string, (e164: string) => string>();

/** The digits that people of `region` dial, for its own numbers; E.164 for all others. Reads back as the same number. */
export function formatPhone(e164: string, region: string): string {
  let format = formats.get(region);
  if (format === undefined) {
    format = createFormat(region);
    formats.set(region, format);
  }
  return format(e164);
}
