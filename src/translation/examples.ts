import { sampleToken, type Contract, type Exchange } from '../contract';
import { actionsOf, type NamedDeclaration, type Registry, type Route } from '../dialect';
import { splitUrl, type CapturedRequest } from './inputs/captured';
import type { Side } from './side';

/** Placeholders of an exchange as variables, which translation knows to fill. */
function asVariables(text: string): string {
  return text.replace(/<([a-z][a-z_ ]*)>/g, '{{$1}}');
}

/** The credentials of a program stand behind a placeholder as their scheme writes them, and no other header holds one. */
function headersOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  const credentials = `Basic ${Buffer.from('a-program:a-secret').toString('base64')}`;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      value === '<client credentials>' ? credentials : asVariables(value),
    ]),
  );
}

/** A documented request as if it had been captured. */
export function captureExchange(
  exchange: Exchange,
  { declaration }: Pick<Side, 'declaration'>,
  upload?: Route['upload'],
): CapturedRequest {
  const { method, path, query = {}, headers = {}, body } = exchange.request;
  const search = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${asVariables(value)}`)
    .join('&');
  const url = asVariables(`${path}${search === '' ? '' : `?${search}`}`);
  const file =
    typeof body === 'object' && body !== null && 'file' in body ? (upload?.field ?? 'file') : undefined;
  const token =
    exchange.credential === 'own'
      ? declaration.accessToken.attach(sampleToken(declaration.accessToken.format))
      : {};
  const text =
    body === undefined || file !== undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const type =
    file !== undefined
      ? { 'content-type': 'multipart/form-data; boundary=-' }
      : text === ''
        ? {}
        : { 'content-type': 'application/json' };
  return {
    label: `documented example: ${exchange.title}`,
    method,
    url,
    ...splitUrl(url),
    host: null,
    headers: { ...type, ...headersOf(headers), ...token },
    body: Buffer.from(asVariables(text)),
    ...(file !== undefined && { parts: [{ name: file, fileName: 'picture' }] }),
  };
}

/** The requests of a dialect's contract to a route that succeed: one for each operation that the route may be asked for. */
export function examplesOf(
  route: Route,
  contract: Contract,
  registry: Registry<NamedDeclaration>,
): Exchange[] {
  const good = contract.exchanges.filter(
    ({ request, response, kind, arrange }) =>
      registry.find(request.method, request.path)?.route?.route === route &&
      kind === 'success' &&
      arrange?.settings === undefined &&
      contract.judge(response.status, response.body) === 'success',
  );
  return actionsOf(route).length === 1 ? good.slice(0, 1) : good;
}
