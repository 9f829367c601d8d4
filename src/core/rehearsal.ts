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
  hasForeignSecret,
  putExtension,
  removeSecretsOf,
  removeTraces,
  rewriteUser,
  wasStaged,
  type Staging,
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

const stagingOf = ({ door }: CallContext, { after }: Reach): Staging => ({ door, after });

/** The texts under which codes to `target` are kept; none where it is no contact, for what callers have sent is kept beside it. */
function contactsIn(deps: Deps, target: string): string[] {
  const { phoneRegion } = deps.settings;
  const { kind } = readTypedIdentifier(target, phoneRegion);
  return kind === 'username' ? [] : [target, spellingKey(target, phoneRegion)];
}

/**
 * Whom `target` names; null for nobody. Fails with `permission_denied` for somebody beyond reach, and for a contact to which
 * somebody beyond reach has asked for a code, whoever has it now.
 */
export async function demandTarget(
  deps: Deps,
  context: CallContext,
  reach: Reach,
  target: string,
): Promise<User | null> {
  const { knex } = deps.db;
  const holder = await findNamed(deps, target);
  if (holder !== null) await demandReach(knex, context, reach, holder.id);
  const targets = [...contactsIn(deps, target), ...(holder === null ? [] : contactKeys(holder))];
  if (await hasForeignSecret(knex, targets, stagingOf(context, reach))) fail({ code: 'permission_denied' });
  return holder;
}

/** Removes what is kept under names, as far as it is the rehearsal's. */
export function dropTraces(
  queries: Queries,
  context: CallContext,
  reach: Reach,
  traces: Traces,
): Promise<void> {
  return removeTraces(queries, traces, stagingOf(context, reach));
}

/** Under which names anything may be kept that was done with `target`, by or to `user` if there is one. */
export function tracesOf(deps: Deps, context: CallContext, target: string, user: User | null): Traces {
  const { phoneRegion } = deps.settings;
  const key = spellingKey(target, phoneRegion);
  return {
    targets: [...contactsIn(deps, target), ...tracesOfUser(context, user).targets],
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
export async function eraseWithin(
  queries: Queries,
  context: CallContext,
  reach: Reach,
  user: User,
): Promise<void> {
  await dropTraces(queries, context, reach, tracesOfUser(context, user));
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
