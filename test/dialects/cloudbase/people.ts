import { randomBytes } from 'node:crypto';
import type { RegisterUser, User } from '../../../src/core';
import type { startGateway } from '../../support/gateway';

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

interface Answer {
  status: number;
  body: unknown;
}

interface Call {
  /** Sent as `Authorization: Bearer`, or not at all. */
  token?: string;
  headers?: Readonly<Record<string, string>>;
  /** A string or bytes are sent as they stand, anything else as JSON; `fetch` calls strings `text/plain`. */
  body?: unknown;
}

/** One request as an SDK sends it: a JSON text that is not called JSON. */
export function send(
  { url }: Pick<Gateway, 'url'>,
  method: string,
  target: string,
  call: Call,
): Promise<Response> {
  const { token, headers, body } = call;
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  return fetch(new URL(target, url), {
    method,
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
  });
}

/** The status and the whole body of the answer to one call. */
export async function answerTo(
  gateway: Gateway,
  method: string,
  target: string,
  call: Call = {},
): Promise<Answer> {
  const response = await send(gateway, method, target, call);
  return { status: response.status, body: await response.json() };
}

export const post = (gateway: Gateway, target: string, body: unknown, call: Call = {}): Promise<Answer> =>
  answerTo(gateway, 'POST', target, { ...call, body });

export const edit = (gateway: Gateway, token: string | undefined, body: unknown): Promise<Answer> =>
  answerTo(gateway, 'POST', '/auth/v1/user/basic/edit', { ...(token !== undefined && { token }), body });

export const me = (gateway: Gateway, token: string): Promise<Answer> =>
  answerTo(gateway, 'GET', '/auth/v1/user/me', { token });

export const done = { status: 200, body: {} };
export const refused = (
  status: number,
  error: string,
  error_code: number,
  error_description: string,
): Answer => ({
  status,
  body: { error, error_code, error_description },
});
export const invalid = (description: string): Answer => refused(400, 'invalid_argument', 3, description);
export const unauthenticated = refused(401, 'unauthenticated', 16, 'Access token is not correct or expired');
export const wrongCredentials = refused(
  400,
  'invalid_username_or_password',
  4043,
  'Invalid username or password',
);
export const invalidGrant = refused(400, 'invalid_grant', 3, 'Refresh token is not correct or expired');

export interface Tokens {
  token_type: string;
  access_token: string;
  refresh_token: string;
  expires_in: number;
  scope: string;
  sub: string;
  groups: unknown[];
}

export const password = 'Secret_123';

/** A name that nobody has. */
export const newName = (): string => `u_${randomBytes(6).toString('hex')}`;

/** Made by an operator, for this wire registers nobody by user name and password. */
export async function newUser(gateway: Gateway, parts: Partial<RegisterUser> = {}): Promise<User> {
  const { core, operator } = gateway;
  const registered = await core.registerUser(
    { username: newName(), password, signIn: false, ...parts },
    operator,
  );
  return registered.user;
}

export async function signIn(gateway: Gateway, username: string, word = password): Promise<Tokens> {
  const { status, body } = await post(gateway, '/auth/v1/signin', { username, password: word });
  if (status !== 200) throw new Error(`sign-in answered ${status} ${JSON.stringify(body)}`);
  return body as Tokens;
}

export interface Person {
  user: User;
  username: string;
  token: string;
  tokens: Tokens;
}

/** A new user who has signed in. */
export async function newPerson(gateway: Gateway, parts: Partial<RegisterUser> = {}): Promise<Person> {
  const user = await newUser(gateway, parts);
  const username = user.username ?? '';
  const tokens = await signIn(gateway, username);
  return { user, username, tokens, token: tokens.access_token };
}

/** A part of a JWT: 0 its header, 1 its claims. */
export function jwtPart(token: string, index: 0 | 1): Record<string, unknown> {
  const part = token.split('.')[index] ?? '';
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
}

/** The token response to a user with this id; reference 4.1. */
export const tokenResponse = (id: number): Answer => ({
  status: 200,
  body: {
    token_type: 'Bearer',
    access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
    refresh_token: expect.stringMatching(/^m\.[\w-]{43}$/) as string,
    expires_in: 7200,
    scope: 'user',
    sub: String(id),
    groups: [],
  },
});
