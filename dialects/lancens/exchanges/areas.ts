import type { Exchange } from '../../../src/contract';
import { json } from './answers';
import { tryMember, type Call } from './rows';
import { queriedLanguage } from './values-of-contacts';

const path = '/v1/api/area/code';
const any = { global_id: '<area id>', area_name: '<area name>', area_code: '<area code>' };

/** How many countries and territories have a calling code, some of them the same. */
const areas = 245;

/** A list that starts with this row; what follows is told by its form alone. */
const startingWith = (first: object): object[] => [first, ...Array.from({ length: areas - 1 }, () => any)];

const english = {
  status: 200,
  body: startingWith({ global_id: 6, area_name: 'Afghanistan', area_code: 93 }),
};
const chinese = {
  status: 200,
  body: startingWith({ global_id: 12, area_name: '阿尔巴尼亚', area_code: 355 }),
};

const list = (language?: string): Exchange['request'] => ({
  method: 'GET',
  path,
  ...(language !== undefined && { query: { language } }),
  headers: json,
});

const listing: Call = { method: 'GET', path, credential: 'none', members: 'query', good: {} };

/** Calling codes, by name in the order of the language (reference 8.2). */
export const areaCodes: readonly Exchange[] = [
  {
    title: 'calling codes are listed in English',
    source: 'documented',
    kind: 'success',
    request: list(),
    credential: 'none',
    response: english,
  },
  {
    title: 'calling codes are listed in Chinese',
    source: 'documented',
    kind: 'success',
    request: list('zh'),
    credential: 'none',
    response: chinese,
  },
  {
    title: 'calling codes are listed in Chinese for a language as phones write it',
    source: 'ours',
    kind: 'success',
    request: list('zh_CN'),
    credential: 'none',
    response: chinese,
  },
  {
    title: 'calling codes are listed in English where nobody translates to the language',
    source: 'ours',
    kind: 'boundary',
    request: list('xx-XX-xxxxx'),
    credential: 'none',
    response: english,
  },
  ...tryMember(listing, 'language', queriedLanguage),
];
