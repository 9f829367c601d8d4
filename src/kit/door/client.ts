import type { JsonObject } from '../../core';
import { describeSilence } from '../perform';

/** What an open door tells of its gateway. */
export interface DoorFacts {
  name: string;
  version: string;
  dialects: readonly string[];
  publicUrl: string;
  phoneRegion: string;
  /** The variables of the dialects, as the environment has them. */
  variables: Readonly<Record<string, string>>;
}

/** Times and rights, and what dialects keep. Times are ISO 8601. */
export interface DoorCircumstances {
  role?: 'user' | 'admin';
  status?: 'active' | 'pending' | 'blocked';
  createdAt?: string;
  updatedAt?: string;
  lastSignInAt?: string;
  extensions?: Readonly<Record<string, JsonObject>>;
  records?: readonly { dialect: string; kind: string; data: JsonObject }[];
}

export interface DoorUser {
  username?: string;
  password?: string;
  email?: string;
  /** E.164. */
  phone?: string;
  nickname?: string;
  realName?: string;
  bio?: string;
  avatar?: string;
  emailVerified?: boolean;
}

/** The test door of a gateway, as its client sees it. Each call rejects with `DoorRefusal`. */
export interface Door {
  facts: DoorFacts;
  stageUser(user: DoorUser): Promise<{ id: number }>;
  adjustUser(id: number, circumstances: DoorCircumstances): Promise<void>;
  /** `identifier`: an id, user name, e-mail address or phone number; one that names nobody is no failure. */
  eraseUser(identifier: string): Promise<void>;
  /** Drops codes, proofs and counted attempts. */
  forget(targets: readonly string[]): Promise<void>;
  /** The last code that was sent there. */
  lastCode(to: string): Promise<string>;
  prove(
    email: string,
    use: 'prove' | 'verify_email' | 'recover',
  ): Promise<{ proofToken: string; code: string }>;
  setCaptchaText(captchaId: string, text: string): Promise<void>;
  createClient(): Promise<{ clientId: string; secret: string }>;
  eraseClient(clientId: string): Promise<void>;
  createApiKey(dialect: string): Promise<{ id: string }>;
  eraseApiKey(id: string): Promise<void>;
  advanceClock(seconds: number): Promise<void>;
  resetClock(): Promise<void>;
}

/** `code` is the door's word for what is wrong. */
export class DoorRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, call: string, detail: string) {
    super(`the test door refused ${call.trim()} with ${status} ${code}${detail}`);
    this.name = 'DoorRefusal';
    this.status = status;
    this.code = code;
  }
}

/** There is no answer from the target at all. */
export class UnreachableTarget extends Error {
  constructor(baseUrl: string, reason: string) {
    super(`${baseUrl} cannot be reached: ${reason}`);
    this.name = 'UnreachableTarget';
  }
}

export interface DoorOptions {
  /** Without a trailing slash. */
  baseUrl: string;
  token: string;
  timeoutMs: number;
}

interface Problem {
  code?: string;
  where?: string;
  message?: string;
  field?: string;
  rule?: string;
  identifier?: string;
}

function refusal(call: string, status: number, body: unknown): DoorRefusal {
  const problem = (body as { problem?: Problem } | null)?.problem ?? {};
  const { code = 'no_door', where, message, field, rule, identifier } = problem;
  const words = [where, message, field, rule, identifier].filter((word) => word !== undefined);
  return new DoorRefusal(status, code, call, words.length === 0 ? '' : `: ${words.join(' ')}`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Opens the door of a target. Rejects with `DoorRefusal` where none is open or the token is wrong. */
export async function connectDoor({ baseUrl, token, timeoutMs }: DoorOptions): Promise<Door> {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${baseUrl}/.test-door/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new UnreachableTarget(baseUrl, describeSilence(error, timeoutMs));
    });
    const answer = readJson(await response.text());
    if (!response.ok) throw refusal(`${method} ${path}`, response.status, answer);
    return answer;
  }

  /** The token opens users and codes, so that nobody is shown it who does not say to have a door. */
  async function knock(): Promise<void> {
    const response = await fetch(`${baseUrl}/.test-door/v1`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => {
      throw new UnreachableTarget(baseUrl, describeSilence(error, timeoutMs));
    });
    const { problem } = (readJson(await response.text()) ?? {}) as { problem?: Problem };
    if (response.status !== 401 || problem?.code !== 'unauthorized')
      throw new DoorRefusal(response.status, 'no_door', 'GET', ': there is no test door');
  }

  const part = encodeURIComponent;
  await knock();
  const facts = (await call('GET', '')) as DoorFacts | null;
  if (facts?.name !== 'idiom') throw new DoorRefusal(200, 'no_door', 'GET', ': it is not a test door');
  return {
    facts,
    stageUser: async (user) => (await call('POST', '/users', user)) as { id: number },
    adjustUser: async (id, circumstances) => {
      await call('PATCH', `/users/${id}`, circumstances);
    },
    eraseUser: async (identifier) => {
      await call('DELETE', `/users/${part(identifier)}`);
    },
    forget: async (targets) => {
      await call('POST', '/forget', { targets });
    },
    lastCode: async (to) => ((await call('GET', `/codes?to=${part(to)}`)) as { code: string }).code,
    prove: async (email, use) =>
      (await call('POST', '/proofs', { email, use })) as { proofToken: string; code: string },
    setCaptchaText: async (captchaId, text) => {
      await call('PUT', `/captchas/${part(captchaId)}`, { text });
    },
    createClient: async () => (await call('POST', '/clients')) as { clientId: string; secret: string },
    eraseClient: async (clientId) => {
      await call('DELETE', `/clients/${part(clientId)}`);
    },
    createApiKey: async (dialect) => (await call('POST', '/api-keys', { dialect })) as { id: string },
    eraseApiKey: async (id) => {
      await call('DELETE', `/api-keys/${part(id)}`);
    },
    advanceClock: async (advanceSeconds) => {
      await call('POST', '/clock', { advanceSeconds });
    },
    resetClock: async () => {
      await call('DELETE', '/clock');
    },
  };
}
