import { createHash, createHmac, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import type { TokenFormat } from '../src/core';
import type { Foundation } from '../src/foundation';

const signInPool = promisify(sign) as (algorithm: string, data: Buffer, key: KeyObject) => Promise<Buffer>;

const firstId = 1000;
const signedAtOnce = 64;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function toUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Users of whom every second came through anqicms, with a session of each at every door. */
export async function seedUsers(pool: Pool, users: number, doors: readonly string[]): Promise<void> {
  const last = firstId + users - 1;
  const client = await pool.connect();
  try {
    await client.query('SET synchronous_commit = off');
    await client.query(
      `INSERT INTO users (id, username, username_key, nickname, real_name, first_name, last_name, bio, gender,
         email, email_key, email_verified_at, email_origin, email_set_at, phone, phone_origin, phone_set_at, avatar,
         password_updated_at, created_at, updated_at, last_sign_in_at)
       SELECT n, 'person_' || n, 'person_' || n, 'Nick ' || n, '张伟' || n, '', '', 'Lives in town ' || n % 500,
         CASE n % 3 WHEN 0 THEN 'male' WHEN 1 THEN 'female' END,
         'person_' || n || '@example.com', 'person_' || n || '@example.com',
         CASE WHEN n % 2 = 0 THEN now() END, 'registration', now(),
         '+86' || 13800000000 + n, 'registration', now(),
         CASE WHEN n % 2 = 0 THEN 'uploads/avatars/' || n || '.webp' ELSE '' END,
         now(), now() - interval '1 day' * (n % 900), now(), now()
       FROM generate_series($1::int, $2::int) AS n`,
      [firstId, last],
    );
    await client.query(
      `INSERT INTO extensions (user_id, dialect, data)
       SELECT n, 'anqicms', jsonb_build_object('group_id', 1, 'parent_id', 0, 'url_token', 'person' || n)
       FROM generate_series($1::int, $2::int) AS n WHERE n % 2 = 0`,
      [firstId, last],
    );
    for (const door of doors) {
      await client.query(
        `INSERT INTO sessions (id, user_id, dialect, token_hash, created_at, expires_at, address, user_agent)
         SELECT md5($3::text || ' session ' || n)::uuid, n, $3::text,
           CASE WHEN $4 THEN sha256(convert_to(md5($3::text || ' token ' || n), 'UTF8')) END,
           now(), now() + interval '30 days', '127.0.0.1', 'bench'
         FROM generate_series($1::int, $2::int) AS n`,
        [firstId, last, door, door === 'lancens'],
      );
    }
    for (const table of ['users', 'sessions', 'extensions']) await client.query(`VACUUM ANALYZE ${table}`);
    await client.query('CHECKPOINT');
    await client.query('RESET synchronous_commit');
  } finally {
    client.release();
  }
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

type JwtFormat = Extract<TokenFormat, { kind: 'jwt' }>;

async function signToken(
  door: string,
  format: JwtFormat,
  { id, key }: { id: string; key: KeyObject },
  userId: number,
): Promise<string> {
  const issuedAt = new Date();
  const claims = format.claims({
    session: { id: toUuid(md5(`${door} session ${String(userId)}`)), userId, clientId: null },
    user: { id: userId, kind: 'person', email: null, emailVerifiedAt: null },
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + (format.alg === 'RS256' ? 7_200_000 : 2_592_000_000)),
  });
  const header =
    format.alg === 'RS256' ? { alg: format.alg, typ: 'JWT', kid: id } : { alg: format.alg, typ: 'JWT' };
  const signed = `${base64url(header)}.${base64url(claims)}`;
  const signature =
    format.alg === 'RS256'
      ? await signInPool('RSA-SHA256', Buffer.from(signed), key)
      : createHmac('sha256', key).update(signed).digest();
  return `${signed}.${signature.toString('base64url')}`;
}

export interface SeededToken {
  userId: number;
  token: string;
}

/** The tokens of a door, one for each user. With RSA that takes about half a millisecond each. */
export async function makeTokens(
  door: string,
  users: number,
  { served, keys }: Pick<Foundation, 'served' | 'keys'>,
): Promise<SeededToken[]> {
  const format = served.find(({ name }) => name === door)?.declaration.accessToken.format;
  if (format === undefined) throw new Error(`${door} is not served`);
  const all = Array.from({ length: users }, (_, index) => firstId + index);
  if (format.kind === 'opaque')
    return all.map((userId) => ({ userId, token: md5(`${door} token ${String(userId)}`) }));
  const key = await keys.current(door);
  const tokens: SeededToken[] = [];
  for (let start = 0; start < all.length; start += signedAtOnce) {
    const group = all.slice(start, start + signedAtOnce);
    tokens.push(
      ...(await Promise.all(
        group.map(async (userId) => ({ userId, token: await signToken(door, format, key, userId) })),
      )),
    );
  }
  return tokens;
}
