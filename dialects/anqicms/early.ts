import type { WireRequest, WireResponse } from '../../src/dialect';
import { noSuchCall } from './responses';

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

/**
 * Answers that reach no route: 204 to any OPTIONS, 307 to any request with a `lang` query, and 404 to any HEAD, which the
 * server has nowhere (reference 2.1). A mail filter that looks at a link this way must not use it up.
 */
export function answerEarly(request: WireRequest): WireResponse | undefined {
  const method = request.method.toUpperCase();
  if (method === 'OPTIONS') return { status: 204 };
  const language = request.query.get('lang') ?? '';
  if (language !== '') return keepLanguage(request, language);
  return method === 'HEAD' ? noSuchCall() : undefined;
}
