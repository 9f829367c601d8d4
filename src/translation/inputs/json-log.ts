import type { LoggedCall } from './captured';

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the writers of logs call the parts of a request: nginx, Caddy, Traefik, Envoy, pino, cloud balancers and others. */
const names = {
  method: ['method', 'request_method', 'requestmethod', 'http_method', 'httpmethod', 'verb', 'cs-method'],
  target: [
    ...['uri', 'request_uri', 'requesturi', 'originalurl', 'url', 'request_url', 'requesturl', 'http_url'],
    ...['path', 'request_path', 'requestpath', 'x-envoy-original-path', 'cs-uri-stem'],
  ],
  host: [
    'host',
    'http_host',
    'request_host',
    'requesthost',
    'authority',
    ':authority',
    'vhost',
    'server_name',
  ],
  whole: ['request', 'request_line', 'requestline', 'log', 'message', 'msg'],
  inner: ['request', 'req', 'http', 'httprequest', 'http_request', 'data'],
};

/** The first of these members that is a text with something in it. */
function textOf(members: Members, wanted: readonly string[]): string | undefined {
  const byName = new Map(Object.entries(members).map(([name, value]) => [name.toLowerCase(), value]));
  return wanted.map((name) => byName.get(name)).find((value) => typeof value === 'string' && value !== '') as
    string | undefined;
}

function callOf(
  members: Members,
  readPlain: (line: string) => LoggedCall | undefined,
): LoggedCall | undefined {
  const [method, target] = [textOf(members, names.method), textOf(members, names.target)];
  const host = textOf(members, names.host) ?? null;
  if (
    method !== undefined &&
    target !== undefined &&
    /^[a-z]+$/i.test(method) &&
    /^(?:\/|https?:)/.test(target)
  )
    return { method: method.toUpperCase(), target, host };
  for (const [name, value] of Object.entries(members)) {
    const own = name.toLowerCase();
    const found =
      names.inner.includes(own) && isMembers(value)
        ? callOf(value, readPlain)
        : names.whole.includes(own) && typeof value === 'string'
          ? readPlain(value.trim())
          : undefined;
    if (found !== undefined) return { ...found, host: found.host ?? host };
  }
  return undefined;
}

/** The request of a line of a log that is written in JSON; `readPlain` reads a line that such a document wraps. */
export function jsonCall(
  line: string,
  readPlain: (line: string) => LoggedCall | undefined,
): LoggedCall | undefined {
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    // Half a line, where a log was cut.
    return undefined;
  }
  return isMembers(document) ? callOf(document, readPlain) : undefined;
}
