import helmet from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * helmet's headers that govern documents. On answers to programs they mean nothing, and on the few pages that a vendor
 * publishes they would change what the page can do.
 */
const documentHeaders: ReadonlySet<string> = new Set([
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
]);

/** helmet's defaults for the answers of a wire, asked of helmet once: name and value in turn. */
export function constantSecurityHeaders(): readonly (readonly [name: string, value: string])[] {
  const headers: [string, string][] = [];
  const response = {
    setHeader(name: string, value: string) {
      if (!documentHeaders.has(name.toLowerCase())) headers.push([name, value]);
    },
    removeHeader() {},
  };
  let failure: unknown;
  // helmet only ever sets and removes headers, and with its defaults looks at no request.
  helmet()({} as unknown as IncomingMessage, response as unknown as ServerResponse, (error) => {
    failure = error;
  });
  if (failure !== undefined) throw new Error('helmet gave no headers', { cause: failure });
  return headers;
}
