import { listAreaCodes, type AreaCode } from '../../../dialects/lancens/area-codes';
import { startGateway } from '../../support/gateway';
import { answerTo, call, refused, type Gateway } from './people';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const list = async (query = ''): Promise<AreaCode[]> => {
  const { status, body } = await answerTo(gateway, 'GET', `/v1/api/area/code${query}`);
  expect(status).toBe(200);
  return body as AreaCode[];
};
const named = (rows: readonly AreaCode[], name: string): AreaCode | undefined =>
  rows.find((row) => row.area_name === name);

it('lists every country with exactly three members, in English unless asked', async () => {
  const rows = await list();
  expect(rows.length).toBeGreaterThan(200);
  for (const row of rows) {
    expect(row).toEqual({
      global_id: expect.any(Number) as number,
      area_name: expect.stringMatching(/\S/) as string,
      area_code: expect.any(Number) as number,
    });
    expect(Number.isSafeInteger(row.global_id) && row.global_id > 0).toBe(true);
    expect(Number.isInteger(row.area_code) && row.area_code > 0 && row.area_code < 1000).toBe(true);
  }
  expect(new Set(rows.map((row) => row.global_id)).size).toBe(rows.length);
  expect(named(rows, 'China')).toMatchObject({ area_code: 86 });
  expect(named(rows, 'United States')).toMatchObject({ area_code: 1 });
  expect(await list('?language=en')).toEqual(rows);
});

it.each([
  ['zh', '中国'],
  ['zh-CN', '中国'],
  ['zh_CN', '中国'],
  ['de', 'China'],
  ['fr', 'Chine'],
  ['ja', '中国'],
  ['xx', 'China'],
  ['!!', 'China'],
])('names the countries in %s', async (language, china) => {
  const rows = await list(`?language=${encodeURIComponent(language)}`);
  expect(named(rows, china)).toMatchObject({ area_code: 86 });
});

it('sorts by name as the language does, and keeps the ids', () => {
  const english = listAreaCodes('en').map((row) => row.area_name);
  expect(english).toEqual([...english].sort(new Intl.Collator('en').compare));
  const swedish = listAreaCodes('sv').map((row) => row.area_name);
  expect(swedish.at(-1)).toMatch(/^Ö/);
  const ids = (language: string): number[] =>
    listAreaCodes(language)
      .map((row) => row.global_id)
      .sort();
  expect(ids('sv')).toEqual(ids('zh'));
  expect(named(listAreaCodes('sv'), 'Kina')?.global_id).toBe(named(listAreaCodes('en'), 'China')?.global_id);
});

it.each(['a', '', 'a-very-long-tag'])('refuses the language %j by its length', async (language) => {
  expect(await answerTo(gateway, 'GET', `/v1/api/area/code?language=${language}`)).toEqual(
    refused('language length error'),
  );
});

it('needs no token, and answers 304 when the list is known', async () => {
  const first = await call(gateway, 'GET', '/v1/api/area/code');
  const headers = { 'if-none-match': String(first.headers.etag) };
  expect((await call(gateway, 'GET', '/v1/api/area/code', { headers })).status).toBe(304);
});
