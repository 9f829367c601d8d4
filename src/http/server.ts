import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Clock, Core } from '../core';
import { elapsed, logAccess } from './access-log';
import { createAddressFinder, type FindAddress, type TrustProxy } from './address';
import { createApplication, ownPaths } from './app';
import { createAuthenticator } from './authenticate';
import { createDialectHost } from './dialect-host';
import { compileRegistry, type NamedDeclaration } from '../dialect';
import type { DocumentedDialect } from './docs-page';
import type { VerificationKeys } from './verify-token';
import { requestIdOf, splitTarget, type Target } from './wire-request';

export interface GatewayOptions {
  core: Core;
  dialects: readonly NamedDeclaration[];
  keys: VerificationKeys;
  clock: Clock;
  log: Logger;
  /** What is served under `/uploads`. */
  uploadsFolder: string;
  trustProxy: TrustProxy;
  /** What is served under `/.test-door`; absent: nothing. */
  testDoor?: (findAddress: FindAddress) => RequestHandler;
  /** Whether the gateway can do its work now. */
  ready: () => Promise<boolean>;
  /** What `/docs` shows. Absent: there is no such page. */
  docs?: readonly DocumentedDialect[];
}

/** Milliseconds. A large image over a slow line takes its time; a client that sends nothing has had enough after these. */
const timeouts = { headersTimeout: 20_000, requestTimeout: 120_000, keepAliveTimeout: 65_000 };

/**
 * The server of all the dialects, not yet listening. A dialect's requests are answered in front of Express; it gets
 * everything else. Throws at start when two dialects meet (see `compileRegistry`) or `trustProxy` holds no address.
 */
export function createGatewayServer(options: GatewayOptions): Server {
  const { core, keys, clock, log } = options;
  const findAddress = createAddressFinder(options.trustProxy);
  const served = options.dialects.map(({ name, declaration }) => ({
    name,
    declaration,
    authenticate: createAuthenticator(core, { name, declaration }, keys, clock),
  }));
  const registry = compileRegistry(served, ownPaths);
  const { testDoor, ...rest } = options;
  const application = createApplication({
    ...rest,
    ...(testDoor !== undefined && { testDoor: testDoor(findAddress) }),
  });
  const server = createServer(timeouts);
  const serveDialect = createDialectHost({
    core,
    clock,
    log,
    findAddress,
    isStopping: () => !server.listening,
  });

  function serveApplication(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    requestId: string,
    target: Target,
  ): void {
    const startedAt = performance.now();
    const address = findAddress(incoming);
    outgoing.once('close', () => {
      logAccess(log, {
        requestId,
        dialect: null,
        route: null,
        method: incoming.method ?? '',
        path: target.path,
        status: outgoing.headersSent ? outgoing.statusCode : 499,
        ms: elapsed(startedAt),
        userId: undefined,
        clientId: undefined,
        address,
        problem: undefined,
      });
    });
    outgoing.setHeader('X-Request-Id', requestId);
    // It is given the very target that was looked at: one that it cannot read itself it would answer with a page of its own.
    incoming.url = target.query === '' ? target.path : `${target.path}?${target.query}`;
    application(incoming, outgoing);
  }

  function handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const startedAt = performance.now();
    const requestId = requestIdOf(incoming);
    const target = splitTarget(incoming.url ?? '/');
    const match = registry.find(incoming.method ?? 'GET', target.path);
    if (match === undefined) serveApplication(incoming, outgoing, requestId, target);
    else void serveDialect({ incoming, outgoing, match, target, requestId, startedAt });
  }

  server.on('request', handle);
  // An expectation that we do not know is ignored, because node would answer it in no dialect's shape.
  server.on('checkExpectation', handle);
  return server;
}
