import {
  createCore,
  type CallContext,
  type Core,
  type CoreSettings,
  type Door,
  type MailMessage,
  type RegisterUser,
  type Registered,
  type UserCaller,
} from '../../src/core';
import { CoreError, type Problem } from '../../src/core/problems';
import type { SmsMessage } from '../../src/core/ports';
import { hashToken } from '../../src/core/hash-token';
import { createAccessTokens } from '../../src/platform/access-tokens';
import { openDatabase, type Connection } from '../../src/platform/database';
import { createPasswords } from '../../src/platform/passwords';
import { createRandomness } from '../../src/platform/randomness';
import { createSigningKeys } from '../../src/platform/signing-keys';
import { createDatabase } from '../support/database';
import { createTestClock, type TestClock } from '../support/gateway';

const tokens = { kind: 'opaque' as const, alphabet: 'abcdefghijklmnopqrstuvwxyz', length: 40 };
const month = 30 * 86_400;

/** One door of each kind that a dialect can declare. */
const doors: readonly Door[] = [
  {
    name: 'web',
    tokens,
    sessions: { accessTokenSeconds: month, sessionSeconds: month, single: false, clearsRecords: [] },
  },
  {
    name: 'single',
    tokens,
    sessions: { accessTokenSeconds: month, sessionSeconds: month, single: true, clearsRecords: ['push'] },
  },
  {
    name: 'sdk',
    tokens,
    sessions: {
      accessTokenSeconds: 7200,
      clientTokenSeconds: 3600,
      sessionSeconds: month,
      single: false,
      refreshToken: { prefix: 'r.', bytes: 32, graceSeconds: 10 },
      clearsRecords: [],
    },
  },
  {
    name: 'keyed',
    tokens,
    apiKeys: { alphabet: '0123456789abcdef', length: 32 },
    sessions: { accessTokenSeconds: month, sessionSeconds: month, single: false, clearsRecords: [] },
  },
];

/** A call through a door, from nowhere in particular. */
export function at(door: string, from: Partial<CallContext> = {}): CallContext {
  return { door, address: null, deviceId: null, clientId: null, userAgent: null, ...from };
}

export interface TestCore {
  core: Core;
  clock: TestClock;
  connection: Connection;
  /** Everything that was sent so far, the oldest first. */
  mails: MailMessage[];
  messages: SmsMessage[];
  /** What happens when something is sent, before it is accepted. */
  sending: { fails: boolean; meanwhile: () => Promise<void> };
  /** The users who have an avatar. */
  images: Set<number>;
  /** What the pictures so far show. */
  pictures: string[];
  warnings: string[];
  /** Work done so far. */
  work: { verified: number; statements: number };
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export interface TestCoreOptions {
  settings?: Partial<CoreSettings>;
  connection?: Connection;
  clock?: TestClock;
  poolSize?: number;
}

/** A core with real storage and passwords, and everything else within reach of the test. */
export async function startCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const made = options.connection === undefined ? await createDatabase() : undefined;
  const connection = options.connection ?? (made as { connection: Connection }).connection;
  const database = openDatabase(connection, {
    poolSize: options.poolSize ?? 10,
    onIdleError: () => undefined,
  });
  const clock = options.clock ?? createTestClock();
  const randomness = createRandomness();
  const mails: MailMessage[] = [];
  const messages: SmsMessage[] = [];
  const images = new Set<number>();
  const pictures: string[] = [];
  const warnings: string[] = [];
  const sending = { fails: false, meanwhile: () => Promise.resolve() };
  const work = { verified: 0, statements: 0 };
  database.knex.on('query', () => {
    work.statements += 1;
  });
  const passwords = createPasswords();
  const accept = async <Message>(message: Message, box: Message[]): Promise<void> => {
    await sending.meanwhile();
    if (sending.fails) throw new Error('not accepted');
    box.push(message);
  };
  const core = createCore({
    db: database,
    clock: () => clock.now(),
    tokens: createAccessTokens(doors, {
      keys: createSigningKeys(database, doors, {
        clock: () => clock.now(),
        randomness,
        onReloadFailure: () => undefined,
      }),
      randomness,
    }),
    passwords: {
      hash: (password) => passwords.hash(password),
      verify: (password, stored) => {
        work.verified += 1;
        return passwords.verify(password, stored);
      },
    },
    mailer: { send: (message) => accept(message, mails) },
    sms: { send: (message) => accept(message, messages) },
    captchaImages: {
      draw: async (text, format) => {
        pictures.push(text);
        return Buffer.from(format);
      },
    },
    avatars: {
      put: async (userId) => {
        images.add(userId);
        return `uploads/${userId}.webp`;
      },
      remove: async (userId) => {
        images.delete(userId);
      },
    },
    randomness,
    doors: new Map(doors.map((door) => [door.name, door])),
    settings: {
      phoneRegion: 'CN',
      requireVerifiedContact: false,
      contactHoldHours: 0,
      linkOrigins: ['https://app.example.com'],
      publicUrl: 'https://id.example.com',
      ...options.settings,
    },
    log: { warn: (_details, message) => warnings.push(message) },
  });
  return {
    core,
    clock,
    connection,
    mails,
    messages,
    sending,
    images,
    pictures,
    warnings,
    work,
    sql: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await database.hot.query<Row>(text, values)).rows,
    stop: async () => {
      await database.close();
      await made?.drop();
    },
  };
}

/** The problem that a call ends with; undefined when it succeeds. */
export async function problemOf(call: Promise<unknown>): Promise<Problem | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof CoreError) return error.problem;
    throw error;
  }
}

/** The user behind an access token, as the host finds them. */
export async function callerOf(
  { core }: TestCore,
  signedIn: Pick<Registered, 'grant'>,
  door: string,
): Promise<UserCaller> {
  const reference = { tokenHash: hashToken(signedIn.grant?.accessToken ?? '') };
  const caller = await core.authenticate({ reference }, at(door));
  if (caller.kind !== 'user') throw new Error('a program answered');
  return caller;
}

/** Somebody new, signed in at `door`. */
export async function newcomer(
  test: TestCore,
  command: Omit<RegisterUser, 'signIn'>,
  door = 'web',
): Promise<UserCaller> {
  return callerOf(test, await test.core.registerUser({ ...command, signIn: true }, at(door)), door);
}

/** Signs in by password at `door`. */
export async function signedIn(
  test: TestCore,
  identifier: string,
  password: string,
  door = 'web',
): Promise<UserCaller> {
  return callerOf(test, await test.core.signIn({ identifier, password }, at(door)), door);
}

/** Whether a session is still good. */
export async function stateOf({ core }: TestCore, caller: UserCaller): Promise<string> {
  const { id: sessionId, userId, dialect } = caller.session;
  const problem = await problemOf(core.authenticate({ reference: { sessionId, userId } }, at(dialect)));
  if (problem === undefined) return 'good';
  return problem.code === 'access_token_rejected' ? problem.reason : problem.code;
}

/** The newest code that went to this address or number. */
export function codeTo({ mails, messages }: TestCore, to: string): string {
  const sent = [...mails, ...messages].filter((message) => message.to === to).pop();
  if (sent?.kind !== 'verification_code') throw new Error(`no code went to ${to}`);
  return sent.code;
}

/** The token in the newest link that went to this address. */
export function linkTokenTo({ mails }: TestCore, to: string): string {
  const sent = mails.filter((message) => message.to === to).pop();
  const link = sent?.kind === 'verification_code' ? sent.link : undefined;
  return new URL(link ?? 'https://none').searchParams.get('token') ?? '';
}

/** Shows that an address or a number is the caller's, as `requestCode` and `redeemCode` do, and returns the proof. */
export async function prove(
  test: TestCore,
  contact: { email: string } | { phone: string },
  by: { caller?: UserCaller; context?: CallContext } = {},
): Promise<string> {
  const context = by.context ?? at('sdk');
  test.clock.advance(61);
  const { verificationId } = await test.core.requestCode(
    { caller: by.caller ?? null, purpose: 'prove', target: contact, audience: 'anyone', language: 'en' },
    context,
  );
  const code = codeTo(test, 'email' in contact ? contact.email : contact.phone);
  return (await test.core.redeemCode({ verificationId, code }, context)).proofToken;
}

export async function sudo({ core }: TestCore, caller: UserCaller, password: string): Promise<string> {
  return (await core.confirmCaller({ caller, credential: { password } }, at(caller.session.dialect)))
    .sudoToken;
}

export async function actionsOf({ core }: TestCore, userId: number): Promise<string[]> {
  const { entries } = await core.listHistory({ userId, limit: 100 }, at('operator'));
  return entries.map((entry) => entry.action).reverse();
}
