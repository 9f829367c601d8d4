import { sampleToken } from '../contract';
import type { OperationName, Profile, Result, User } from '../core';
import type { Declaration } from '../dialect';
import type { Facts } from './effects';
import type { Fields } from './identify';
import { sampleTime, standInCaller, standInGrant, standInUser } from './stand-in';

export interface ResultContext {
  declaration: Declaration;
  command: Fields;
  /** What the call sets. */
  facts: Facts;
  /** Data of a record of the kind that the command speaks of. */
  recordData: (kind: string) => readonly Readonly<Record<string, never>>[];
}

const editable: readonly (keyof Profile)[] = [
  'username',
  'nickname',
  'realName',
  'firstName',
  'lastName',
  'bio',
  'gender',
  'email',
  'phone',
  'avatar',
  'locale',
];

/** The user of the samples, with what the call sets. */
function userOf(facts: Facts): User {
  const user = {
    ...standInUser,
    username: 'ada_lovelace',
    nickname: 'Ada',
    firstName: '',
    lastName: '',
    email: 'ada@example.com',
    phone: '+8613800138000',
  };
  const set = Object.fromEntries(
    Object.entries(facts).filter(([name]) => editable.includes(name as keyof Profile)),
  );
  return { ...user, ...set, avatar: 'uploads/1000.webp' };
}

type Samples = { readonly [O in OperationName]?: (context: ResultContext) => Result<O> };

const record = (context: ResultContext) => ({ user: userOf(context.facts), extension: null });
const entered = (context: ResultContext) => ({
  ...record(context),
  grant: standInGrant(context.declaration),
});
const nothing = (): Record<string, never> => ({});
const fifteenMinutes = 900;

/** A good result of every operation that a client can ask for. */
const samples: Samples = {
  registerUser: (context) => ({
    ...record(context),
    grant: context.command['signIn'] === true ? standInGrant(context.declaration) : null,
  }),
  signIn: entered,
  refreshSession: entered,
  signInByProof: entered,
  verifyEmailByLink: entered,
  signInAnonymously: (context) => ({
    ...entered(context),
    user: { ...standInUser, firstName: '', lastName: '', kind: 'anonymous' },
  }),
  signOut: nothing,
  signOutEverywhere: nothing,
  signOutDevice: nothing,
  deleteUser: nothing,
  requestEmailChange: nothing,
  removeRecords: nothing,
  getProfile: record,
  updateProfile: record,
  changeEmail: record,
  changePassword: record,
  changeContact: record,
  recoverPassword: record,
  checkLink: record,
  replaceAvatar: () => ({ avatar: 'uploads/1000.webp' }),
  listPublicKeys: () => ({
    keys: [{ kty: 'RSA', kid: 'key-id', alg: 'RS256', use: 'sig', n: 'modulus', e: 'AQAB' }],
  }),
  requestCode: ({ command }) => ({
    verificationId: '<verification id>',
    expiresInSeconds: 600,
    registered: command['audience'] === 'registered',
  }),
  redeemCode: () => ({ proofToken: '<proof token>', expiresInSeconds: 600 }),
  identifierExists: () => ({ userId: standInUser.id }),
  queryUsers: () => ({
    users: [
      {
        user: { ...userOf({}), id: standInUser.id + 1 },
        extension: null,
        shows: { email: true, phone: true },
      },
    ],
    caller: standInCaller(),
  }),
  confirmCaller: () => ({ sudoToken: '<sudo token>', expiresInSeconds: fifteenMinutes }),
  listHistory: () => ({
    entries: [
      {
        id: '1',
        at: sampleTime,
        action: 'signed_in',
        fields: [],
        actor: `user:${standInUser.id}`,
        door: '<dialect>',
        address: '192.0.2.1',
        deviceId: null,
        clientId: null,
        userAgent: null,
      },
    ],
  }),
  createCaptcha: () => ({ captchaId: '<captcha>', image: Buffer.alloc(0), expiresInSeconds: 300 }),
  checkCaptcha: () => ({ captchaPass: '<captcha pass>', expiresInSeconds: fifteenMinutes }),
  signInClient: ({ declaration }) => ({
    accessToken: sampleToken(declaration.accessToken.format),
    accessTokenExpiresAt: standInGrant(declaration).accessTokenExpiresAt,
  }),
  putRecord: ({ command }) => ({
    id: 1,
    userId: standInUser.id,
    data: command['data'] as Record<string, never>,
  }),
  updateRecord: ({ command }) => ({
    id: 1,
    userId: standInUser.id,
    data: command['data'] as Record<string, never>,
  }),
  listRecords: ({ command, recordData }) => ({
    records: recordData(String(command['kind'])).map((data, index) => ({
      id: index + 1,
      userId: command['shared'] === true ? null : standInUser.id,
      data,
    })),
    caller: standInCaller(),
  }),
};

/** A good result of an operation; undefined for one that no client asks for. */
export function sampleResult(operation: OperationName, context: ResultContext): unknown {
  return samples[operation]?.(context);
}
