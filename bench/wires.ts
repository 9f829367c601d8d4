import { deepStrictEqual, strictEqual } from 'node:assert';

export const works = ['read', 'update'] as const;
/** What is measured: reading one's profile, or updating it. */
export type Work = (typeof works)[number];

/** One dialect as a client of the bench speaks it. */
export interface Wire {
  name: string;
  /** The header line that carries a token. */
  credential(token: string): string;
  read: { method: 'GET'; path: string };
  update: {
    method: 'POST' | 'PUT';
    path: string;
    contentType: string;
    /** A body that changes one text of the profile to `text`. */
    body(text: string): string;
  };
  /** Throws when the answer's body is not that of this user. */
  checkRead(body: unknown, userId: number): void;
  /** The body of every successful update. */
  updated: unknown;
}

/** A member of an answer that is still to be looked at. */
function member(value: unknown, name: string): unknown {
  return (value as Record<string, unknown>)[name];
}

export const wires: readonly Wire[] = [
  {
    name: 'anqicms',
    credential: (token) => `token: ${token}`,
    read: { method: 'GET', path: '/api/user/detail' },
    update: {
      method: 'POST',
      path: '/api/user/detail',
      contentType: 'application/json',
      body: (text) => `{"real_name":"${text}"}`,
    },
    checkRead: (body, userId) => {
      strictEqual(member(body, 'code'), 0);
      strictEqual(member(member(body, 'data'), 'id'), userId);
    },
    updated: { code: 0, msg: '保存成功' },
  },
  {
    name: 'cloudbase',
    credential: (token) => `authorization: Bearer ${token}`,
    read: { method: 'GET', path: '/auth/v1/user/me' },
    update: {
      method: 'POST',
      path: '/auth/v1/user/basic/edit',
      contentType: 'text/plain;charset=UTF-8',
      body: (text) => `{"nickname":"${text}"}`,
    },
    checkRead: (body, userId) => {
      strictEqual(member(body, 'sub'), String(userId));
    },
    updated: {},
  },
  {
    name: 'lancens',
    credential: (token) => `token: ${token}`,
    read: { method: 'GET', path: '/v1/api/user' },
    update: {
      method: 'PUT',
      path: '/v1/api/user',
      contentType: 'application/json',
      body: (text) => `{"realm":"${text}"}`,
    },
    checkRead: (body, userId) => {
      strictEqual(member(body, 'id'), userId);
    },
    updated: { message: 'success' },
  },
];

export function wireOf(name: string): Wire {
  const wire = wires.find((candidate) => candidate.name === name);
  if (wire === undefined) throw new Error(`the bench does not speak ${name}`);
  return wire;
}

/** Throws when a body is not the answer to this work for this user. */
export function checkAnswer(wire: Wire, work: Work, body: string, userId: number): void {
  const heard = JSON.parse(body) as unknown;
  if (work === 'read') wire.checkRead(heard, userId);
  else deepStrictEqual(heard, wire.updated);
}
