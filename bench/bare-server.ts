import { createHash, createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { callerBySession, callerByToken } from '../src/core/store/sessions';
import { updatePlainProfile } from '../src/core/store/profile-update';
import { openDatabase, type Connection } from '../src/platform/database';

/**
 * What the gateway is measured against: `node:http` and pg, written by hand for exactly these six calls. The same checks of
 * the same tokens, the same statements through the same driver with the same settings, the same bodies; no host, no
 * core, no validation of fields, no log, no request id, no security headers.
 */
export interface BareStart {
  connection: Connection;
  poolSize: number;
  publicUrl: string;
  /** The secret that signs the tokens of anqicms. */
  secret: Uint8Array;
  /** The key that verifies the tokens of cloudbase, in PEM. */
  publicKey: string;
}

/** The row of `callerBySession` and `callerByToken`. */
interface Row {
  id: number;
  username: string;
  nickname: string;
  real_name: string;
  first_name: string;
  last_name: string;
  bio: string;
  gender: string | null;
  email: string;
  email_verified_at: Date | null;
  phone: string;
  avatar: string;
  role: string;
  status: string;
  created_at: Date;
  updated_at: Date;
  password_updated_at: Date | null;
  last_sign_in_at: Date;
  dialect: string;
  expires_at: Date;
  ended_reason: string | null;
  deleted_at: Date | null;
  extension: { group_id: number; parent_id: number; url_token: string } | null;
}

type Statement = { name: string; text: string; values: unknown[] };

interface Call {
  dialect: string;
  token(request: IncomingMessage): string;
  caller(token: string): Statement | undefined;
  /** A read: the body. */
  show?(row: Row): unknown;
  /** An update: which parameter takes which member, and the body. */
  write?: { field: string; member: string; parameter: number; body: string };
}

const seconds = (time: Date | null): number => (time === null ? 0 : Math.floor(time.getTime() / 1000));

function createCalls({ publicUrl, secret, publicKey }: BareStart): ReadonlyMap<string, Call> {
  const rsaKey = createPublicKey(publicKey);
  const verified = new Map<string, { session: string; expiresAt: number }>();

  function bySession(
    token: string,
    isSigned: (signed: string, signature: Buffer) => boolean,
    expiry: (claims: Record<string, unknown>) => number,
  ): Statement | undefined {
    let known = verified.get(token);
    if (known === undefined) {
      const dot = token.lastIndexOf('.');
      const signed = token.slice(0, dot);
      if (!isSigned(signed, Buffer.from(token.slice(dot + 1), 'base64url'))) return undefined;
      const payload = Buffer.from(signed.slice(signed.indexOf('.') + 1), 'base64url').toString();
      const claims = JSON.parse(payload) as Record<string, unknown>;
      known = { session: claims.sid as string, expiresAt: expiry(claims) * 1000 };
      verified.set(token, known);
    }
    return known.expiresAt > Date.now() ? { ...callerBySession, values: [known.session] } : undefined;
  }

  const anqicms = {
    dialect: 'anqicms',
    token: (request: IncomingMessage) => String(request.headers.token),
    caller: (token: string) =>
      bySession(
        token,
        (signed, signature) =>
          timingSafeEqual(createHmac('sha256', secret).update(signed).digest(), signature),
        ({ t }) => Number(t),
      ),
  };
  const cloudbase = {
    dialect: 'cloudbase',
    token: (request: IncomingMessage) => String(request.headers.authorization).slice('Bearer '.length),
    caller: (token: string) =>
      bySession(
        token,
        (signed, signature) => verify('RSA-SHA256', Buffer.from(signed), rsaKey, signature),
        ({ exp }) => Number(exp),
      ),
  };
  const lancens = {
    dialect: 'lancens',
    token: (request: IncomingMessage) => String(request.headers.token),
    caller: (token: string) => ({
      ...callerByToken,
      values: [createHash('sha256').update(token).digest()],
    }),
  };

  return new Map<string, Call>([
    [
      'GET /api/user/detail',
      {
        ...anqicms,
        show: (row) => ({
          code: 0,
          data: {
            id: row.id,
            created_time: seconds(row.created_at),
            updated_time: seconds(row.updated_at),
            parent_id: row.extension?.parent_id ?? 0,
            user_name: row.username,
            url_token: row.extension?.url_token ?? row.username.replace('_', '-'),
            real_name: row.real_name,
            first_name: row.first_name,
            last_name: row.last_name,
            birthday: 0,
            avatar_url: row.avatar,
            introduce: row.bio,
            email: row.email,
            email_verified: row.email_verified_at !== null,
            phone: row.phone.slice('+86'.length),
            group_id: row.extension?.group_id ?? 1,
            google_id: '',
            reset_password: row.password_updated_at === null,
            status: row.status === 'active' ? 1 : 0,
            is_retailer: 0,
            balance: 0,
            total_reward: 0,
            invite_code: crc32(String(row.id)).toString(36),
            last_login: seconds(row.last_sign_in_at),
            expire_time: 0,
            extra: null,
            token: '',
            group: null,
            full_avatar_url: row.avatar === '' ? '' : `${publicUrl}/${row.avatar}`,
            link: `${publicUrl}/people/${String(row.id)}.html`,
          },
          msg: '',
        }),
      },
    ],
    [
      'POST /api/user/detail',
      {
        ...anqicms,
        write: { field: 'realName', member: 'real_name', parameter: 10, body: '{"code":0,"msg":"保存成功"}' },
      },
    ],
    [
      'GET /auth/v1/user/me',
      {
        ...cloudbase,
        show: (row) => ({
          sub: String(row.id),
          user_id: String(row.id),
          name: row.nickname,
          picture: row.avatar === '' ? undefined : `${publicUrl}/${row.avatar}`,
          username: row.username,
          email: row.email,
          email_verified: row.email_verified_at !== null,
          phone_number: `+86 ${row.phone.slice('+86'.length)}`,
          gender: row.gender?.toUpperCase(),
          user_desc: row.bio,
          providers: [],
          groups: [],
          status: row.status.toUpperCase(),
          created_at: row.created_at.toISOString(),
          updated_at: row.updated_at.toISOString(),
          password_updated_at: row.password_updated_at?.toISOString(),
          last_login: row.last_sign_in_at.toISOString(),
          has_password: row.password_updated_at !== null,
          internal_user_type: row.role === 'admin' ? 'administrator' : 'generalUser',
        }),
      },
    ],
    [
      'POST /auth/v1/user/basic/edit',
      { ...cloudbase, write: { field: 'nickname', member: 'nickname', parameter: 9, body: '{}' } },
    ],
    [
      'GET /v1/api/user',
      {
        ...lancens,
        show: (row) => ({
          id: row.id,
          username: row.username,
          realm: row.nickname,
          email: row.email,
          phone: row.phone.slice('+86'.length),
        }),
      },
    ],
    [
      'PUT /v1/api/user',
      {
        ...lancens,
        write: { field: 'nickname', member: 'realm', parameter: 9, body: '{"message":"success"}' },
      },
    ],
  ]);
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      resolve(Buffer.concat(chunks).toString());
    });
    request.on('error', reject);
  });
}

function start(options: BareStart): void {
  const calls = createCalls(options);
  const { hot } = openDatabase(options.connection, {
    poolSize: options.poolSize,
    onIdleError: (error) => {
      throw error;
    },
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = calls.get(`${String(request.method)} ${String(request.url)}`);
    const statement = call?.caller(call.token(request));
    if (call === undefined || statement === undefined) {
      answer(response, 401, '{}');
      return;
    }
    const row = (await hot.query<Row>(statement)).rows[0];
    if (
      row?.dialect !== call.dialect ||
      row.deleted_at !== null ||
      row.status === 'blocked' ||
      row.ended_reason !== null ||
      row.expires_at.getTime() <= Date.now()
    ) {
      answer(response, 401, '{}');
      return;
    }
    if (call.write === undefined) {
      answer(response, 200, JSON.stringify(call.show?.(row)));
      return;
    }
    const { field, member, parameter, body } = call.write;
    const wanted = JSON.parse(await readBody(request)) as Record<string, unknown>;
    const values: unknown[] = [
      row.id,
      new Date(),
      [field],
      `user:${row.id}`,
      call.dialect,
      request.socket.remoteAddress ?? null,
      null,
      null,
      request.headers['user-agent'] ?? null,
      ...Array<null>(8).fill(null),
    ];
    values[parameter] = wanted[member];
    const changed = await hot.query({ ...updatePlainProfile, values });
    answer(response, changed.rowCount === 1 ? 200 : 404, body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      answer(response, 500, JSON.stringify({ error: String(error) }));
    });
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
}

process.once('message', (options: BareStart) => {
  start(options);
});
// Whoever started this process is gone.
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
