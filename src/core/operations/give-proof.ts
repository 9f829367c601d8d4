import { checkContact } from '../contacts';
import type { Deps } from '../deps';
import { secondsAfter } from '../grant-session';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { proofSeconds } from '../proofs';
import { demandReach } from '../rehearsal';
import { insertTicket } from '../store/tickets';
import { findUsersByIdentifier } from '../store/users';
import { codeDigits, hashCode } from '../verification';

export const giveProof =
  (deps: Deps): Operation<'giveProof'> =>
  async (command, context) => {
    const { db, randomness, settings } = deps;
    const { use } = command;
    const contact = checkContact({ email: command.email }, settings.phoneRegion);
    const holder = (await findUsersByIdentifier(db.knex, 'email', [contact.key]))[0]?.user;
    if (holder === undefined) return fail({ code: 'user_not_found' });
    await demandReach(db.knex, context, command, holder.id);
    const proofToken = randomness.bytes(32).toString('base64url');
    const code = randomness.digits(codeDigits);
    const now = deps.clock();
    const ticket = {
      kind: use,
      userId: null,
      deviceId: null,
      target: { kind: 'email' as const, key: contact.key },
      // A redeemed code asks for none; a link's stands beside it.
      secretHash: use === 'prove' ? null : hashCode(proofToken, code),
    };
    await insertTicket(db.knex, proofToken, ticket, { now, expiresAt: secondsAfter(now, proofSeconds) });
    return { proofToken, code };
  };
