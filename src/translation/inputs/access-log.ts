import { splitUrl, type LoggedCall, type LoggedCalls } from './captured';
import { jsonCall } from './json-log';

const methods = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE';
/** Anything in quotes; the request is one of them in every format that is derived from the Common one. An escaped quote begins none. */
const quotation = /\\.|"((?:[^"\\]|\\.)*)"/g;
const requestLine = new RegExp(`^(${methods}) (\\S+)(?: HTTP/[\\d.]+)?$`);
/** The same where a format has no quotes, or is a list of calls. */
const bareRequest = new RegExp(`(?:^|\\s)(${methods}) ((?:https?://[^\\s/]+)?/\\S*)`);
/** Apache's and nginx's way to write the host in front: `example.com:443 203.0.113.7 - - [`. */
const hostInFront = /^([a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z][a-z\d-]*(?::\d+)?) [\d.a-f:]+ \S+ /i;

function plainCall(line: string): LoggedCall | undefined {
  const quoted = [...line.matchAll(quotation)].map(([, content = '']) => requestLine.exec(content));
  const [, method, target] = quoted.find((found) => found !== null) ?? bareRequest.exec(line) ?? [];
  if (method === undefined || target === undefined) return undefined;
  return { method, target, host: hostInFront.exec(line)?.[1] ?? null };
}

/** What a log counts, in the order of first sight; lines that are no requests are junk. No calls: it is no log. */
export function readAccessLog(text: string): { calls: LoggedCalls[]; junk: string[] } {
  const counts = new Map<string, LoggedCalls>();
  const junk: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const call = line.trimStart().startsWith('{') ? jsonCall(line, plainCall) : plainCall(line);
    if (call === undefined) {
      junk.push(`line ${index + 1}`);
      continue;
    }
    const { method, target } = call;
    const { path, query, host: named } = splitUrl(target);
    const host = named ?? call.host;
    const key = `${method} ${host ?? ''} ${path}?${query}`;
    const seen = counts.get(key);
    if (seen === undefined) counts.set(key, { method, host, path, query, count: 1 });
    else seen.count += 1;
  }
  return { calls: [...counts.values()], junk };
}
