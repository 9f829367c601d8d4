import type { Declaration, Said } from '../dialect';
import type { PlannedCall } from './plan';

/** A request of a client as it goes out, but for its host. */
export interface SentRequest {
  /** In upper case. */
  method: string;
  /** Path and query. */
  target: string;
  headers: Readonly<Record<string, string>>;
  /** JSON. */
  body?: string;
  /** Sent as the one part of a multipart body. */
  file?: { field: string; bytes: Buffer };
}

function withCredential(
  { route, access, said }: Pick<PlannedCall, 'route' | 'access' | 'said'>,
  declaration: Declaration,
  credential: string | undefined,
): Said {
  if (credential === undefined || access === 'public') return said;
  if (route.attachToken !== undefined) return route.attachToken(said, credential);
  return { ...said, headers: { ...declaration.accessToken.attach(credential), ...said.headers } };
}

function targetOf(path: string, { params, query }: Said): string {
  const filled = path.replace(/:([^/]+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
  const search = new URLSearchParams(query ?? {}).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

/** What a planned call sends, with the access token of whoever speaks where its access asks for one. */
export function requestOf(
  call: Pick<PlannedCall, 'route' | 'access' | 'said'>,
  declaration: Declaration,
  credential: string | undefined,
): SentRequest {
  const { route } = call;
  const said = withCredential(call, declaration, credential);
  const address = { method: route.method.toUpperCase(), target: targetOf(route.path, said) };
  if (said.file !== undefined && route.upload !== undefined) {
    return {
      ...address,
      headers: { ...said.headers },
      file: { field: route.upload.field, bytes: said.file },
    };
  }
  if (said.body === undefined) return { ...address, headers: { ...said.headers } };
  return {
    ...address,
    headers: { 'content-type': 'application/json', ...said.headers },
    body: JSON.stringify(said.body),
  };
}
