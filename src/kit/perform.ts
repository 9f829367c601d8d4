import type { Exchange } from '../contract';
import { fill, fillInside } from './fill';
import type { Received, SentRequest } from './message';
import { picture } from './picture';
import type { Known, Stage } from './stage';
import type { Subject } from './subject';

/** What came of a request: an answer, or a sentence on why there is none. */
export interface Performed {
  sent: SentRequest;
  received: Received | undefined;
  failure: string | undefined;
  ms: number;
}

export interface PerformOptions {
  /** Without a trailing slash. */
  baseUrl: string;
  timeoutMs: number;
}

function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A placeholder may stand inside the value of a header. */
function filledHeaders(headers: Readonly<Record<string, string>>, known: Known): Record<string, string> {
  const filled = Object.entries(headers).map(([name, value]) => [name, fillInside(value, known)]);
  return lowered(Object.fromEntries(filled) as Record<string, string>);
}

function payloadOf(body: unknown, known: Known): Pick<SentRequest, 'body' | 'file'> {
  if (body === undefined) return {};
  if (typeof body === 'string') return { body };
  if (typeof body === 'object' && body !== null && 'file' in body)
    return { file: { part: 'file', name: picture.name, type: picture.type } };
  return { body: JSON.stringify(fill(body, known)) };
}

/** The request of an exchange with everything known in its place. */
function requestOf(
  { declaration }: Pick<Subject, 'declaration'>,
  { request, credential }: Pick<Exchange, 'request' | 'credential'>,
  { known, token }: Pick<Stage, 'known' | 'token'>,
  baseUrl: string,
): SentRequest {
  const search = new URLSearchParams(fill(request.query ?? {}, known)).toString();
  const attached = credential === 'own' && token !== undefined ? declaration.accessToken.attach(token) : {};
  const payload = payloadOf(request.body, known);
  return {
    method: request.method,
    url: `${baseUrl}${fillInside(request.path, known)}${search === '' ? '' : `?${search}`}`,
    headers: {
      // What clients send with a text that has no type of its own.
      ...(payload.body !== undefined && { 'content-type': 'text/plain;charset=UTF-8' }),
      ...filledHeaders(request.headers ?? {}, known),
      ...lowered(attached),
    },
    ...payload,
  };
}

function formOf({ part, name, type }: NonNullable<SentRequest['file']>): FormData {
  const form = new FormData();
  form.append(part, new Blob([new Uint8Array(picture.bytes)], { type }), name);
  return form;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

async function hear(response: Response): Promise<Received> {
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  // A page is a text, whatever it looks like; everything else that reads as JSON is taken for it, and its type is compared.
  const isPage = /^text\/html\b/.test(headers['content-type'] ?? '');
  return {
    status: response.status,
    headers,
    cookies: response.headers.getSetCookie(),
    text,
    body: text === '' ? undefined : isPage ? text : readJson(text),
  };
}

/** Why there was no answer, in words for whoever runs the kit. */
export function describeSilence(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error ? first.message : String(first);
}

/** Sends a request and hears its answer. Never rejects for want of one. */
async function send(sent: SentRequest, timeoutMs: number): Promise<Performed> {
  const body = sent.file === undefined ? sent.body : formOf(sent.file);
  const startedAt = performance.now();
  const past = (): number => Math.round(performance.now() - startedAt);
  try {
    const response = await fetch(sent.url, {
      method: sent.method,
      headers: sent.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body }),
    });
    return { sent, received: await hear(response), failure: undefined, ms: past() };
  } catch (error) {
    return { sent, received: undefined, failure: describeSilence(error, timeoutMs), ms: past() };
  }
}

/** Sends an exchange's request to a target on which everything was arranged. */
export async function perform(
  subject: Subject,
  exchange: Exchange,
  stage: Stage,
  { baseUrl, timeoutMs }: PerformOptions,
): Promise<Performed> {
  return send(requestOf(subject, exchange, stage, baseUrl), timeoutMs);
}
