import type { User, UserCaller } from '../../../src/core';
import {
  actionsOf,
  type Action,
  type Declaration,
  type Meta,
  RequestError,
  type Site,
  type WireProblem,
  type WireRequest,
} from '../../../src/dialect';
import cloudbase from '../../../dialects/cloudbase';

export const site: Site = {
  publicUrl: 'https://id.example',
  phoneRegion: 'CN',
  corsOrigins: ['https://app.example'],
};

export const declaration: Declaration = cloudbase.declare(site, { CLOUDBASE_ENV: 'demo-env-1' });

export function requestOf(parts: Partial<Omit<WireRequest, 'query'>> & { query?: string }): WireRequest {
  const { query, ...others } = parts;
  return {
    method: 'POST',
    path: '/auth/v1/user/basic/edit',
    params: {},
    headers: {},
    body: undefined,
    ...others,
    query: new URLSearchParams(query),
  };
}

const then = new Date('2026-01-02T03:04:05.678Z');

export function userOf(parts: Partial<User> = {}): User {
  return {
    id: 1000,
    username: null,
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
    hasPassword: false,
    passwordUpdatedAt: null,
    createdAt: then,
    updatedAt: then,
    lastSignInAt: null,
    ...parts,
  };
}

export function callerOf(parts: Partial<User> = {}): UserCaller {
  const user = userOf(parts);
  const session = {
    id: '0b5f1a34-6a63-4b5e-9c0a-3f3f0c1d2e4f',
    userId: user.id,
    dialect: 'cloudbase',
    createdAt: then,
    expiresAt: new Date('2026-02-02T03:04:05.678Z'),
    deviceId: null,
    clientId: null,
  };
  return { kind: 'user', user, session, extension: null };
}

export function metaOf(now: Date = then): Meta {
  return { requestId: 'r', now, operation: null, request: requestOf({}) };
}

/** The actions of one address, typed by the operation that the test expects there. */
export function actionOf<O extends Action['operation']>(
  path: string,
  operation: O,
): Extract<Action, { operation: O }> {
  const found = declaration.routes
    .filter((route) => route.path === path)
    .flatMap(actionsOf)
    .find((action) => action.operation === operation);
  if (found === undefined) throw new Error(`${path} has no ${operation}`);
  return found as Extract<Action, { operation: O }>;
}

/** What `run` is refused with. */
export function refusalOf(run: () => unknown): WireProblem {
  try {
    run();
  } catch (error) {
    if (error instanceof RequestError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}
