import { isIPv6 } from 'node:net';
import type { Deps } from './deps';
import type { CallContext } from './operations';
import { CoreError, fail, type ProblemCode } from './problems';
import {
  clearFailures,
  countFailures,
  countGuess,
  takeGuessBack,
  type AttemptLimit,
} from './store/attempt-counters';

const hour = 3600;
/** Ten failures lock for a rising wait, from 30 seconds to an hour. */
const perSubject: AttemptLimit = {
  failures: 10,
  firstLockSeconds: 30,
  longestLockSeconds: hour,
  forgetSeconds: 24 * hour,
};
/** Many people share an address, so it locks later. */
const perAddress: AttemptLimit = { ...perSubject, failures: 100 };

/** Failures after which a wire that has a captcha asks for one: of one subject, and of one address. */
const captchaAfter = { subject: 3, address: 20 };

/** The part of an address that one subscriber holds: an IPv6 customer has a whole /64. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace(/^::ffff:/, '');
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const start = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - start.length - end.length;
  const groups = [...start, ...Array<string>(Math.max(0, zeros)).fill('0'), ...end];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Whose secret is guessed: a user, or the identifier under which nobody was found. */
export function subjectKey(userId: number | null, typed: string): string {
  // PostgreSQL's text has no U+0000, and what cannot be stored names nobody anyway.
  return userId === null ? `typed:${typed.replaceAll('\0', '\ufffd').slice(0, 320)}` : `user:${userId}`;
}

function addressKey(context: CallContext): string | null {
  return context.address === null ? null : `address:${networkOf(context.address)}`;
}

/** The problems that say that a guess was wrong. */
const wrongGuesses: ReadonlySet<string> = new Set<ProblemCode>([
  'invalid_credentials',
  'wrong_password',
  'verification_code_rejected',
  'client_rejected',
]);

function isWrongGuess(error: unknown): boolean {
  return error instanceof CoreError && wrongGuesses.has(error.problem.code);
}

/**
 * Runs a guess at a secret under the limits that hold across doors and copies. A right one forgets the subject's
 * failures and takes its own count for the address back; one that fails for another reason than being wrong is not
 * counted. Fails with `too_many_requests`, without running the guess, while the subject or the address is locked.
 */
export async function underAttemptLimit<T>(
  deps: Deps,
  context: CallContext,
  subject: string,
  guess: () => Promise<T>,
): Promise<T> {
  const { knex } = deps.db;
  const address = addressKey(context);
  const refuse = (retryAfterSeconds: number): never =>
    fail({ code: 'too_many_requests', what: 'sign_in', retryAfterSeconds });
  const locked = await countGuess(knex, subject, perSubject, deps.clock());
  if (locked !== null) return refuse(locked.retryAfterSeconds);
  if (address !== null) {
    const addressLocked = await countGuess(knex, address, perAddress, deps.clock());
    if (addressLocked !== null) {
      await takeGuessBack(knex, subject);
      return refuse(addressLocked.retryAfterSeconds);
    }
  }
  try {
    const value = await guess();
    await clearFailures(knex, subject);
    if (address !== null) await takeGuessBack(knex, address);
    return value;
  } catch (error) {
    if (!isWrongGuess(error)) {
      await takeGuessBack(knex, subject);
      if (address !== null) await takeGuessBack(knex, address);
    }
    throw error;
  }
}

/** Whether so many guesses failed that a person should show to be one. */
export async function looksLikeGuessing(
  deps: Deps,
  context: CallContext,
  subject: string | null,
): Promise<boolean> {
  const { knex } = deps.db;
  const now = deps.clock();
  if (subject !== null && (await countFailures(knex, subject, perSubject, now)) >= captchaAfter.subject) {
    return true;
  }
  const address = addressKey(context);
  if (address === null) return false;
  return (await countFailures(knex, address, perAddress, now)) >= captchaAfter.address;
}
