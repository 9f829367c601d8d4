import { sampleToken } from '../contract';
import { actionsOf, endpointOf, type Route } from '../dialect';
import { captureExchange, examplesOf } from './examples';
import { splitUrl, type CapturedRequest, type Input, type LoggedCalls } from './inputs/captured';
import { sessionTerms, type SessionTerms } from './sessions';
import type { Side } from './side';
import type { Translator } from './translate';
import type { Outcome, Translation } from './translation';

/** One line of the overview: an endpoint of the old dialect, and what its calls become. */
export interface EndpointRow {
  endpoint: string;
  /** How often it was called. */
  count: number;
  operations: readonly string[];
  /** Endpoints of the new dialect, in the order of their calls. */
  becomes: readonly string[];
  outcome: Outcome;
  /** What is left unsaid, by name. */
  unsaid: readonly string[];
  reason?: string;
}

/** What a team has to change to move from one dialect to another. */
export interface MigrationPlan {
  from: string;
  to: string;
  /** What it was made of, such as the name of a file. */
  source: string;
  endpoints: readonly EndpointRow[];
  /** The translations; those of a log are of documented examples. */
  entries: readonly Translation[];
  /** What is not of the old dialect. */
  foreign: readonly { request: string; count: number }[];
  /** Lines and entries that are no requests or cannot be read, the latter with the reason. */
  junk: readonly string[];
  sessions: readonly SessionTerms[];
}

export interface PlanOptions {
  from: Side;
  to: Side;
  translator: Translator;
  source: string;
  /** Only requests to these hosts count. Empty: all. */
  hosts: readonly string[];
}

/** From the best to the worst. */
const order: readonly Outcome[] = ['translated', 'partly', 'answered', 'unsupported', 'refused', 'foreign'];

function summarise(endpoint: string, entries: readonly Translation[], count: number): EndpointRow {
  // A request that was refused tells less of its endpoint than one that was not.
  const telling = entries.filter(({ outcome }) => outcome !== 'refused');
  const shown = telling.length > 0 ? telling : entries;
  const outcomes = order.filter((outcome) => shown.some((entry) => entry.outcome === outcome));
  // Where some of its calls can be said and others not, so much is said of the endpoint.
  const isMixed = outcomes.length > 1 && ['translated', 'partly'].includes(outcomes[0] ?? '');
  const outcome = isMixed ? 'partly' : (outcomes.at(-1) ?? 'answered');
  const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
  const reason = shown.find((entry) => entry.reason !== undefined)?.reason;
  return {
    endpoint,
    count,
    operations: unique(shown.flatMap(({ operation }) => (operation === undefined ? [] : [operation]))),
    becomes: unique(shown.flatMap(({ calls }) => calls.map((call) => call.endpoint))),
    outcome,
    unsaid: unique(
      shown.flatMap(({ differences }) =>
        differences.filter(({ kind }) => kind === 'unsaid').map(({ field }) => field),
      ),
    ),
    ...(reason !== undefined && { reason }),
  };
}

/** Equal requests once, with their number; who sent them does not matter. */
function merge(entries: readonly Translation[]): Translation[] {
  const known = new Map<string, Translation>();
  for (const entry of entries) {
    const key = entry.request.curl;
    const seen = known.get(key);
    known.set(key, seen === undefined ? entry : { ...seen, count: seen.count + entry.count });
  }
  return [...known.values()];
}

function overview(entries: readonly Translation[], counts?: ReadonlyMap<string, number>): EndpointRow[] {
  const groups = new Map<string, Translation[]>();
  for (const entry of entries) {
    const endpoint = entry.endpoint ?? `${entry.request.method} ${splitUrl(entry.request.url).path}`;
    groups.set(endpoint, [...(groups.get(endpoint) ?? []), entry]);
  }
  return [...groups]
    .map(([endpoint, own]) =>
      summarise(endpoint, own, counts?.get(endpoint) ?? own.reduce((sum, { count }) => sum + count, 0)),
    )
    .sort((one, other) => other.count - one.count || (one.endpoint < other.endpoint ? -1 : 1));
}

type Body = Pick<MigrationPlan, 'endpoints' | 'entries' | 'foreign'>;

/** Whether a call went to one of the hosts, as far as is known; with or without its port. */
function isOfHosts({ host }: { host: string | null }, hosts: readonly string[]): boolean {
  if (hosts.length === 0 || host === null) return true;
  const names = [host, host.replace(/:\d+$/, '')].map((name) => name.toLowerCase());
  return hosts.some((wanted) => names.includes(wanted.toLowerCase()));
}

/** Whether nothing of the input says to which host it went. */
export function namesNoHost(input: Input): boolean {
  return (input.kind === 'log' ? input.calls : input.requests).every(({ host }) => host === null);
}

const longestAddress = 200;

type Foreign = MigrationPlan['foreign'];

/** Equal ones once, with their number, the most frequent first. */
function countForeign(all: Foreign): Foreign {
  const counts = new Map<string, number>();
  for (const { request, count } of all) {
    // Some addresses hold whole pictures.
    const shown = request.length > longestAddress ? `${request.slice(0, longestAddress)}…` : request;
    counts.set(shown, (counts.get(shown) ?? 0) + count);
  }
  return [...counts]
    .map(([request, count]) => ({ request, count }))
    .sort((one, other) => other.count - one.count);
}

function planRequests(requests: readonly CapturedRequest[], { translator, hosts }: PlanOptions): Body {
  const isWanted = (request: CapturedRequest): boolean => isOfHosts(request, hosts);
  const all = merge(requests.filter(isWanted).map((request) => translator.translate(request).translation));
  const entries = all.filter(({ outcome }) => outcome !== 'foreign');
  const others = [
    ...all
      .filter(({ outcome }) => outcome === 'foreign')
      .map(({ request, count }) => ({ request: `${request.method} ${request.url}`, count })),
    ...requests
      .filter((request) => !isWanted(request))
      .map(({ method, url }) => ({ request: `${method} ${translator.showAddress(url)}`, count: 1 })),
  ];
  return { entries, endpoints: overview(entries), foreign: countForeign(others) };
}

/** A logged call as if it had been captured by somebody who was signed in; its body is not known. */
function captureLogged({ method, path, query }: LoggedCalls, { declaration }: Side): CapturedRequest {
  return {
    label: 'logged call',
    method,
    url: query === '' ? path : `${path}?${query}`,
    host: null,
    path,
    query,
    headers: { ...declaration.accessToken.attach(sampleToken(declaration.accessToken.format)) },
    body: Buffer.alloc(0),
  };
}

/** What calls of a route are translated by: themselves where the address says all, else the dialect's documented examples. */
function translationsOf(route: Route, logged: LoggedCalls, { from, translator }: PlanOptions): Translation[] {
  const own = translator.translate(captureLogged(logged, from)).translation;
  const isWhole = route.method === 'get' && own.outcome !== 'refused';
  if (isWhole || actionsOf(route).length === 0) return [own];
  const examples = examplesOf(route, from.contract, translator.from.registry).map(
    (exchange) => translator.translate(captureExchange(exchange, from, route.upload)).translation,
  );
  // Several examples may show one operation; one of each is enough.
  const telling = examples.filter(
    ({ operation, outcome }, index) =>
      outcome !== 'refused' &&
      examples.findIndex((other) => other.operation === operation && other.outcome !== 'refused') === index,
  );
  return telling.length > 0 ? telling : [own];
}

function planLog(calls: readonly LoggedCalls[], options: PlanOptions): Body {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  const entries: Translation[] = [];
  const foreign: { request: string; count: number }[] = [];
  for (const logged of calls) {
    const match = isOfHosts(logged, options.hosts)
      ? options.translator.from.registry.find(logged.method, logged.path)
      : undefined;
    if (match === undefined) {
      const { method, host, path, count } = logged;
      const address = `${host ?? ''}${options.translator.showAddress(path)}`;
      foreign.push({ request: `${method} ${address}`, count });
      continue;
    }
    const route = match.route?.route;
    const endpoint =
      route === undefined
        ? `${logged.method} ${options.translator.showAddress(logged.path)}`
        : endpointOf(route);
    counts.set(endpoint, (counts.get(endpoint) ?? 0) + logged.count);
    // Calls that differ in values alone are one call.
    const form = `${endpoint}?${[...new URLSearchParams(logged.query).keys()].sort().join('&')}`;
    if (seen.has(form) || (route !== undefined && route.method !== 'get' && seen.has(endpoint))) continue;
    seen.add(form).add(endpoint);
    const found =
      route === undefined
        ? [options.translator.translate(captureLogged(logged, options.from)).translation]
        : translationsOf(route, logged, options);
    entries.push(...found.map((entry) => ({ ...entry, count: 0 })));
  }
  return { entries: merge(entries), endpoints: overview(entries, counts), foreign: countForeign(foreign) };
}

/** Everything that an input tells of a move from one dialect to another. */
export function planMigration(input: Input, options: PlanOptions): MigrationPlan {
  const { from, to, source } = options;
  const body = input.kind === 'log' ? planLog(input.calls, options) : planRequests(input.requests, options);
  return {
    from: from.name,
    to: to.name,
    source,
    ...body,
    junk: input.junk,
    sessions: [from, to].map(sessionTerms),
  };
}

/** Whether a plan holds anything that can be sent. */
export function isTranslatable({ entries }: MigrationPlan): boolean {
  return entries.some(({ calls }) => calls.length > 0);
}
