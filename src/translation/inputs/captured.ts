/** A request as it was written down somewhere, before any dialect has looked at it. */
export interface CapturedRequest {
  /** Where it stood, for a person: `curl line 1`, `entry 3`, `Users / Rename`. */
  label: string;
  /** In upper case. */
  method: string;
  /** As it was written. */
  url: string;
  /** Null when the URL names none, or only a variable that stands for it. */
  host: string | null;
  path: string;
  /** Without the question mark. */
  query: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Empty on a multipart body. */
  body: Buffer;
  /** The names of the parts of a multipart body, with the file names of those that are files. */
  parts?: readonly { name: string; fileName?: string }[];
}

/** One call of a log. `target`: a path with its query, or a whole address. */
export interface LoggedCall {
  method: string;
  target: string;
  host: string | null;
}

/** Calls of a log: what was asked for and how often. */
export interface LoggedCalls {
  method: string;
  /** Null when the log does not say. */
  host: string | null;
  path: string;
  query: string;
  count: number;
}

/** What an input holds. `junk`: what is no request or cannot be read, as a person finds it again, with the reason where it has one. */
export type Input =
  | { kind: 'requests'; requests: readonly CapturedRequest[]; junk: readonly string[] }
  | { kind: 'log'; calls: readonly LoggedCalls[]; junk: readonly string[] };

/** An input that cannot be read. The message says in one line where and why. */
export class InputError extends Error {
  constructor(message: string) {
    super(message.replace(/\s+/g, ' '));
    this.name = 'InputError';
  }
}

/**
 * What could be read of several, and of the rest the reasons. One that cannot be read is no reason to give up the others; where none
 * can, the first reason is what the input fails with.
 */
export function readEach<One>(
  all: readonly One[],
  read: (one: One) => { request: CapturedRequest } | { label: string; fault: string },
): { requests: CapturedRequest[]; junk: string[] } {
  const outcomes = all.map(read);
  const requests = outcomes.flatMap((one) => ('request' in one ? [one.request] : []));
  const faults = outcomes.flatMap((one) => ('fault' in one ? [one] : []));
  const junk = faults.map(({ label, fault }) => `${label}: ${fault}`);
  const [only] = faults;
  if (requests.length === 0 && only !== undefined)
    throw new InputError(all.length === 1 ? only.fault : (junk[0] ?? ''));
  return { requests, junk };
}

/** What reading comes to: the request, or why it cannot be read. */
export function attempt(
  label: string,
  read: () => CapturedRequest,
): { request: CapturedRequest } | { label: string; fault: string } {
  try {
    return { request: read() };
  } catch (error) {
    if (error instanceof InputError) return { label, fault: error.message };
    throw error;
  }
}

/** Whether a text is one variable and nothing else, so that nothing of it is known. */
export function isVariable(text: string): boolean {
  return /^\s*\{\{[^{}]+\}\}\s*$/.test(text);
}

interface Address {
  host: string | null;
  path: string;
  query: string;
}

/** A URL in its parts, one that begins with a variable such as `{{baseUrl}}` included. */
export function splitUrl(url: string): Address {
  const [, origin = '', rest = ''] =
    /^([a-z][a-z\d+.-]*:\/\/[^/?#]*|\{\{[^}]*\}\}|[^/?#]*)(.*)$/is.exec(url) ?? [];
  const host = origin.replace(/^[a-z][a-z\d+.-]*:\/\//i, '');
  const [local = ''] = rest.split('#', 1);
  const mark = local.indexOf('?');
  const path = mark === -1 ? local : local.slice(0, mark);
  return {
    host: host === '' || host.startsWith('{{') ? null : host.replace(/^[^@]*@/, ''),
    path: path === '' ? '/' : path,
    query: mark === -1 ? '' : local.slice(mark + 1),
  };
}

/** Pairs as a form sends them. */
export function encodeForm(pairs: readonly { name: string; value: string }[]): string {
  // Variables such as {{name}} stay readable, for they are looked for later.
  return pairs
    .map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
    .replace(/%7B%7B([^%&=]*)%7D%7D/g, '{{$1}}');
}
