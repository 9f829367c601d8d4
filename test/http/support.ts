import { createSecretKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign } from 'jsonwebtoken';
import { pino } from 'pino';
import type { CallContext, Core, OperationName, TokenFormat, UserCaller } from '../../src/core';
import type { Declaration, ErrorTable, WireProblem, WireResponse } from '../../src/dialect';
import { decodeJson, findCookie, findHeader } from '../../src/dialect';
import { closeGracefully, createGatewayServer, type GatewayOptions } from '../../src/http';

/** What the fake core was asked. */
export interface Asked {
  operation: OperationName;
  command: unknown;
  context: CallContext;
}

export const noon = new Date('2030-01-01T12:00:00.000Z');
export const secret: KeyObject = createSecretKey(Buffer.from('a secret of the made-up dialect'));

export const caller: UserCaller = {
  kind: 'user',
  user: {
    id: 1000,
    username: 'ada',
    nickname: '',
    realName: '',
    firstName: '',
    lastName: '',
    bio: '',
    gender: null,
    birthday: null,
    email: null,
    phone: null,
    avatar: '',
    locale: '',
    emailVerifiedAt: null,
    phoneVerifiedAt: null,
    status: 'active',
    role: 'user',
    kind: 'person',
    hasPassword: true,
    passwordUpdatedAt: null,
    createdAt: noon,
    updatedAt: noon,
    lastSignInAt: null,
  },
  session: {
    id: 's-1',
    userId: 1000,
    dialect: 'made',
    createdAt: noon,
    expiresAt: new Date(noon.getTime() + 30 * 24 * 3600 * 1000),
    deviceId: null,
    clientId: null,
  },
  extension: null,
};

/** A problem in the words of the made-up wire: everything that is known about it. */
export function word(problem: WireProblem): WireResponse {
  return { status: problem.code === 'unexpected' ? 500 : 400, body: { ...problem } };
}

export const errors: ErrorTable = {
  invalid_field: word,
  contact_required: word,
  identifier_taken: word,
  invalid_credentials: word,
  wrong_password: word,
  user_blocked: word,
  user_pending: word,
  access_token_rejected: word,
  refresh_token_rejected: word,
  permission_denied: word,
  user_not_found: word,
  verification_code_rejected: word,
  contact_unverified: word,
  proof_rejected: word,
  sudo_rejected: word,
  captcha_required: word,
  captcha_rejected: word,
  client_rejected: word,
  api_key_rejected: word,
  device_required: word,
  record_not_found: word,
  link_not_allowed: word,
  contact_held: word,
  too_many_requests: word,
  delivery_failed: word,
  avatar_rejected: word,
  storage_failed: word,
  invalid_member: word,
  malformed_body: word,
  malformed_upload: word,
  body_too_large: word,
  no_such_route: word,
  not_served: word,
  unexpected: word,
};

export const jwtFormat: TokenFormat = {
  kind: 'jwt',
  alg: 'HS256',
  claims: (subject) => ({
    ...('session' in subject ? { sid: subject.session.id, uid: subject.session.userId } : subject.client),
    t: subject.expiresAt.getTime() / 1000,
  }),
  parse: ({ sid, uid, t }) =>
    typeof sid === 'string' && typeof uid === 'number' && typeof t === 'number'
      ? { sessionId: sid, userId: uid, expiresAt: new Date(t * 1000) }
      : undefined,
};

/** A token that ends so many seconds after noon. */
export function token(
  secondsAfterNoon = 3600,
  key: KeyObject = secret,
  algorithm: 'HS256' | 'HS512' = 'HS256',
): string {
  const claims = { sid: 's-1', uid: 1000, t: noon.getTime() / 1000 + secondsAfterNoon };
  return sign(claims, key, { algorithm, noTimestamp: true });
}

/** The smallest declaration that serves; tests spread what they are about over it. */
export function declare(parts: Partial<Declaration> = {}): Declaration {
  return {
    mounts: ['/made/v1'],
    limits: { jsonBytes: 1000, uploadBytes: 100_000 },
    accessToken: {
      format: jwtFormat,
      find: (request) => findHeader(request, 'token') ?? findCookie(request, 'token'),
      attach: (token) => ({ token }),
    },
    sessions: { accessTokenSeconds: 3600, sessionSeconds: 7200, single: false, clearsRecords: [] },
    routes: [
      {
        method: 'get',
        path: '/made/v1/me',
        operation: 'getProfile',
        access: 'session',
        read: (_request, by) => ({ caller: by }),
        write: ({ user }) => ({ status: 200, body: { id: user.id, name: '名' } }),
      },
      {
        method: 'post',
        path: '/made/v1/me',
        operation: 'updateProfile',
        access: 'session',
        read: (request, by) => ({ caller: by, changes: request.body as object }),
        write: () => ({ status: 200, body: { saved: true } }),
      },
    ],
    errors,
    decode: decodeJson,
    ...parts,
  };
}

export interface Gateway {
  origin: string;
  port: number;
  server: Server;
  asked: Asked[];
  /** Every line of the log so far, parsed. */
  lines(): Record<string, unknown>[];
  logText(): string;
  /** Where `/uploads` is served from; removed at the end. */
  uploadsFolder: string;
  setNow(now: Date): void;
  /** What the next calls of an operation do instead of answering. */
  override(operation: OperationName, run: (command: never, context: CallContext) => unknown): void;
}

const results: Partial<Record<OperationName, unknown>> = {
  authenticate: caller,
  getProfile: { user: caller.user, extension: null },
  updateProfile: { user: caller.user, extension: null },
  renewSession: {
    session: caller.session,
    accessToken: 'fresh',
    accessTokenExpiresAt: noon,
    refreshToken: null,
  },
  signOut: {},
  replaceAvatar: { avatar: 'uploads/user/1000.png' },
};

const running: Gateway[] = [];

/**
 * The host alone, over a core that is made up. Nothing holds its answers to a description: the made-up wires have none, and
 * no real wire is served here.
 */
export async function startGateway(
  declaration: Declaration | GatewayOptions['dialects'],
  parts: Partial<GatewayOptions> = {},
): Promise<Gateway> {
  const asked: Asked[] = [];
  const overrides = new Map<OperationName, (command: never, context: CallContext) => unknown>();
  const core = new Proxy({} as Core, {
    get: (_target, operation: OperationName) => async (command: never, context: CallContext) => {
      asked.push({ operation, command, context });
      return overrides.has(operation) ? overrides.get(operation)?.(command, context) : results[operation];
    },
  });
  let now = noon;
  let text = '';
  const uploadsFolder = mkdtempSync(join(tmpdir(), 'idiom-uploads-'));
  const server = createGatewayServer({
    core,
    dialects: 'mounts' in declaration ? [{ name: 'made', declaration }] : declaration,
    keys: { candidates: () => Promise.resolve([secret]), version: () => 1 },
    clock: () => now,
    log: pino({ level: 'trace' }, { write: (line: string) => (text += line) }),
    uploadsFolder,
    trustProxy: 0,
    ready: () => Promise.resolve(true),
    ...parts,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const gateway: Gateway = {
    origin: `http://127.0.0.1:${port}`,
    port,
    server,
    asked,
    logText: () => text,
    lines: () =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    uploadsFolder,
    setNow: (next) => {
      now = next;
    },
    override: (operation, run) => overrides.set(operation, run),
  };
  running.push(gateway);
  return gateway;
}

/** For `afterEach`. */
export async function stopGateways(): Promise<void> {
  for (const { server, uploadsFolder } of running.splice(0)) {
    await closeGracefully(server, 100);
    rmSync(uploadsFolder, { recursive: true, force: true });
  }
}

/** Sends bytes as they are and gives all that comes back before the server ends the connection, or `enough` says so. */
export function sendRaw(
  port: number,
  pieces: readonly (string | Buffer)[],
  enough: (received: string) => boolean = () => false,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (enough(received)) socket.destroy();
    });
    socket.on('close', () => {
      resolve(received);
    });
    socket.on('error', reject);
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no end came, only: ${received}`)));
  });
}

/** A GET with exactly these headers: `fetch` adds `Cache-Control: no-cache` to a condition. */
export function getRaw(
  port: number,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<string> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return sendRaw(port, [
    `${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines.join('')}\r\n`,
  ]);
}

/** Sends the beginning of a request; the connection stays until it is destroyed. */
export function openRaw(port: number, text: string): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  socket.on('error', () => undefined);
  socket.resume();
  return socket;
}
