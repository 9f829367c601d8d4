import type { IncomingHttpHeaders } from 'node:http';
import type { UserCaller } from '../../../src/core';
import {
  actionsOf,
  RequestError,
  type Route,
  type WireProblem,
  type WireRequest,
} from '../../../src/dialect';
import { CoreError } from '../../../src/core';
import lancens from '../../../dialects/lancens';

const site = { publicUrl: 'https://id.example.com', phoneRegion: 'CN', corsOrigins: [] };

export const declared = lancens.declare(site, { LANCENS_AUTH_STATUS: 400 });
export const declaredWith401 = lancens.declare(site, { LANCENS_AUTH_STATUS: 401 });

export function wireRequest(body: unknown, more: Partial<WireRequest> = {}): WireRequest {
  return { method: 'PUT', path: '/', params: {}, query: new URLSearchParams(), headers: {}, body, ...more };
}

const day = new Date('2026-01-02T03:04:05.678Z');

export function callerWith(profile: Partial<UserCaller['user']> = {}): UserCaller {
  const user: UserCaller['user'] = {
    id: 1000,
    username: 'someone',
    nickname: 'Nick',
    realName: '',
    firstName: '',
    lastName: '',
    bio: '',
    gender: null,
    birthday: null,
    email: 'someone@example.com',
    phone: '+8613800138000',
    avatar: '',
    locale: '',
    emailVerifiedAt: null,
    phoneVerifiedAt: null,
    status: 'active',
    role: 'user',
    kind: 'person',
    hasPassword: true,
    passwordUpdatedAt: day,
    createdAt: day,
    updatedAt: day,
    lastSignInAt: day,
    ...profile,
  };
  const session = {
    id: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
    userId: user.id,
    dialect: 'lancens',
    createdAt: day,
    expiresAt: day,
    deviceId: null,
    clientId: null,
  };
  return { kind: 'user', user, session, extension: null };
}

export const meta = { requestId: 'r', now: day, operation: null, request: wireRequest(undefined) };

/** The one action at an address, as a record of functions that take anything: what crosses here comes from a wire. */
export interface LooseAction {
  operation: string;
  access: string;
  findToken?(request: WireRequest): string | undefined;
  read(request: WireRequest, caller?: UserCaller): Record<string, unknown>;
  write(result: unknown, meta: unknown): { status: number; body: unknown };
  say(command: unknown): { body?: unknown } | null;
  hear(response: unknown): unknown;
}

export function actionAt(method: Route['method'], path: string): LooseAction {
  const found = declared.routes.find((route) => route.method === method && route.path === path);
  const action = found === undefined ? undefined : actionsOf(found)[0];
  if (action === undefined) throw new Error(`no route ${method} ${path}`);
  return action as unknown as LooseAction;
}

/** The problem that `act` refuses with. */
function problemOf(act: () => unknown): WireProblem {
  try {
    act();
  } catch (error) {
    if (error instanceof RequestError || error instanceof CoreError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** What the dialect answers to a problem. */
export function answerTo(problem: WireProblem, { errors } = declared): { status: number; body: unknown } {
  const render = errors[problem.code] as (problem: WireProblem, about: typeof meta) => never;
  return render(problem, meta);
}

/** The `message` with which `act` is refused. */
export function messageOf(act: () => unknown): string {
  return (answerTo(problemOf(act)).body as { message: string }).message;
}

export const decode = (text: string | Buffer, headers: IncomingHttpHeaders): unknown =>
  declared.decode(Buffer.from(text as string), headers);
