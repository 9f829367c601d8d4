import type { OperationName } from '../../src/core';
import type { Speakable } from '../../src/dialect';
import type { Person } from '../support/people';

/** What earlier answers gave, by the names under which translations leave it blank. */
export type Handed = Readonly<Record<string, string>>;

/** What is done, to whom, in core words. */
export interface Story {
  operation: OperationName;
  title: string;
  /** `stranger`: somebody whom nobody knows yet. `known`: a user without a session. `signedIn`: one with a session. */
  person: 'stranger' | 'known' | 'signedIn';
  /** Whether a code or a captcha was asked for before, and to what end; the command may name what it gave. */
  earlier?: 'register' | 'recover' | 'change' | 'sudo' | 'sudoAndChange' | 'captcha';
  command(person: Person, fresh: Person, handed: Handed): object;
}

/** A story of an operation; the two steps let the first settle what the second may say. */
const story =
  <O extends OperationName>(operation: O) =>
  (
    title: string,
    person: Story['person'],
    command: (person: Person, fresh: Person, handed: Handed) => Speakable<O>,
    earlier?: Story['earlier'],
  ): Story => ({ operation, title, person, command, ...(earlier !== undefined && { earlier }) });

const given = (handed: Handed, name: string): string => handed[name] ?? 'nothing was handed on';
const newPassword = 'Changed_1';

/** Every operation that is for clients, in the ways in which wires ask for it. */
export const stories: readonly Story[] = [
  ...[true, false].map((signIn) =>
    story('registerUser')(`with everything${signIn ? ' and a session' : ''}`, 'stranger', (p) => ({
      username: p.username,
      email: p.email,
      phone: p.phone,
      password: p.password,
      profile: { nickname: p.nickname },
      signIn,
    })),
  ),
  story('registerUser')('with an address alone', 'stranger', (p) => ({
    username: p.username,
    email: p.email,
    password: p.password,
    profile: { realName: 'Real Name' },
    signIn: true,
  })),
  story('registerUser')(
    'with a proven address',
    'stranger',
    (p, _, handed) => ({
      email: p.email,
      username: p.username,
      password: p.password,
      profile: { nickname: p.nickname, gender: 'female' },
      proof: { proofToken: given(handed, '<proof token>') },
      signIn: true,
    }),
    'register',
  ),
  story('registerUser')(
    'with the code of an address',
    'stranger',
    (p, _, handed) => ({
      email: p.email,
      password: p.password,
      proof: { code: given(handed, '<code>') },
      generatedUsername: { prefix: 'em_', length: 20, asNickname: true },
      signIn: false,
    }),
    'register',
  ),
  story('signIn')('by user name', 'known', (p) => ({ identifier: p.username, password: p.password })),
  story('signIn')('by phone number', 'known', (p) => ({ identifier: p.phone, password: p.password })),
  story('signIn')(
    'with what a picture shows',
    'known',
    (p, _, handed) => ({
      identifier: p.username,
      password: p.password,
      captcha: {
        when: 'always',
        answer: { captchaId: given(handed, '<captcha>'), text: given(handed, '<captcha text>') },
      },
    }),
    'captcha',
  ),
  story('refreshSession')('with a refresh token', 'signedIn', () => ({
    refreshToken: 'm.some-refresh-token',
  })),
  story('signOut')('of the session', 'signedIn', () => ({})),
  story('signOut')('by name', 'signedIn', (p) => ({ identifier: p.username })),
  story('getProfile')('of oneself', 'signedIn', () => ({})),
  story('updateProfile')('of the user name', 'signedIn', (_, f) => ({ changes: { username: f.username } })),
  story('updateProfile')('of the nickname', 'signedIn', () => ({ changes: { nickname: 'Changed' } })),
  story('updateProfile')('of the real name', 'signedIn', () => ({ changes: { realName: 'Changed' } })),
  story('updateProfile')('of the description', 'signedIn', () => ({ changes: { bio: 'Changed' } })),
  story('updateProfile')('of the gender', 'signedIn', () => ({ changes: { gender: 'male' } })),
  story('updateProfile')('of the address', 'signedIn', (_, f) => ({ changes: { email: f.email } })),
  story('updateProfile')('of the phone number', 'signedIn', (_, f) => ({ changes: { phone: f.phone } })),
  story('updateProfile')('of the picture', 'signedIn', () => ({
    changes: { avatar: 'https://example.com/a.png' },
  })),
  story('updateProfile')('of several fields', 'signedIn', (_, f) => ({
    changes: { username: f.username, bio: 'Changed', email: f.email },
  })),
  story('updateProfile')('of more fields', 'signedIn', (_, f) => ({
    changes: { username: f.username, nickname: 'Changed', email: f.email, gender: 'male' },
  })),
  story('replaceAvatar')('by an upload', 'signedIn', () => ({ image: Buffer.from('replaced by the test') })),
  story('requestEmailChange')('to another address', 'signedIn', (_, f) => ({
    email: f.email,
    language: 'en',
  })),
  story('changeEmail')(
    'with the code',
    'signedIn',
    (_, f, handed) => ({ email: f.email, code: given(handed, '<code>') }),
    'change',
  ),
  story('listPublicKeys')('as anybody', 'known', () => ({})),
  story('signInAnonymously')('on a device', 'stranger', () => ({})),
  ...(['email', 'phone'] as const).flatMap((kind) => [
    story('requestCode')(`to register by ${kind}`, 'stranger', (p) => ({
      purpose: 'register',
      target: kind === 'email' ? { email: p.email } : { phone: p.phone },
      audience: 'unregistered',
      language: 'en',
    })),
    story('requestCode')(`to recover by ${kind}`, 'known', (p) => ({
      purpose: 'recover',
      target: kind === 'email' ? { email: p.email } : { phone: p.phone },
      audience: 'registered',
      language: 'en',
    })),
    story('requestCode')(`to prove somebody's ${kind}`, 'known', (p) => ({
      purpose: 'prove',
      target: kind === 'email' ? { email: p.email } : { phone: p.phone },
      audience: 'registered',
      language: 'en',
    })),
    story('requestCode')(`to prove a new ${kind}`, 'stranger', (p) => ({
      purpose: 'prove',
      target: kind === 'email' ? { email: p.email } : { phone: p.phone },
      audience: 'anyone',
      language: 'en',
    })),
  ]),
  story('redeemCode')(
    'of an address',
    'stranger',
    (_p, _f, handed) => ({
      verificationId: given(handed, '<verification id>'),
      code: given(handed, '<code>'),
    }),
    'register',
  ),
  story('signInByProof')(
    'of an address',
    'known',
    (_p, _f, handed) => ({ proofToken: given(handed, '<proof token>') }),
    'recover',
  ),
  story('verifyEmailByLink')(
    'of an address',
    'known',
    (p, _f, handed) => ({ email: p.email, proofToken: given(handed, '<proof token>') }),
    'recover',
  ),
  story('checkLink')(
    'of an address',
    'known',
    (p, _f, handed) => ({ email: p.email, proofToken: given(handed, '<proof token>'), use: 'recover' }),
    'recover',
  ),
  story('recoverPassword')(
    'with a proof',
    'known',
    (p, _f, handed) => ({
      contact: { email: p.email },
      proof: { proofToken: given(handed, '<proof token>') },
      password: newPassword,
    }),
    'recover',
  ),
  story('recoverPassword')(
    'with a code',
    'known',
    (p, _f, handed) => ({
      contact: { email: p.email },
      proof: { code: given(handed, '<code>') },
      password: newPassword,
    }),
    'recover',
  ),
  story('changeContact')(
    'of the address',
    'signedIn',
    (_, f, handed) => ({
      contact: { email: f.email },
      sudoToken: given(handed, '<sudo token>'),
      proofToken: given(handed, '<proof token>'),
      onConflict: 'refuse',
    }),
    'sudoAndChange',
  ),
  story('identifierExists')('by address', 'known', (p) => ({ identifier: p.email })),
  story('identifierExists')('by user name', 'known', (p) => ({ identifier: p.username })),
  story('queryUsers')('by user name', 'signedIn', (_, f) => ({ username: f.username })),
  story('queryUsers')('by any identifier', 'signedIn', (_, f) => ({ identifier: f.email })),
  story('confirmCaller')('by password', 'signedIn', (p) => ({ credential: { password: p.password } })),
  story('changePassword')('with the old one', 'signedIn', (p) => ({
    password: newPassword,
    authority: { oldPassword: p.password },
  })),
  story('changePassword')(
    'once confirmed',
    'signedIn',
    (_p, _f, handed) => ({ password: newPassword, authority: { sudoToken: given(handed, '<sudo token>') } }),
    'sudo',
  ),
  story('deleteUser')(
    'once confirmed',
    'signedIn',
    (_p, _f, handed) => ({ sudoToken: given(handed, '<sudo token>') }),
    'sudo',
  ),
  story('signOutEverywhere')('at once', 'signedIn', () => ({})),
  story('signOutDevice')('of one device', 'signedIn', () => ({ deviceId: 'device-0123456789' })),
  story('listHistory')('of oneself', 'signedIn', () => ({ userId: 0, limit: 10 })),
  story('createCaptcha')('as a picture', 'known', () => ({ format: 'gif' })),
  story('createCaptcha')('as another picture', 'known', () => ({ format: 'png' })),
  story('checkCaptcha')('by its text', 'known', () => ({ captchaId: 'abcdefghij0123456789', text: 'ab12' })),
  story('signInClient')('with a secret', 'known', () => ({ clientId: 'a-program', secret: 'a-secret' })),
  ...(['push_token', 'group'] as const).flatMap((kind) => [
    story('putRecord')(`of the kind ${kind}`, 'signedIn', () => ({
      kind,
      data: { push_token: 'a-token', language: 'en' },
    })),
    story('listRecords')(`of the kind ${kind}`, 'signedIn', () => ({ kind, shared: kind === 'group' })),
    story('removeRecords')(`of the kind ${kind}`, 'signedIn', () => ({ kind })),
    story('updateRecord')(`of the kind ${kind}`, 'signedIn', () => ({
      kind,
      id: 1000,
      data: { push_token: 'a-token', language: 'en' },
    })),
  ]),
];
