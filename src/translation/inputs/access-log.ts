import { InputError, splitUrl, type LoggedCalls } from './captured';

/** Common and Combined Log Format: host, ident, user, [time], "request", status, size, and in the second form two more. */
const line = /^\S+ \S+ .*?\[[^\]]*\] "((?:[^"\\]|\\.)*)" (\d{3}) (?:\d+|-)(?:\s.*)?$/;
const requestLine = /^([A-Z]+) (\S+)(?: HTTP\/[\d.]+)?$/;

/** What a log counts, in the order of first sight; lines that are no requests are junk. */
export function readAccessLog(text: string): { calls: LoggedCalls[]; junk: string[] } {
  const counts = new Map<string, LoggedCalls>();
  const junk: string[] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (written.trim() === '') continue;
    const [, method, target] = requestLine.exec(line.exec(written)?.[1] ?? '') ?? [];
    if (method === undefined || target === undefined) {
      junk.push(`line ${index + 1}`);
      continue;
    }
    const { path, query } = splitUrl(target);
    const key = `${method} ${path}?${query}`;
    const seen = counts.get(key);
    if (seen === undefined) counts.set(key, { method, path, query, count: 1 });
    else seen.count += 1;
  }
  if (counts.size === 0) throw new InputError('no line of it is a request in Common or Combined Log Format');
  return { calls: [...counts.values()], junk };
}
