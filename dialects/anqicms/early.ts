import type { WireRequest, WireResponse } from '../../src/dialect';

const week = 604_800;

/** To the same address without `lang`, which the cookie keeps from now on (reference 2.4). The body survives a 307. */
function keepLanguage(request: WireRequest, language: string): WireResponse {
  const rest = new URLSearchParams(request.query);
  rest.delete('lang');
  const query = rest.toString();
  return {
    status: 307,
    headers: {
      Location: query === '' ? request.path : `${request.path}?${query}`,
      'Cache-Control': 'no-cache, no-store, must-revalidate',
      Pragma: 'no-cache',
      Expires: '0',
    },
    cookies: [{ name: 'lang', value: language, maxAge: week }],
  };
}

/** Answers that reach no route: 204 to any OPTIONS, 307 to any request with a `lang` query. */
export function answerEarly(request: WireRequest): WireResponse | undefined {
  if (request.method.toUpperCase() === 'OPTIONS') return { status: 204 };
  const language = request.query.get('lang') ?? '';
  return language === '' ? undefined : keepLanguage(request, language);
}
