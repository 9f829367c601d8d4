import { checkContact, provenColumns, withoutContact, type CheckedContact } from '../contacts';
import type { Deps } from '../deps';
import { notifyEmailChanged } from '../notify-email-changed';
import type { CallContext, Command, Operation } from '../operations';
import { CoreError, fail } from '../problems';
import { consumeProofToken } from '../proofs';
import { removePictures } from '../remove-pictures';
import { removeUser } from '../remove-user';
import { holdCaller } from '../session-end';
import type { Queries } from '../store/database';
import { unbindDevices } from '../store/devices';
import { consumeTicket } from '../store/tickets';
import { findUsersByIdentifier, lockUsers, updateUser } from '../store/users';
import { violatedIdentifier } from '../store/violations';
import { tell } from '../tell';

/**
 * Frees a contact that somebody else has, as far as the command asks for it and their claim was never proven. Holds the
 * rows of both users from then on. Returns whom it removed.
 */
async function freeContact(
  deps: Deps,
  queries: Queries,
  contact: CheckedContact,
  command: Command<'changeContact'>,
  context: CallContext,
): Promise<number[]> {
  const callerId = command.caller.user.id;
  const find = async () => (await findUsersByIdentifier(queries, contact.kind, [contact.key]))[0]?.user;
  const seen = await find();
  await lockUsers(queries, seen === undefined ? [callerId] : [callerId, seen.id]);
  const holder = await find();
  if (holder === undefined || holder.id === callerId) return [];
  // Somebody who came by the contact this very moment is not held; the constraint or the next try decides.
  if (holder.id !== seen?.id) fail({ code: 'identifier_taken', identifier: contact.kind });
  if (command.onConflict === 'refuse') fail({ code: 'identifier_taken', identifier: contact.kind });
  const verifiedAt = contact.kind === 'email' ? holder.emailVerifiedAt : holder.phoneVerifiedAt;
  if (verifiedAt !== null) fail({ code: 'contact_held' });
  const now = deps.clock();
  await updateUser(queries, holder.id, withoutContact(contact.kind));
  const left = [holder.username, contact.kind === 'email' ? holder.phone : holder.email];
  const closes =
    command.onConflict === 'close_and_transfer' || left.every((identifier) => identifier === null);
  if (closes) await removeUser(queries, holder.id, now);
  await tell(deps, queries, context, {
    userId: holder.id,
    actor: `user:${callerId}`,
    action: closes ? 'user_deleted' : 'profile_updated',
    fields: [contact.kind],
  });
  return closes ? [holder.id] : [];
}

export const changeContact =
  (deps: Deps): Operation<'changeContact'> =>
  async (command, context) => {
    const { caller, sudoToken, proofToken } = command;
    const contact = checkContact(command.contact, deps.settings.phoneRegion);
    const userId = caller.user.id;
    const change = deps.db.knex.transaction(async (queries) => {
      const now = deps.clock();
      const sudo = await consumeTicket(queries, sudoToken, ['sudo'], now);
      if (sudo?.userId !== userId) fail({ code: 'sudo_rejected' });
      const proven = await consumeProofToken(deps, queries, { proofToken }, ['prove']);
      if (proven.kind !== contact.kind || proven.key !== contact.key) fail({ code: 'proof_rejected' });
      const removed = await freeContact(deps, queries, contact, command, context);
      const before = await holdCaller(queries, caller);
      const columns = { ...provenColumns(contact, now), kind: 'person' as const, updated_at: now };
      const user = await updateUser(queries, userId, columns);
      if (user === null) return fail({ code: 'user_not_found' });
      await unbindDevices(queries, userId);
      await tell(deps, queries, context, {
        userId,
        action: contact.kind === 'email' ? 'email_changed' : 'phone_changed',
        fields: [contact.kind],
      });
      return { before, user, removed };
    });
    const { before, user, removed } = await change.catch((error: unknown) => {
      const identifier = violatedIdentifier(error);
      if (identifier === undefined) throw error;
      throw new CoreError({ code: 'identifier_taken', identifier }, { cause: error });
    });
    await removePictures(deps, removed);
    await notifyEmailChanged(deps, before, user);
    return { user, extension: caller.extension };
  };
