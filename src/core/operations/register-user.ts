import { chooseIdentifiers, refuseAfterIdentifiers, writeIdentifiers } from '../choose-identifiers';
import type { Deps } from '../deps';
import { openSession } from '../grant-session';
import type { Operation } from '../operations';
import { checkNewPassword, checkProfileText } from '../rules';
import { setPasswordHash } from '../store/credentials';
import { insertExtension } from '../store/extensions';
import { appendHistory } from '../store/history';
import { identifierValues } from '../store/profile-update';
import { insertUser } from '../store/users';

/** Makes a user with everything that the command names, or nothing at all. */
export const registerUser =
  (deps: Deps): Operation<'registerUser'> =>
  async (command, context) => {
    const { db, passwords, settings } = deps;
    const choice = chooseIdentifiers(command, {
      order: command.identifierOrder,
      region: settings.phoneRegion,
    });
    const stop = async (problem: Parameters<typeof refuseAfterIdentifiers>[2]['problem'], position: number) =>
      refuseAfterIdentifiers(db.knex, choice, { problem, position, exceptUserId: null });
    if (choice.refusal !== null) await stop(choice.refusal.problem, choice.refusal.position);
    if (command.contactRequired === true && !choice.accepted.some(({ kind }) => kind !== 'username')) {
      await stop({ code: 'contact_required' }, choice.order.length);
    }
    const values = { ...checkProfileText(command.profile ?? {}), ...identifierValues(choice.accepted) };
    const passwordHash =
      command.password === undefined ? null : await passwords.hash(checkNewPassword(command.password));

    return writeIdentifiers(db.knex, choice, null, () =>
      db.knex.transaction(async (queries) => {
        const now = deps.clock();
        const user = await insertUser(queries, values, {
          now,
          role: command.role ?? 'user',
          hasPassword: passwordHash !== null,
        });
        if (passwordHash !== null) await setPasswordHash(queries, user.id, passwordHash, now);
        const extension = command.extension ?? null;
        if (extension !== null) await insertExtension(queries, user.id, context.door, extension);
        await appendHistory(queries, {
          at: now,
          userId: user.id,
          actor: context.door === 'operator' ? 'operator' : `user:${user.id}`,
          action: 'user_registered',
          fields: [...Object.keys(values), ...(passwordHash === null ? [] : ['password'])],
          context,
        });
        if (!command.signIn) return { user, extension, grant: null };
        return { extension, ...(await openSession(deps, queries, user, context)) };
      }),
    );
  };
