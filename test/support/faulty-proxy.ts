import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer on its way back, whose body is JSON. */
export interface PassingAnswer {
  status: number;
  body: unknown;
}

/** What one answer becomes; the same object where it stays as it is. */
export type Fault = (request: { method: string; path: string }, answer: PassingAnswer) => PassingAnswer;

export interface FaultyProxy {
  url: string;
  stop(): Promise<void>;
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function damaged(
  request: IncomingMessage,
  upstream: IncomingMessage,
  bytes: Buffer,
  fault: Fault,
): PassingAnswer | undefined {
  if (!/^application\/json\b/.test(upstream.headers['content-type'] ?? '') || bytes.length === 0)
    return undefined;
  const answer = { status: upstream.statusCode ?? 0, body: JSON.parse(bytes.toString('utf8')) as unknown };
  const path = (request.url ?? '').replace(/\?.*$/s, '');
  const result = fault({ method: request.method ?? '', path }, answer);
  return result === answer ? undefined : result;
}

/**
 * A copy of a server that is right but for what `fault` does to it: every byte else passes unchanged. The server behind it
 * is held to the descriptions as any other; the copy is not, because what it answers is wrong on purpose.
 */
export async function startFaultyProxy(target: string, fault: Fault): Promise<FaultyProxy> {
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const payload = await read(request);
    const { method, headers } = request;
    const outgoing = ask(new URL(request.url ?? '/', target), { method, headers });
    outgoing.end(payload);
    const upstream = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve).once('error', reject);
    });
    const bytes = await read(upstream);
    const changed = damaged(request, upstream, bytes, fault);
    const body = changed === undefined ? bytes : Buffer.from(JSON.stringify(changed.body));
    const kept = upstream.rawHeaders.flatMap((name, index, all): [string, string][] =>
      index % 2 === 1 || /^(content-length|transfer-encoding|connection|keep-alive)$/i.test(name)
        ? []
        : [[name, all[index + 1] ?? '']],
    );
    for (const [name, value] of kept) response.appendHeader(name, value);
    response.writeHead(changed?.status ?? upstream.statusCode ?? 502);
    response.end(body);
  }

  const server = createServer((request, response) => {
    pass(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
