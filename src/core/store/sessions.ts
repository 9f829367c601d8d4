import type { EndedReason, JsonObject, Session, User } from '../model';
import type { CallContext } from '../operations';
import type { Database, Queries } from './database';
import { runHot } from './hot-statement';
import { readTimestamp } from './timestamps';
import { readUser, userColumns } from './user-rows';

/** What comes before the columns of the user. */
const sessionColumns = [
  's.id AS session_id',
  's.dialect',
  's.created_at AS session_created_at',
  's.expires_at',
  's.ended_reason',
  's.device_id',
  's.client_id',
  'u.deleted_at',
  'e.data AS extension',
];

/** Everything that a request needs to know about who is calling, in one round trip. */
function callerText(condition: string): string {
  return `
    SELECT ${sessionColumns.join(', ')}, ${userColumns('u')}
    FROM sessions s
    JOIN users u ON u.id = s.user_id
    LEFT JOIN extensions e ON e.user_id = s.user_id AND e.dialect = s.dialect
    WHERE ${condition}`;
}

export const callerBySession = { name: 'caller_by_session', text: callerText('s.id = $1') };
export const callerByToken = { name: 'caller_by_token', text: callerText('s.token_hash = $1') };

export interface FoundCaller {
  user: User;
  session: Session;
  extension: JsonObject | null;
  endedReason: EndedReason | null;
  userDeleted: boolean;
}

/** The session of a token with its user, ended ones included; null when no session ever had it. */
export async function findCaller(
  db: Database,
  reference: { sessionId: string; userId?: number } | { tokenHash: Buffer },
): Promise<FoundCaller | null> {
  const rows = await ('tokenHash' in reference
    ? runHot(db.hot, callerByToken, [reference.tokenHash])
    : runHot(db.hot, callerBySession, [reference.sessionId]));
  const columns = rows[0];
  if (columns === undefined) return null;
  const user = readUser(columns, sessionColumns.length);
  if ('sessionId' in reference && (reference.userId ?? user.id) !== user.id) return null;
  const [id, dialect, createdAt, expiresAt, endedReason, deviceId, clientId, deletedAt, extension] = columns;
  return {
    user,
    session: {
      id: id ?? '',
      userId: user.id,
      dialect: dialect ?? '',
      createdAt: readTimestamp(createdAt ?? ''),
      expiresAt: readTimestamp(expiresAt ?? ''),
      deviceId: deviceId ?? null,
      clientId: clientId ?? null,
    },
    extension: typeof extension === 'string' ? (JSON.parse(extension) as JsonObject) : null,
    endedReason: (endedReason ?? null) as EndedReason | null,
    userDeleted: typeof deletedAt === 'string',
  };
}

/** Why a session ended; null while it has not. A session that is not there any more was removed with its user. */
export async function findSessionEnd(queries: Queries, id: string): Promise<EndedReason | null> {
  const row = await queries('sessions')
    .select<{ ended_reason: EndedReason | null }[]>('ended_reason')
    .where({ id })
    .first();
  return row === undefined ? 'revoked' : row.ended_reason;
}

export async function insertSession(
  queries: Queries,
  session: Session,
  details: { tokenHash: Buffer | null; context: CallContext },
): Promise<void> {
  await queries('sessions').insert({
    id: session.id,
    user_id: session.userId,
    dialect: session.dialect,
    token_hash: details.tokenHash,
    created_at: session.createdAt,
    expires_at: session.expiresAt,
    device_id: session.deviceId,
    client_id: session.clientId,
    address: details.context.address,
    user_agent: details.context.userAgent,
  });
}

/** Ends the live sessions that `which` names; returns the dialect of each. */
export async function endSessions(
  queries: Queries,
  which: { id?: string; userId?: number; dialect?: string; deviceId?: string; exceptId?: string },
  ended: { at: Date; reason: EndedReason },
): Promise<string[]> {
  const query = queries('sessions').whereNull('ended_at');
  if (which.id !== undefined) void query.where('id', which.id);
  if (which.userId !== undefined) void query.where('user_id', which.userId);
  if (which.dialect !== undefined) void query.where('dialect', which.dialect);
  if (which.deviceId !== undefined) void query.where('device_id', which.deviceId);
  if (which.exceptId !== undefined) void query.whereNot('id', which.exceptId);
  const rows = await query
    .update({ ended_at: ended.at, ended_reason: ended.reason })
    .returning<{ dialect: string }[]>('dialect');
  return rows.map(({ dialect }) => dialect);
}

/** Removes the sessions of a user at a door, with their refresh tokens, whose time passed before `before`. */
export async function removeOldSessions(
  queries: Queries,
  which: { userId: number; dialect: string },
  before: Date,
): Promise<void> {
  await queries('sessions')
    .where({ user_id: which.userId, dialect: which.dialect })
    .where('expires_at', '<', before)
    .delete();
}

/** Moves the end of a session forward, never back, and lets it be found by a new opaque token, if it has one. */
export async function prolongSession(
  queries: Queries,
  id: string,
  until: Date,
  tokenHash: Buffer | null,
): Promise<void> {
  await queries('sessions')
    .where({ id })
    .update({
      expires_at: queries.raw('greatest(expires_at, ?::timestamptz)', [until]),
      ...(tokenHash === null ? {} : { token_hash: tokenHash }),
    });
}

export async function insertRefreshToken(
  queries: Queries,
  token: { tokenHash: Buffer; sessionId: string; now: Date },
): Promise<void> {
  await queries('refresh_tokens').insert({
    token_hash: token.tokenHash,
    session_id: token.sessionId,
    created_at: token.now,
  });
}

/** Finds a refresh token and holds its row until the transaction ends, so that one call rotates it and the next sees that. */
export async function lockRefreshToken(
  queries: Queries,
  tokenHash: Buffer,
): Promise<{ sessionId: string; rotatedAt: Date | null } | null> {
  const row = (await queries('refresh_tokens')
    .select('session_id', 'rotated_at')
    .where({ token_hash: tokenHash })
    .forUpdate()
    .first()) as { session_id: string; rotated_at: Date | null } | undefined;
  return row === undefined ? null : { sessionId: row.session_id, rotatedAt: row.rotated_at };
}

export async function markRefreshTokenRotated(queries: Queries, tokenHash: Buffer, now: Date): Promise<void> {
  await queries('refresh_tokens').where({ token_hash: tokenHash }).update({ rotated_at: now });
}

/** Removes the tokens of a session that were rotated before `before`, but for one that another call has in hand. */
export async function removeOldRefreshTokens(
  queries: Queries,
  sessionId: string,
  before: Date,
): Promise<void> {
  const free = queries('refresh_tokens')
    .select('token_hash')
    .where({ session_id: sessionId })
    .where('rotated_at', '<', before)
    .forUpdate()
    .skipLocked();
  await queries('refresh_tokens').whereIn('token_hash', free).delete();
}
