import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer on its way through. */
export interface PassingAnswer {
  status: number;
  /** Names in lower case, each line of its own. */
  headers: [name: string, value: string][];
  /** JSON where it is such, else the text. */
  body: unknown;
}

export interface FaultyProxy {
  url: string;
  /** What becomes of answers from now on; undefined: nothing. */
  spoil: ((answer: PassingAnswer) => PassingAnswer) | undefined;
  stop(): Promise<void>;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What fetch writes by itself. */
const ofTheConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect']);
/** What fetch has undone, or node writes by itself. */
const ownHeaders = new Set([
  'content-encoding',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
]);

/** Passes everything on to `target`, and its answers back with the fault of the moment. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const response = await fetch(`${target}${incoming.url ?? '/'}`, {
        method: incoming.method ?? 'GET',
        headers: Object.entries(incoming.headers)
          .filter(([name]) => !ofTheConnection.has(name))
          .map(([name, value]): [string, string] => [name, String(value)]),
        redirect: 'manual',
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const kept = [...response.headers].filter(([name]) => !ownHeaders.has(name));
      if (proxy.spoil === undefined) {
        outgoing.writeHead(response.status, kept.flat()).end(bytes);
        return;
      }
      const spoilt = proxy.spoil({
        status: response.status,
        headers: kept,
        body: readJson(bytes.toString('utf8')),
      });
      const text = typeof spoilt.body === 'string' ? spoilt.body : JSON.stringify(spoilt.body);
      outgoing.writeHead(spoilt.status, spoilt.headers.flat()).end(text);
    })().catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoil: undefined,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
