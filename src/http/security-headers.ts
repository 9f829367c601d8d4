import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

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

/**
 * helmet's defaults, but for HSTS: the gateway often answers under a vendor's old host name, and to force https on that
 * name and all below it is for whoever ends TLS there.
 */
export const helmetOptions = { strictTransportSecurity: false };

/** helmet's headers for the answers of a wire, asked of helmet once: name and value in turn. */
export function constantSecurityHeaders(): readonly (readonly [name: string, value: string])[] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  let failure: unknown;
  // With its defaults helmet looks at no request, and only sets and removes headers.
  helmet(helmetOptions)(request, response, (error) => {
    failure = error;
  });
  if (failure !== undefined) throw new Error('helmet gave no headers', { cause: failure });
  return response
    .getHeaderNames()
    .filter((name) => !documentHeaders.has(name))
    .map((name) => [name, String(response.getHeader(name))]);
}
