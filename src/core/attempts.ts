import type { Deps } from './deps';
import { hashToken } from './hash-token';
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

/** The eight groups of an IPv6 address, in lower case and without leading zeros, as URLs write them. */
function groupsOf(address: string): string[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  return [...start, ...Array<string>(8 - start.length - end.length).fill('0'), ...end];
}

/** The part of an address that one subscriber holds: an IPv6 customer has a whole /64. */
export function networkOf(address: string): string {
  const bare = address.split('%')[0] ?? address;
  // Whoever asks has made sure that it is an address; what has no colon is IPv4.
  if (!bare.includes(':') || !URL.canParse(`http://[${bare}]`)) return address;
  const groups = groupsOf(bare);
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return `${groups.slice(0, 4).join(':')}::/64`;
  const bytes = groups.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
  return bytes.join('.');
}

/**
 * Whose secret is guessed: a user, or the identifier under which nobody was found. That one may be anything, a password
 * in the wrong field among them, and is kept as a hash.
 */
export function subjectKey(userId: number | null, typed: string): string {
  return userId === null ? `typed:${hashToken(typed).toString('hex')}` : `user:${userId}`;
}

/**
 * Whose secret is guessed: a program. A secret of 256 bits cannot be guessed, so the count is kept for each network: nobody
 * can lock a program out from elsewhere.
 */
export function clientSubjectKey(clientId: string, context: CallContext): string {
  const network = context.address === null ? '' : networkOf(context.address);
  return `client:${hashToken(`${network} ${clientId}`).toString('hex')}`;
}

/** Under what the guesses from one network are counted; null for a caller without one. */
export function addressKey(context: CallContext): string | null {
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
  const ofSubject = await countGuess(knex, subject, perSubject, deps.clock());
  if ('retryAfterSeconds' in ofSubject) return refuse(ofSubject.retryAfterSeconds);
  const ofAddress = address === null ? null : await countGuess(knex, address, perAddress, deps.clock());
  if (ofAddress !== null && 'retryAfterSeconds' in ofAddress) {
    await takeGuessBack(knex, subject, ofSubject.lockedUntil);
    return refuse(ofAddress.retryAfterSeconds);
  }
  const forgiveAddress = async (): Promise<void> => {
    if (address !== null && ofAddress !== null) await takeGuessBack(knex, address, ofAddress.lockedUntil);
  };
  try {
    const value = await guess();
    await clearFailures(knex, subject);
    await forgiveAddress();
    return value;
  } catch (error) {
    if (!isWrongGuess(error)) {
      await takeGuessBack(knex, subject, ofSubject.lockedUntil);
      await forgiveAddress();
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
