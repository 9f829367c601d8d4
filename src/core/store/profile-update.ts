import type { Gender, IdentifierKind, User } from '../model';
import type { CallContext } from '../operations';
import type { Database } from './database';
import { runHot, type Parameter } from './hot-statement';
import { readUser, userColumns } from './user-rows';

/** Checked values to write; absent members stay. Identifiers come with the key under which they are compared. */
export interface ProfileValues {
  username?: { shown: string; key: string };
  nickname?: string;
  realName?: string;
  firstName?: string;
  lastName?: string;
  bio?: string;
  gender?: Gender | null;
  email?: { shown: string; key: string };
  phone?: string;
  avatar?: string;
  locale?: string;
}

/** Checked identifiers as values to write. */
export function identifierValues(
  identifiers: readonly { kind: IdentifierKind; shown: string; key: string }[],
): Pick<ProfileValues, IdentifierKind> {
  const values: Pick<ProfileValues, IdentifierKind> = {};
  for (const { kind, shown, key } of identifiers) {
    if (kind === 'phone') values.phone = key;
    else values[kind] = { shown, key };
  }
  return values;
}

/** `$3` holds the names of the fields to write, and is what the history row tells. */
function when(field: string, value: string, column: string): string {
  return `${column} = CASE WHEN '${field}' = ANY($3) THEN ${value} ELSE ${column} END`;
}

/** A changed contact is unproven, unless a waiting proof of it is used up; the same one again keeps its proof. */
function contact(kind: 'email' | 'phone', keyColumn: string, key: string): string[] {
  const named = `'${kind}' = ANY($3)`;
  const changed = `(${named} AND ${keyColumn} IS DISTINCT FROM ${key})`;
  const proven = `(${named} AND EXISTS (SELECT FROM proven WHERE target_kind = '${kind}'))`;
  return [
    `${kind}_verified_at = CASE WHEN ${proven} THEN $2 WHEN ${changed} THEN NULL ELSE ${kind}_verified_at END`,
    `${kind}_origin = CASE WHEN ${changed} AND NOT ${proven} THEN 'edit' WHEN ${changed} THEN 'proof' ELSE ${kind}_origin END`,
    `${kind}_set_at = CASE WHEN ${changed} THEN $2 ELSE ${kind}_set_at END`,
  ];
}

/**
 * Uses up the proofs of the named contacts that are the caller's own, or came anonymously from the caller's device. Whoever
 * has proven a contact is found by it, no longer by a device.
 */
const proofs = `
  proven AS (
    UPDATE tickets SET consumed_at = $2
    WHERE kind = 'prove' AND consumed_at IS NULL AND expires_at > $2
      AND (
        ('email' = ANY($3) AND target_kind = 'email' AND target_key = $21)
        OR ('phone' = ANY($3) AND target_kind = 'phone' AND target_key = $22)
      )
      AND $23::boolean AND (user_id = $1 OR (user_id IS NULL AND device_id = $7))
    RETURNING target_kind
  ), released AS (
    DELETE FROM anonymous_devices WHERE user_id = $1 AND EXISTS (SELECT FROM proven)
  ), `;

const plainAssignments = [
  'updated_at = $2',
  when('nickname', '$10', 'nickname'),
  when('realName', '$11', 'real_name'),
  when('firstName', '$12', 'first_name'),
  when('lastName', '$13', 'last_name'),
  when('bio', '$14', 'bio'),
  when('gender', '$15', 'gender'),
  when('avatar', '$16', 'avatar'),
  when('locale', '$17', 'locale'),
];

const identifierAssignments = [
  when('username', '$18', 'username'),
  when('username', '$19', 'username_key'),
  when('email', '$20', 'email'),
  when('email', '$21', 'email_key'),
  when('phone', '$22', 'phone'),
  ...contact('email', 'email_key', '$21'),
  ...contact('phone', 'phone', '$22'),
  `kind = CASE WHEN EXISTS (SELECT FROM proven) THEN 'person' ELSE kind END`,
];

/** One statement: the update, the history row that tells of it, and what it uses up. */
function updateText(assignments: readonly string[], uses = ''): string {
  return `
    WITH ${uses}changed AS (
      UPDATE users SET ${assignments.join(', ')}
      WHERE id = $1 AND deleted_at IS NULL
      RETURNING *
    ), told AS (
      INSERT INTO history (at, user_id, actor, action, fields, door, address, device_id, client_id, user_agent)
      SELECT $2, id, $4, 'profile_updated', $3, $5, $6, $7, $8, $9 FROM changed WHERE cardinality($3) > 0
    )
    SELECT ${userColumns('changed')} FROM changed`;
}

/** The statement of a change that touches no identifier: the usual one, with the fewest columns to weigh. */
export const updatePlainProfile = { name: 'update_plain_profile', text: updateText(plainAssignments) };

const updateIdentifiers = {
  name: 'update_identifiers',
  text: updateText([...plainAssignments, ...identifierAssignments], proofs),
};

/**
 * Writes exactly the fields that `values` names and returns the user after it; null when there is no such user. One
 * round trip. Fails with the driver's error when a unique constraint refuses an identifier.
 */
export async function updateProfileRow(
  db: Database,
  change: {
    userId: number;
    now: Date;
    actor: string;
    values: ProfileValues;
    /** Whether the caller is the user, whose proofs count. */
    own: boolean;
    context: CallContext;
  },
): Promise<User | null> {
  const { values, context } = change;
  const fields = Object.keys(values);
  const touchesIdentifiers =
    values.username !== undefined || values.email !== undefined || values.phone !== undefined;
  const parameters: Parameter[] = [
    String(change.userId),
    change.now.toISOString(),
    // PostgreSQL's text for an array; the names of our own fields need no quotes.
    `{${fields.join(',')}}`,
    change.actor,
    context.door,
    context.address,
    context.deviceId,
    context.clientId,
    context.userAgent,
    values.nickname ?? null,
    values.realName ?? null,
    values.firstName ?? null,
    values.lastName ?? null,
    values.bio ?? null,
    values.gender ?? null,
    values.avatar ?? null,
    values.locale ?? null,
  ];
  if (touchesIdentifiers) {
    parameters.push(
      values.username?.shown ?? null,
      values.username?.key ?? null,
      values.email?.shown ?? null,
      values.email?.key ?? null,
      values.phone ?? null,
      String(change.own),
    );
  }
  const statement = touchesIdentifiers ? updateIdentifiers : updatePlainProfile;
  const [columns] = await runHot(db.hot, statement, parameters);
  return columns === undefined ? null : readUser(columns, 0);
}
