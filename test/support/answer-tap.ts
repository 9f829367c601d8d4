import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { descriptionFile } from '../../src/cli/dialect-files';
import type { NamedDeclaration } from '../../src/http';
import { splitTarget } from '../../src/http/wire-request';
import { readDescription, type Description } from '../../src/kit/description';
import { createCheck, type Check } from './schemas';
import { undescribedIn, type SentAnswer } from './undescribed';
import { collectUndescribed } from './undescribed-answers';

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

type Reader = (name: string) => { description: Description; check: Check };

/** Reads each description when the first answer of its dialect is seen; `textOf` gives its text. */
export function createReader(textOf: (name: string) => string): Reader {
  const known = new Map<string, ReturnType<Reader>>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const description = readDescription(textOf(name));
    const ready = { description, check: createCheck(description) };
    known.set(name, ready);
    return ready;
  };
}

const readPublished = createReader((name) => readFileSync(descriptionFile(name), 'utf8'));

/** Names and values in turn, as the dialect host hands them over. */
function contentTypeIn(headers: unknown): string | undefined {
  const list = Array.isArray(headers) ? (headers as unknown[]).map(String) : [];
  const index = list.findIndex((name, place) => place % 2 === 0 && name.toLowerCase() === 'content-type');
  return index === -1 ? undefined : list[index + 1];
}

/** Calls `tell` with an answer as it is sent, before its client has it. */
function overhear(
  response: ServerResponse,
  tell: (answer: Omit<SentAnswer, 'method' | 'path'>) => void,
): void {
  const chunks: Buffer[] = [];
  let contentType: string | undefined;
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) chunks.push(Buffer.from(chunk as string));
  };
  const { writeHead, write, end } = response;
  response.writeHead = (...given: unknown[]) => {
    contentType = contentTypeIn(given.at(-1));
    return Reflect.apply(writeHead, response, given) as ServerResponse;
  };
  response.write = ((...given: unknown[]) => {
    keep(given[0]);
    return Reflect.apply(write, response, given) as boolean;
  }) as typeof write;
  response.end = ((...given: unknown[]) => {
    keep(given[0]);
    tell({ status: response.statusCode, contentType, text: Buffer.concat(chunks).toString() });
    return Reflect.apply(end, response, given) as ServerResponse;
  }) as typeof end;
}

/** A description that cannot be used, such as one that is missing or has a misspelt keyword, is a fault of every answer that it is for. */
function faultsOf(name: string, answer: SentAnswer, read: Reader): readonly string[] {
  try {
    const { description, check } = read(name);
    return undescribedIn(description, check, answer);
  } catch (error) {
    return [`cannot be used: ${(error as Error).message}`];
  }
}

function judge(name: string, answer: SentAnswer, read: Reader): void {
  const faults = faultsOf(name, answer, read);
  if (faults.length === 0) return;
  const { method, path, status, text } = answer;
  const lines = [
    `dialects/${name}/openapi.yaml does not describe the answer of ${method} ${path}: ${status}`,
    ...faults,
  ];
  collectUndescribed(`${lines.join('\n  ')}\n  body: ${text.slice(0, 2_000)}`);
}

/**
 * Holds every answer that the server at `port` gives under a mount to the description of the mount's dialect. What is
 * not described is thrown by `throwUndescribed`. Returns how to stop.
 */
export function tapAnswers(
  port: number,
  served: readonly NamedDeclaration[],
  read: Reader = readPublished,
): () => void {
  const listen = (message: unknown): void => {
    const { request, response, server } = message as Started;
    if ((server.address() as AddressInfo | null)?.port !== port) return;
    const { method = '' } = request;
    const { path } = splitTarget(request.url ?? '/');
    const owner = served.find(({ declaration }) =>
      declaration.mounts.some((mount) => `${path}/`.startsWith(`${mount}/`)),
    );
    if (owner === undefined) return;
    overhear(response, (answer) => {
      judge(owner.name, { method, path, ...answer }, read);
    });
  };
  subscribe('http.server.request.start', listen);
  return () => {
    unsubscribe('http.server.request.start', listen);
  };
}
