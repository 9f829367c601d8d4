import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Clock, Core } from '../core';
import {
  bodyOf,
  chooseStep,
  refuse,
  type Access,
  type Match,
  type ServedRoute,
  type WireResponse,
} from '../dialect';
import { elapsed, logAccess } from './access-log';
import type { FindAddress } from './address';
import { prepareAnswer, sendAnswer, type Answer } from './answer';
import { readBody } from './body';
import { contextOf, metaOf, renderProblem, startCall, type Call, type ServedDialect } from './call';
import { perform } from './perform';
import { ClientGone, problemOf, reportFailure } from './problems';
import { renewToken } from './renew';
import { constantSecurityHeaders } from './security-headers';
import { createUploadReader } from './upload';
import { toWireRequest, type Target } from './wire-request';

export interface DialectHostOptions {
  core: Core;
  clock: Clock;
  log: Logger;
  findAddress: FindAddress;
  /** Whether the server takes no new connections any more, so that kept ones must end. */
  isStopping: () => boolean;
}

/** A request that a dialect owns. */
export interface Arrival {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  match: Match<ServedDialect>;
  target: Target;
  requestId: string;
  /** Of `performance.now()`. */
  startedAt: number;
}

type Headers = Readonly<Record<string, string>>;

/** Milliseconds for which it is believed who calls while the body is still on its way. */
const believedMs = 1_000;

/** The status under which the log files a request whose client hung up. */
const clientClosedRequest = 499;

/** What is sent when even a dialect's words for its own failure fail. */
function lastResort(requestId: string): Answer {
  return {
    status: 500,
    headers: [
      'Content-Type',
      'application/json; charset=utf-8',
      'X-Request-Id',
      requestId,
      'Content-Length',
      '2',
    ],
    payload: '{}',
  };
}

/**
 * The way of every request of every wire: early answer, route, authentication, body, command, core, answer, one line in
 * the log. Whatever is thrown on it is answered as a problem in the dialect's own words. Never rejects.
 */
export function createDialectHost(options: DialectHostOptions): (arrival: Arrival) => Promise<void> {
  const { core, clock, log, findAddress } = options;
  const constants = constantSecurityHeaders();
  const readUpload = createUploadReader();

  async function authenticate(call: Call, { route }: ServedRoute, access: Access): Promise<void> {
    if (access === 'public') return;
    const context = contextOf(call);
    call.context = context;
    // What an earlier look has found counts for nothing when this one fails.
    call.caller = undefined;
    call.tokenExpiresAt = null;
    const { dialect } = call.match;
    const { caller, expiresAt } = await dialect.authenticate(call.request, route, access, context, call.now);
    call.caller = caller;
    call.tokenExpiresAt = expiresAt;
  }

  async function takeBody({ incoming, match, request }: Call, { route }: ServedRoute): Promise<void> {
    const { declaration } = match.dialect;
    if (route.upload !== undefined) {
      request.file = await readUpload(incoming, route.upload.field, declaration.limits.uploadBytes ?? 0);
      return;
    }
    const raw = readBody(incoming, declaration.limits.jsonBytes);
    request.body = bodyOf(declaration, route, raw instanceof Promise ? await raw : raw, request.headers);
  }

  async function answer(call: Call): Promise<WireResponse> {
    const early = call.match.dialect.declaration.early?.(call.request);
    if (early !== undefined) return early;
    const served = call.match.route ?? refuse({ code: 'no_such_route' });

    // A body is not read for somebody who may not send it, unless it has to say who that is.
    const authenticatesFirst = served.access !== undefined && served.route.findToken === undefined;
    if (served.access !== undefined && authenticatesFirst) await authenticate(call, served, served.access);
    const authenticatedAt = performance.now();
    await takeBody(call, served);
    // Somebody who is signed out or blocked must not act on with a request whose body was held back for that.
    const isLate = performance.now() - authenticatedAt > believedMs;
    if (isLate && served.access !== undefined && authenticatesFirst) {
      await authenticate(call, served, served.access);
    }
    const step = chooseStep(served, call.request);
    if (!('answer' in step)) call.action = step;
    if (!authenticatesFirst) await authenticate(call, served, step.access);
    if ('answer' in step) return step.answer(call.request);

    const { request, caller } = call;
    // A body may name the client application or the device.
    const context = call.context === undefined || request.body !== undefined ? contextOf(call) : call.context;
    call.context = context;
    return perform(core, step, { request, caller, context, meta: metaOf(call) });
  }

  /** The status that was sent. */
  function deliver(
    call: Call,
    outgoing: ServerResponse,
    respond: () => WireResponse,
    announcement?: Headers,
  ): number {
    const { incoming, requestId, request, now } = call;
    const { declaration } = call.match.dialect;
    for (const attempt of [respond, () => renderProblem(call, { code: 'unexpected' })]) {
      try {
        const context = { declaration, request, requestId, now, announcement, constants };
        const prepared = prepareAnswer(attempt(), context);
        sendAnswer(incoming, outgoing, prepared, options.isStopping());
        return prepared.status;
      } catch (error) {
        reportFailure(log, requestId, error);
      }
    }
    call.problem = 'unexpected';
    sendAnswer(incoming, outgoing, lastResort(requestId), options.isStopping());
    return 500;
  }

  function writeLine(call: Call, status: number): void {
    const { match, request, requestId, caller, address, problem } = call;
    logAccess(log, {
      requestId,
      dialect: match.dialect.name,
      route: match.route?.route.path ?? null,
      method: request.method,
      path: request.path,
      status,
      ms: elapsed(call.startedAt),
      userId: caller?.kind === 'user' ? caller.user.id : undefined,
      clientId: caller?.kind === 'client' ? caller.clientId : undefined,
      address,
      problem,
    });
  }

  return async ({ incoming, outgoing, match, target, requestId, startedAt }) => {
    const request = toWireRequest(incoming, target, match.params);
    const call = startCall(incoming, match, request, { requestId, startedAt, now: clock(), findAddress });
    let respond: () => WireResponse;
    try {
      const response = await answer(call);
      respond = () => response;
    } catch (thrown) {
      if (thrown instanceof ClientGone) {
        writeLine(call, clientClosedRequest);
        return;
      }
      reportFailure(log, requestId, thrown);
      respond = () => renderProblem(call, problemOf(thrown));
    }
    const announcement = call.tokenExpiresAt === null ? undefined : await renewToken(core, log, call);
    writeLine(call, deliver(call, outgoing, respond, announcement));
  };
}
