import { chooseIdentifiers, refuseAfterIdentifiers, writeIdentifiers } from '../choose-identifiers';
import type { Reach } from '../commands/rehearsal';
import type { Deps } from '../deps';
import type { CallContext, Operation } from '../operations';
import { fail } from '../problems';
import { eraseWithin, isWithinReach, writeCircumstances } from '../rehearsal';
import { removePictures } from '../remove-pictures';
import { checkNewPassword, checkProfileText, type Identifier } from '../rules';
import { setPasswordHash } from '../store/credentials';
import type { Queries } from '../store/database';
import { insertExtension } from '../store/extensions';
import { identifierValues } from '../store/profile-update';
import { rewriteUser } from '../store/rehearsal';
import { findUsersByIdentifier, insertUser } from '../store/users';
import { tell } from '../tell';

/** Makes room for the identifiers, and says of whom. Fails with `identifier_taken` when somebody beyond reach has one. */
async function eraseHolders(
  queries: Queries,
  context: CallContext,
  reach: Reach,
  identifiers: readonly Identifier[],
): Promise<number[]> {
  const erased: number[] = [];
  for (const { kind, key } of identifiers) {
    const holder = (await findUsersByIdentifier(queries, kind, [key]))[0]?.user;
    if (holder === undefined) continue;
    if (!(await isWithinReach(queries, context, reach, holder.id))) {
      fail({ code: 'identifier_taken', identifier: kind });
    }
    await eraseWithin(queries, context, reach, holder);
    erased.push(holder.id);
  }
  return erased;
}

export const stageUser =
  (deps: Deps): Operation<'stageUser'> =>
  async (command, context) => {
    const { db, passwords, settings } = deps;
    const choice = chooseIdentifiers(command, { order: undefined, region: settings.phoneRegion });
    if (choice.refusal !== null) {
      return refuseAfterIdentifiers(db.knex, choice, { ...choice.refusal, exceptUserId: null });
    }
    const values = { ...checkProfileText(command.profile ?? {}), ...identifierValues(choice.accepted) };
    const passwordHash =
      command.password === undefined ? null : await passwords.hash(checkNewPassword(command.password));

    const { erased, userId } = await writeIdentifiers(db.knex, choice, null, () =>
      db.knex.transaction(async (queries) => {
        const erased = await eraseHolders(queries, context, command, choice.accepted);
        const now = deps.clock();
        const options = { now, role: command.role ?? ('user' as const), hasPassword: passwordHash !== null };
        const { id: userId } = await insertUser(queries, values, options);
        if (passwordHash !== null) await setPasswordHash(queries, userId, passwordHash, now);
        await rewriteUser(queries, userId, {
          ...(command.emailVerified === true && values.email !== undefined && { email_verified_at: now }),
          ...(command.phoneVerified === true && values.phone !== undefined && { phone_verified_at: now }),
        });
        await insertExtension(queries, userId, context.door, {});
        await writeCircumstances(queries, userId, command, now);
        await tell(deps, queries, context, { userId, actor: 'operator', action: 'user_registered' });
        return { erased, userId };
      }),
    );
    await removePictures(deps, erased);
    return { userId };
  };
