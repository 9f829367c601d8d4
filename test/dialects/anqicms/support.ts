import type { User, UserCaller } from '../../../src/core';
import type { Declaration, Meta, Site, WireRequest } from '../../../src/dialect';
import anqicms from '../../../dialects/anqicms';
import { createSite, settings, type AnqicmsSite } from '../../../dialects/anqicms/site';

const site: Site = {
  publicUrl: 'https://id.example.com',
  phoneRegion: 'CN',
  corsOrigins: ['https://app.example.com'],
};

/** The site as the dialect sees it, with this environment. */
export function siteWith(environment: Record<string, string> = {}): AnqicmsSite {
  const { error, value } = settings.validate(environment);
  if (error !== undefined) throw error;
  return createSite(site, value);
}

export const own = siteWith();

/** The dialect as the host sees it, with this environment. */
export function declare(settings: Record<string, string> = {}, overrides: Partial<Site> = {}): Declaration {
  const { error, value } = anqicms.settings.validate(settings);
  if (error !== undefined) throw error;
  return anqicms.declare({ ...site, ...overrides }, value as Record<string, unknown>);
}

export function request(
  parts: Partial<Omit<WireRequest, 'body' | 'query'>> & { json?: unknown; raw?: string; search?: string },
): WireRequest {
  const { json, raw, search = '', ...rest } = parts;
  const text = raw ?? (json === undefined ? '' : JSON.stringify(json));
  return {
    method: 'POST',
    path: '/api/user/detail',
    params: {},
    headers: {},
    ...rest,
    query: new URLSearchParams(search),
    body: Buffer.from(text, 'utf8'),
  };
}

const now = new Date('2026-11-23T04:05:06.789Z');

export function meta(of: WireRequest): Meta {
  return { requestId: 'r-1', now, operation: null, request: of };
}

export function person(overrides: Partial<User> = {}): User {
  return {
    id: 1000,
    username: 'zhangsan',
    nickname: 'Zed',
    realName: '张三',
    firstName: '',
    lastName: '',
    bio: '',
    gender: 'male',
    birthday: null,
    email: 'zhang.san@example.com',
    phone: '+8613800138000',
    avatar: '',
    locale: '',
    emailVerifiedAt: null,
    phoneVerifiedAt: null,
    status: 'active',
    role: 'user',
    kind: 'person',
    hasPassword: true,
    passwordUpdatedAt: null,
    createdAt: new Date('2022-11-21T06:27:42.500Z'),
    updatedAt: new Date('2023-03-23T01:59:16Z'),
    lastSignInAt: null,
    ...overrides,
  };
}

export function callerOf(user: User): UserCaller {
  return {
    kind: 'user',
    user,
    session: {
      id: '00000000-0000-4000-8000-000000000001',
      userId: user.id,
      dialect: 'anqicms',
      createdAt: now,
      expiresAt: now,
      deviceId: null,
      clientId: null,
    },
    extension: null,
  };
}
