import joi from 'joi';
import { listCallingCodes } from '../../src/core';
import { parse, type WireRequest, type WireResponse } from '../../src/dialect';
import { language } from './members';
import { defaultLanguage } from './vocabulary';

/** One row of `GET /v1/api/area/code` (reference 8.2). */
export interface AreaCode {
  global_id: number;
  area_name: string;
  area_code: number;
}

const listing = joi.object<{ language?: string }>({ language });

/** The same for a country in every language and at all times: the place of its ISO 3166 letters among all pairs. */
function globalId(region: string): number {
  return (region.charCodeAt(0) - 65) * 26 + region.charCodeAt(1) - 64;
}

/** A language tag with its fall-back. Phones write `zh_CN`; what is no tag at all reads as the default. */
function languagesOf(asked: string): string[] {
  const tag = asked.replaceAll('_', '-');
  try {
    return [...Intl.DisplayNames.supportedLocalesOf(tag), defaultLanguage];
  } catch {
    // RangeError: not well-formed (ECMA-402, CanonicalizeLocaleList).
    return [defaultLanguage];
  }
}

/** Every country with its calling code, by name in the order of that language. */
export function listAreaCodes(asked: string): AreaCode[] {
  const languages = languagesOf(asked);
  const names = new Intl.DisplayNames(languages, { type: 'region' });
  const { compare } = new Intl.Collator(languages);
  return listCallingCodes()
    .map(({ region, callingCode }) => ({
      global_id: globalId(region),
      area_name: names.of(region) ?? region,
      area_code: Number(callingCode),
    }))
    .sort((one, other) => compare(one.area_name, other.area_name));
}

export function answerAreaCodes({ query }: WireRequest): WireResponse {
  const asked = parse(listing, { language: query.get('language') }).language;
  return { status: 200, body: listAreaCodes(asked ?? defaultLanguage) };
}
