import { createHash } from 'node:crypto';
import {
  effects,
  type Exchange,
  type ExchangeKind,
  type ExchangeRequest,
  type ExchangeSource,
} from '../contract';
import type { OperationName } from '../core';
import {
  chooseStep,
  compileRegistry,
  endpointOf,
  RequestError,
  type Match,
  type NamedDeclaration,
  type Registry,
  type Route,
  type Step,
} from '../dialect';
import type { Subject } from './subject';

/** The endpoint of a request to no route. */
export const unknownPath = 'unknown path';

/** One exchange of a contract, as a thing that is run and spoken of. */
export interface Case {
  /** The dialect and the title, such as `lancens/a-friend-is-somebody-else`; the same as long as the title is. */
  id: string;
  dialect: string;
  title: string;
  /** `METHOD /path/{parameter}`, or `unknown path`. */
  endpoint: string;
  kind: ExchangeKind;
  source: ExchangeSource;
  /** It expects to succeed in something that changes users. */
  destructive: boolean;
  /** It expects that a mail or a text message is sent. */
  sends: boolean;
  /** The operations that it may ask for; none for an unknown path and for what is answered without the core. */
  operations: readonly OperationName[];
  route: Route | undefined;
  exchange: Exchange;
}

const longestSlug = 72;

/** A title as part of an id. What a slug cannot keep of it is kept as a hash. */
function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const isPlain = slug.length <= longestSlug && /^[\p{L}\p{N} ,’'-]+$/u.test(title);
  if (isPlain) return slug;
  const hash = createHash('sha256').update(title).digest('hex').slice(0, 6);
  return `${slug.slice(0, longestSlug).replace(/-$/, '')}-${hash}`;
}

type Found = Match<NamedDeclaration> | undefined;

/** What a request at an address asks for. All that the address can do, where the request itself does not tell. */
function stepsAsked(found: Found, { method, path, query, headers, body }: ExchangeRequest): readonly Step[] {
  if (found?.route === undefined) return [];
  const lowered = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  try {
    const step = chooseStep(found.route, {
      method,
      path,
      params: found.params,
      query: new URLSearchParams(query ?? {}),
      headers: Object.fromEntries(lowered) as Record<string, string>,
      body,
    });
    return [step];
  } catch (error) {
    // A request that is wrong in its form has no case of its own.
    if (error instanceof RequestError) return found.route.steps;
    throw error;
  }
}

function caseOf({ contract, name }: Subject, exchange: Exchange, registry: Registry<NamedDeclaration>): Case {
  const { title, kind, source, request, response } = exchange;
  const found = registry.find(request.method, request.path);
  const route = found?.route?.route;
  const operations = stepsAsked(found, request).flatMap((step) =>
    'operation' in step ? [step.operation] : [],
  );
  const succeeds = contract.judge(response.status, response.body) === 'success';
  const has = (effect: 'changes' | 'sends'): boolean =>
    succeeds && operations.some((operation) => effects[operation] === effect);
  return {
    id: `${name}/${slugOf(title)}`,
    dialect: name,
    title,
    endpoint: route === undefined ? unknownPath : endpointOf(route),
    kind,
    source,
    destructive: has('changes'),
    sends: has('sends'),
    operations,
    route,
    exchange,
  };
}

/** The cases of a dialect, in the order of its contract. Throws when two exchanges would have one id. */
export function casesOf(subject: Subject): Case[] {
  const registry = compileRegistry([subject], []);
  const cases = subject.contract.exchanges.map((exchange) => caseOf(subject, exchange, registry));
  const titles = new Map<string, string>();
  for (const { id, title } of cases) {
    const other = titles.get(id);
    if (other !== undefined) throw new Error(`${id} is the id of two exchanges: “${other}” and “${title}”`);
    titles.set(id, title);
  }
  return cases;
}
