import { actorOf, resolveSubject } from '../callers';
import {
  chooseIdentifiers,
  refuseAfterIdentifiers,
  writeIdentifiers,
  type ChosenIdentifiers,
} from '../choose-identifiers';
import type { Deps } from '../deps';
import type { User } from '../model';
import { notifyEmailChanged } from '../notify-email-changed';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { checkProfileText } from '../rules';
import { findExtension } from '../store/extensions';
import { identifierValues, updateProfileRow } from '../store/profile-update';
import { hasProof } from '../store/tickets';
import { findUserById } from '../store/users';
import { foldKey } from '../text';

/** The first contact in `choice` that would be stored unproven. */
async function findUnproven(
  deps: Deps,
  choice: ChosenIdentifiers,
  user: User,
  prover: { own: boolean; deviceId: string | null; now: Date },
): Promise<'email' | 'phone' | undefined> {
  for (const { kind, key } of choice.accepted) {
    if (kind === 'username' || foldKey(user[kind] ?? '') === key) continue;
    const caller = { userId: user.id, deviceId: prover.deviceId, now: prover.now };
    if (!prover.own || !(await hasProof(deps.db.knex, { kind, key }, caller))) return kind;
  }
  return undefined;
}

/**
 * One statement writes all the changes, the history row among them; with the check of the session that is two round
 * trips. Two callers who write different fields both win.
 */
export const updateProfile =
  (deps: Deps): Operation<'updateProfile'> =>
  async ({ caller, userId, changes, identifierOrder }, context) => {
    const { db, settings } = deps;
    const subject = resolveSubject(caller, userId);
    const before = 'self' in subject ? subject.self : await findUserById(db.knex, subject.otherId);
    if (before === null) return fail({ code: 'user_not_found' });

    const choice = chooseIdentifiers(changes, { order: identifierOrder, region: settings.phoneRegion });
    if (choice.refusal !== null) {
      await refuseAfterIdentifiers(db.knex, choice, { ...choice.refusal, exceptUserId: before.id });
    }
    const values = { ...checkProfileText(changes), ...identifierValues(choice.accepted) };
    const own = 'self' in subject;
    const now = deps.clock();
    if (settings.requireVerifiedContact) {
      const unproven = await findUnproven(deps, choice, before, { own, deviceId: context.deviceId, now });
      if (unproven !== undefined) fail({ code: 'contact_unverified', identifier: unproven });
    }

    const change = { userId: before.id, now, actor: actorOf(caller), values, own, context };
    const user = await writeIdentifiers(db.knex, choice, before.id, () => updateProfileRow(db, change));
    if (user === null) return fail({ code: 'user_not_found' });
    if (values.email !== undefined) await notifyEmailChanged(deps, before, user);
    const extension =
      'self' in subject
        ? caller.kind === 'user'
          ? caller.extension
          : null
        : await findExtension(db.knex, user.id, context.door);
    return { user, extension };
  };
