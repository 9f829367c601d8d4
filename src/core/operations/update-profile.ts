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
import { findUserById } from '../store/users';

/** The first contact in `choice` that the user does not have already, as it would be stored unproven. */
function unprovenContact(choice: ChosenIdentifiers, user: User): 'email' | 'phone' | undefined {
  for (const { kind, shown } of choice.accepted) {
    if (kind !== 'username' && user[kind] !== shown) return kind;
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
    const unproven = settings.requireVerifiedContact ? unprovenContact(choice, before) : undefined;
    if (unproven !== undefined) fail({ code: 'contact_unverified', identifier: unproven });

    const change = { userId: before.id, now: deps.clock(), actor: actorOf(caller), values, context };
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
