import type { OperationName } from '../core';
import type { Declaration, Heard, HeardResponse, Speakable } from '../dialect';
import type { Contract } from './contract';
import { planCalls, speaks, type Plan, type PlannedCall } from './plan';
import { requestOf, type SentRequest } from './sent-request';

export interface SpeakerOptions {
  declaration: Declaration;
  contract: Pick<Contract, 'judge'>;
  /** Where the wire is served; no trailing slash. */
  baseUrl: string;
  /** The access token of whoever speaks. */
  credential?: string | undefined;
}

/** How a command went: `unsaid` names the fields that this wire has no call for. */
export type Outcome<O extends OperationName> =
  | { ok: true; heard: Heard<O>; response: HeardResponse; unsaid: readonly string[] }
  | { ok: false; status: number; body: unknown; unsaid: readonly string[] };

/** A client of one dialect, which takes commands in core words. */
export interface Speaker {
  speaks(operation: OperationName): boolean;
  plan<O extends OperationName>(operation: O, command: Speakable<O>): Plan;
  /**
   * Carries a command out, call by call, and stops at the first that fails. Rejects when there is no answer, when an
   * answer has not the wire's shape, and with `UnspeakableError` when no call can say any of the command.
   */
  perform<O extends OperationName>(operation: O, command: Speakable<O>): Promise<Outcome<O>>;
  /** Sends one call as it is and resolves with whatever comes back. */
  send(call: PlannedCall): Promise<HeardResponse>;
  /** The same client with another access token. */
  as(credential: string): Speaker;
}

/** The wire has no words for a command. */
export class UnspeakableError extends Error {
  constructor(operation: OperationName, unsaid: readonly string[]) {
    super(`this wire cannot say ${operation} of ${unsaid.join(', ')}`);
    this.name = 'UnspeakableError';
  }
}

/** An answer that no server of this wire gives. */
export class ForeignAnswerError extends Error {
  readonly status: number;
  /** It may hold secrets, and is no part of the message. */
  readonly body: unknown;

  constructor({ route }: PlannedCall, { status, body }: HeardResponse) {
    super(`${route.method} ${route.path} answered ${status}, and what is not of this wire:`);
    this.name = 'ForeignAnswerError';
    this.status = status;
    this.body = body;
  }
}

/** Only what is JSON is read as JSON; an empty body is undefined, any other its text. */
async function hearResponse(response: Response): Promise<HeardResponse> {
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  const isJson = /^application\/json\b/.test(headers['content-type'] ?? '');
  const body = text === '' ? undefined : isJson ? (JSON.parse(text) as unknown) : text;
  return { status: response.status, headers, body };
}

function payloadOf({ body, file }: SentRequest): string | FormData | undefined {
  if (file === undefined) return body;
  const form = new FormData();
  form.append(file.field, new Blob([new Uint8Array(file.bytes)]), 'file');
  return form;
}

/** A client made of a dialect's own declaration: `say` builds its requests and `hear` reads the answers. */
export function createSpeaker(options: SpeakerOptions): Speaker {
  const { declaration, contract, baseUrl, credential } = options;

  async function send(call: PlannedCall): Promise<HeardResponse> {
    const sent = requestOf(call, declaration, credential);
    const body = payloadOf(sent);
    const response = await fetch(`${baseUrl}${sent.target}`, {
      method: sent.method,
      headers: sent.headers,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    return hearResponse(response);
  }

  async function perform<O extends OperationName>(operation: O, command: Speakable<O>): Promise<Outcome<O>> {
    const { calls, unsaid } = planCalls(declaration, operation, command);
    let outcome: Outcome<O> | undefined;
    for (const call of calls) {
      const response = await send(call);
      const { status, body } = response;
      const verdict = contract.judge(status, body);
      if (verdict === 'foreign') throw new ForeignAnswerError(call, response);
      if (verdict === 'failure') return { ok: false, status, body, unsaid };
      outcome = { ok: true, heard: (call.hear?.(response) ?? {}) as Heard<O>, response, unsaid };
    }
    if (outcome === undefined) throw new UnspeakableError(operation, unsaid);
    return outcome;
  }

  return {
    speaks: (operation) => speaks(declaration, operation),
    plan: (operation, command) => planCalls(declaration, operation, command),
    perform,
    send,
    as: (token) => createSpeaker({ ...options, credential: token }),
  };
}
