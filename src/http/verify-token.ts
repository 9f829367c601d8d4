import { hash, type KeyObject } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Request, Response } from 'express';
import { expressjwt, UnauthorizedError } from 'express-jwt';
import type { Jwt } from 'jsonwebtoken';
import { fail, type Clock, type ParsedClaims, type SessionReference, type TokenFormat } from '../core';
import { createTokenCache, digestOf } from './token-cache';

/** The keys that verify the JWTs of the doors. */
export interface VerificationKeys {
  /**
   * The keys that may have signed a token, the one in use first. `kid`, as an RS256 token's header has it, narrows to
   * one; it is undefined for HS256. Empty when there is no such key (any more).
   */
  candidates(door: string, kid: string | undefined): Promise<readonly KeyObject[]>;
  /** Another number after every change of the keys, the removal of an old one included. Asked on every request. */
  version(): number;
}

export interface VerifiedToken {
  reference: SessionReference;
  /** Null for opaque tokens, whose session knows. */
  expiresAt: Date | null;
}

/**
 * What a token says, once it is known to be one of ours. Fails with `access_token_rejected`: `malformed` for anything
 * that this door never issued, `expired` when its own time is past at `now`, unless `acceptExpired`.
 */
export type VerifyToken = (
  token: string,
  now: Date,
  acceptExpired: boolean,
) => VerifiedToken | Promise<VerifiedToken>;

/** No token of ours comes near; a longer one is not worth hashing. */
const longestToken = 8_192;

function reject(reason: 'malformed' | 'expired'): never {
  return fail({ code: 'access_token_rejected', reason });
}

function referenceOf(claims: ParsedClaims): SessionReference {
  return 'clientId' in claims
    ? { clientId: claims.clientId }
    : { sessionId: claims.sessionId, userId: claims.userId };
}

type JwtFormat = Extract<TokenFormat, { kind: 'jwt' }>;
type OpaqueFormat = Extract<TokenFormat, { kind: 'opaque' }>;

/** What express-jwt sees as its request: it touches these members and no other. */
interface Attempt {
  token: string;
  method: string;
  headers: Record<string, never>;
  /** Which of the candidate keys is tried. */
  index: number;
  /** How many there are. */
  count: number;
}

/**
 * express-jwt as a function of a token, without a request, a header or the system's clock. Rejects with its
 * `UnauthorizedError` when no candidate has signed the token, and with the key store's own failures.
 */
function createSignatureCheck(
  door: string,
  format: JwtFormat,
  keys: VerificationKeys,
  clock: Clock,
): (token: string) => Promise<void> {
  const middleware = expressjwt({
    algorithms: [format.alg],
    // Expiry is judged on every request, from what the door's own format says; a token in the cache is not seen here.
    ignoreExpiration: true,
    get clockTimestamp() {
      return Math.floor(clock().getTime() / 1000);
    },
    getToken: (request) => (request as unknown as Attempt).token,
    secret: async (request, decoded: Jwt | undefined) => {
      const attempt = request as unknown as Attempt;
      const kid = format.alg === 'RS256' ? (decoded?.header.kid as unknown) : undefined;
      const candidates = await keys.candidates(door, typeof kid === 'string' ? kid : undefined);
      attempt.count = candidates.length;
      return candidates[attempt.index];
    },
  });

  // express-jwt hands over what went wrong and never answers itself.
  const unused = new ServerResponse(new IncomingMessage(new Socket())) as Response;

  function run(attempt: Attempt): Promise<void> {
    return new Promise((resolve, rejectWith) => {
      void middleware(attempt as unknown as Request, unused, (error?: unknown) => {
        if (error === undefined) resolve();
        else
          rejectWith(
            error instanceof Error ? error : new Error('no key could be asked for', { cause: error }),
          );
      });
    });
  }

  return async (token) => {
    const attempt: Attempt = { token, method: 'GET', headers: {}, index: 0, count: 0 };
    for (;;) {
      try {
        await run(attempt);
        return;
      } catch (error) {
        attempt.index += 1;
        if (!(error instanceof UnauthorizedError) || attempt.index >= attempt.count) throw error;
      }
    }
  };
}

function payloadOf(token: string): unknown {
  const start = token.indexOf('.') + 1;
  const bytes = Buffer.from(token.slice(start, token.indexOf('.', start)), 'base64url');
  try {
    return JSON.parse(bytes.toString());
  } catch {
    // Signed text that is no JSON says as little as JSON that is no object.
    return undefined;
  }
}

/** What a token says whose signature is good. Fails as `malformed` when this door never says such a thing. */
function readClaims(token: string, format: JwtFormat): ParsedClaims {
  const payload = payloadOf(token);
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return reject('malformed');
  return format.parse(payload as Record<string, unknown>) ?? reject('malformed');
}

function createJwtVerifier(
  door: string,
  format: JwtFormat,
  keys: VerificationKeys,
  clock: Clock,
): VerifyToken {
  const checkSignature = createSignatureCheck(door, format, keys, clock);
  const cache = createTokenCache(() => keys.version());

  function judge(claims: ParsedClaims, now: Date, acceptExpired: boolean): VerifiedToken {
    const { expiresAt } = claims;
    // Turned round, so that a date which is none has passed.
    if (!acceptExpired && !(expiresAt.getTime() > now.getTime())) return reject('expired');
    return { reference: referenceOf(claims), expiresAt };
  }

  async function check(token: string, digest: Buffer): Promise<ParsedClaims> {
    const version = keys.version();
    try {
      await checkSignature(token);
    } catch (error) {
      // Anything else is the key store's failure, and no verdict on the token.
      if (error instanceof UnauthorizedError) return reject('malformed');
      throw error;
    }
    const claims = readClaims(token, format);
    cache.keep(digest, version);
    return claims;
  }

  return (token, now, acceptExpired) => {
    const digest = digestOf(token);
    if (cache.knows(digest)) return judge(readClaims(token, format), now, acceptExpired);
    return check(token, digest).then((claims) => judge(claims, now, acceptExpired));
  };
}

function createOpaqueVerifier({ alphabet, length }: OpaqueFormat): VerifyToken {
  const letters = new Set(alphabet);
  return (token) => {
    if (token.length !== length) return reject('malformed');
    for (const letter of token) if (!letters.has(letter)) return reject('malformed');
    return { reference: { tokenHash: hash('sha256', token, 'buffer') }, expiresAt: null };
  };
}

/** How the access tokens of one door are verified. Keeps what it has verified: make one for each door, once. */
export function createTokenVerifier(
  door: string,
  format: TokenFormat,
  keys: VerificationKeys,
  clock: Clock,
): VerifyToken {
  const verify =
    format.kind === 'jwt' ? createJwtVerifier(door, format, keys, clock) : createOpaqueVerifier(format);
  return (token, now, acceptExpired) =>
    token.length > longestToken ? reject('malformed') : verify(token, now, acceptExpired);
}
