import { addressKey, clientSubjectKey, subjectKey } from './attempts';
import type { Circumstances, Reach } from './commands/rehearsal';
import type { Deps } from './deps';
import { findTypedIdentifier } from './find-user';
import type { User } from './model';
import type { CallContext } from './operations';
import { fail } from './problems';
import { checkRecord, readTypedIdentifier, spellingKey } from './rules';
import { callerKey } from './send-code';
import type { Queries } from './store/database';
import { insertRecord } from './store/records';
import {
  contactKeys,
  eraseUserRow,
  putExtension,
  removeSecretsOf,
  removeTraces,
  rewriteUser,
  wasStaged,
  type Traces,
} from './store/rehearsal';
import { endSessions } from './store/sessions';
import { findUserById } from './store/users';

/** Whether the rehearsal at the door of the call may touch this user. */
export async function isWithinReach(
  queries: Queries,
  context: CallContext,
  { after }: Reach,
  userId: number,
): Promise<boolean> {
  return userId > after || (await wasStaged(queries, userId, context.door));
}

/** Fails with `permission_denied` for a user who was here before and was not staged. */
export async function demandReach(
  queries: Queries,
  context: CallContext,
  reach: Reach,
  userId: number,
): Promise<void> {
  if (!(await isWithinReach(queries, context, reach, userId))) fail({ code: 'permission_denied' });
}

/** Ids have at most ten digits and no sign; a longer row of digits is a phone number. */
const idForm = /^[1-9]\d{0,9}$/;

/** Whom an id, a user name, an e-mail address or a phone number names. */
export async function findNamed(deps: Deps, identifier: string): Promise<User | null> {
  const byId = idForm.test(identifier) ? await findUserById(deps.db.knex, Number(identifier)) : null;
  return byId ?? (await findTypedIdentifier(deps, identifier))?.user ?? null;
}

/** Under which names anything may be kept that was done with `target`, by or to `user` if there is one. */
export function tracesOf(deps: Deps, context: CallContext, target: string, user: User | null): Traces {
  const { phoneRegion } = deps.settings;
  const key = spellingKey(target, phoneRegion);
  // What callers have sent is kept beside it under names of theirs, which no contact is like.
  const contacts = readTypedIdentifier(target, phoneRegion).kind === 'username' ? [] : [target, key];
  return {
    targets: [...contacts, ...tracesOfUser(context, user).targets],
    counters: [
      subjectKey(null, target),
      subjectKey(null, key),
      clientSubjectKey(target, context),
      ...tracesOfUser(context, user).counters,
    ],
  };
}

/** The same for the caller's own network. */
export function tracesOfCaller(context: CallContext): Traces {
  return {
    targets: [callerKey(null, context)].filter((key) => key !== null),
    counters: [addressKey(context)].filter((key) => key !== null),
  };
}

function tracesOfUser(context: CallContext, user: User | null): Traces {
  if (user === null) return { targets: [], counters: [] };
  const contacts = contactKeys(user);
  return {
    targets: [...contacts, ...[callerKey(user.id, context)].filter((key) => key !== null)],
    counters: [subjectKey(user.id, ''), ...contacts.map((contact) => subjectKey(null, contact))],
  };
}

/** Removes a user and every trace, within the transaction of the caller. */
export async function eraseWithin(queries: Queries, context: CallContext, user: User): Promise<void> {
  await removeTraces(queries, tracesOfUser(context, user));
  await removeSecretsOf(queries, user.id);
  await eraseUserRow(queries, user.id);
}

/** Writes what only a rehearsal may. */
export async function writeCircumstances(
  queries: Queries,
  userId: number,
  circumstances: Circumstances,
  now: Date,
): Promise<void> {
  const { role, status, createdAt, updatedAt, lastSignInAt, extensions = {}, records = [] } = circumstances;
  await rewriteUser(queries, userId, {
    ...(role !== undefined && { role }),
    ...(status !== undefined && { status }),
    ...(createdAt !== undefined && { created_at: createdAt }),
    ...(updatedAt !== undefined && { updated_at: updatedAt }),
    ...(lastSignInAt !== undefined && { last_sign_in_at: lastSignInAt }),
  });
  if (status === 'blocked') await endSessions(queries, { userId }, { at: now, reason: 'revoked' });
  for (const [dialect, data] of Object.entries(extensions)) {
    await putExtension(queries, userId, dialect, checkRecord(data));
  }
  for (const { dialect, kind, data } of records) {
    await insertRecord(queries, { dialect, kind, userId }, checkRecord(data));
  }
}
