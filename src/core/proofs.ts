import { timingSafeEqual } from 'node:crypto';
import { subjectKey, underAttemptLimit } from './attempts';
import type { CheckedContact } from './contacts';
import type { Proof } from './commands/contacts';
import type { Deps } from './deps';
import { secondsAfter } from './grant-session';
import type { CallContext } from './operations';
import { CoreError, fail } from './problems';
import type { Queries } from './store/database';
import { consumeTicket, findTicket, insertTicket, type Ticket, type TicketKind } from './store/tickets';
import { findUsersByIdentifier } from './store/users';
import { findCodeTarget, type CodePurpose, type CodeSlot, type StoredCode } from './store/verification-codes';
import { tell } from './tell';
import { hashCode, redeemCode } from './verification';

/** Seconds for which what was proven may be used. */
export const proofSeconds = 600;
export const sudoSeconds = 900;

/** Makes a ticket and returns the token that it is known by. */
export async function issueTicket(
  deps: Deps,
  queries: Queries,
  ticket: Ticket,
  lifetimeSeconds: number,
): Promise<string> {
  const token = deps.randomness.bytes(32).toString('base64url');
  const now = deps.clock();
  await insertTicket(queries, token, ticket, { now, expiresAt: secondsAfter(now, lifetimeSeconds) });
  return token;
}

/** The code that came beside a link must be the right one, if the wire sends it along. */
function matchesCode(ticket: Ticket, token: string, code: string | undefined): boolean {
  if (ticket.secretHash === null || code === undefined) return true;
  return timingSafeEqual(ticket.secretHash, hashCode(token, code));
}

/** A ticket that is good for `use`, without using it up. Fails with `proof_rejected`. */
export async function checkProofToken(
  deps: Deps,
  proof: { proofToken: string; code?: string },
  kinds: readonly TicketKind[],
): Promise<Ticket> {
  const ticket = await findTicket(deps.db.knex, proof.proofToken, kinds, deps.clock());
  if (ticket === null || !matchesCode(ticket, proof.proofToken, proof.code)) {
    return fail({ code: 'proof_rejected' });
  }
  return ticket;
}

/** Uses a ticket up within the transaction of what it proves. Fails with `proof_rejected`. */
export async function consumeProofToken(
  deps: Deps,
  queries: Queries,
  proof: { proofToken: string; code?: string },
  kinds: readonly TicketKind[],
): Promise<{ kind: 'email' | 'phone'; key: string; ticket: Ticket }> {
  const ticket = await consumeTicket(queries, proof.proofToken, kinds, deps.clock());
  const target = ticket?.target ?? null;
  if (ticket === null || target === null || !matchesCode(ticket, proof.proofToken, proof.code)) {
    return fail({ code: 'proof_rejected' });
  }
  return { ...target, ticket };
}

/** Redeems a code under the attempt limits of whoever has its target; a refused one is told to the history. */
export async function redeemGuardedCode<T>(
  deps: Deps,
  context: CallContext,
  slot: CodeSlot,
  presented: { code: string; targetKey: string | null },
  use: (queries: Queries, code: StoredCode, now: Date) => Promise<T>,
): Promise<T> {
  const { knex } = deps.db;
  const target = await findCodeTarget(knex, slot);
  const owner =
    target === null ? undefined : (await findUsersByIdentifier(knex, target.kind, [target.key]))[0];
  const named = target?.key ?? presented.targetKey ?? ('id' in slot ? slot.id : '');
  const userId = 'userId' in slot ? slot.userId : (owner?.user.id ?? null);
  try {
    return await underAttemptLimit(deps, context, subjectKey(userId, named), () =>
      redeemCode(deps, slot, presented, use),
    );
  } catch (error) {
    if (error instanceof CoreError && error.problem.code === 'verification_code_rejected') {
      await tell(deps, knex, context, { userId, action: 'code_refused', actor: 'nobody' });
    }
    throw error;
  }
}

/**
 * Runs `use` with a proof of `contact` in one transaction that uses the proof up. A token may prove a contact that the
 * call does not name: then `contact` is null, and `use` is told which one it is.
 */
export async function withProof<T>(
  deps: Deps,
  context: CallContext,
  options: {
    proof: Proof;
    contact: CheckedContact | null;
    purpose: CodePurpose;
    kinds: readonly TicketKind[];
  },
  use: (queries: Queries, proven: { kind: 'email' | 'phone'; key: string }) => Promise<T>,
): Promise<T> {
  const { proof, contact } = options;
  if ('proofToken' in proof) {
    return deps.db.knex.transaction(async (queries) => {
      const proven = await consumeProofToken(deps, queries, proof, options.kinds);
      if (contact !== null && (contact.kind !== proven.kind || contact.key !== proven.key)) {
        return fail({ code: 'proof_rejected' });
      }
      return use(queries, { kind: proven.kind, key: proven.key });
    });
  }
  if (contact === null) return fail({ code: 'contact_required' });
  return redeemGuardedCode(
    deps,
    context,
    { targetKey: contact.key, purpose: options.purpose },
    { code: proof.code, targetKey: contact.key },
    (queries) => use(queries, { kind: contact.kind, key: contact.key }),
  );
}
