import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SentAnswer } from './undescribed';

// Also runs inside gateways in processes of their own, so that it needs Node and nothing else.

/** An answer as it was sent, with the request that it is to. */
export interface Overheard extends Omit<SentAnswer, 'path'> {
  /** What was asked for, its query included. */
  target: string;
}

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
}

/** Names and values in turn, as the dialect host hands them over. */
function headerIn(headers: unknown, wanted: string): string | undefined {
  const list = Array.isArray(headers) ? (headers as unknown[]).map(String) : [];
  const index = list.findIndex((name, place) => place % 2 === 0 && name.toLowerCase() === wanted);
  return index === -1 ? undefined : list[index + 1];
}

/** Calls `tell` with an answer before its client has the whole of it. */
function overhear(
  response: ServerResponse,
  tell: (answer: Pick<Overheard, 'status' | 'contentType' | 'text'>) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let headers: unknown;
  let told = false;
  const keep = (chunk: unknown): void => {
    if (typeof chunk !== 'string' && !Buffer.isBuffer(chunk)) return;
    const bytes = Buffer.from(chunk as string);
    chunks.push(bytes);
    length += bytes.length;
  };
  const tellOnce = (): void => {
    if (told) return;
    told = true;
    const contentType = headerIn(headers, 'content-type');
    tell({ status: response.statusCode, contentType, text: Buffer.concat(chunks).toString() });
  };
  const { writeHead, flushHeaders, write, end } = response;
  response.writeHead = (...given: unknown[]) => {
    headers = given.at(-1);
    return Reflect.apply(writeHead, response, given) as ServerResponse;
  };
  response.flushHeaders = () => {
    // An answer with a body is flushed by its body.
    tellOnce();
    Reflect.apply(flushHeaders, response, []);
  };
  response.write = ((...given: unknown[]) => {
    keep(given[0]);
    // Whole, though its end may be held back until the request's body has come.
    if (length >= Number(headerIn(headers, 'content-length') ?? Infinity)) tellOnce();
    return Reflect.apply(write, response, given) as boolean;
  }) as typeof write;
  response.end = ((...given: unknown[]) => {
    keep(given[0]);
    tellOnce();
    return Reflect.apply(end, response, given) as ServerResponse;
  }) as typeof end;
}

/**
 * Calls `tell` with every answer that this process gives to a request that is meant, before the client has the whole of
 * it. What node itself answers to bytes that are no request is none. Returns how to stop.
 */
export function overhearAnswers(
  isMeant: (request: IncomingMessage) => boolean,
  tell: (answer: Overheard) => void,
): () => void {
  const listen = (message: unknown): void => {
    const { request, response } = message as Started;
    if (!isMeant(request)) return;
    const { method = '', url: target = '/' } = request;
    overhear(response, (answer) => {
      tell({ method, target, ...answer });
    });
  };
  subscribe('http.server.request.start', listen);
  return () => {
    unsubscribe('http.server.request.start', listen);
  };
}
