import type { Exchange } from '../../../src/contract';
import {
  badPassword,
  badProof,
  badSudo,
  good,
  invalid,
  missing,
  notValid,
  refused,
  success,
  tooManyAttempts,
  wrongPassword,
} from './answers';
import { rowsOf, typesOf, type Call } from './rows';

const sudo: Call = { method: 'POST', path: 'user/sudo', credential: 'own' };
const confirmed = good({ sudo_token: '<sudo token>', expires_in: 900 });

const confirmations: readonly Exchange[] = [
  ...rowsOf(sudo, { kind: 'success', source: 'documented', answer: confirmed }, [
    ['the password gives a sudo token', { password: '<password>' }],
    [
      'a proof of the own proven address gives one too',
      { verification_token: '<proof token>' },
      confirmed,
      { own: { proven: 'email' } },
    ],
    ['beside a password a proof is not looked at', { password: '<password>', verification_token: 'none' }],
  ]),
  ...rowsOf(sudo, { kind: 'error', source: 'documented' }, [
    ['a wrong password is refused, and not as a bad token', { password: 'Wrong_1234' }, wrongPassword],
  ]),
  ...rowsOf(sudo, { kind: 'error', source: 'ours' }, [
    ['a proof that is none is refused', { verification_token: 'none' }, badProof],
    [
      'a proof of the own address that was never proven is refused',
      { verification_token: '<proof token>' },
      badProof,
    ],
    [
      'a proof of another address is refused',
      { verification_token: '<verification token>' },
      badProof,
      { proof: 'redeemed' },
    ],
    [
      'after 10 failures the right password is not looked at',
      { password: '<password>' },
      tooManyAttempts,
      { failures: 10 },
    ],
  ]),
  ...rowsOf(sudo, { kind: 'boundary', source: 'ours' }, [
    ['after 9 failures the right password is good', { password: '<password>' }, confirmed, { failures: 9 }],
    ['a password or a proof is required', {}, missing('password or verification_token')],
    ['an empty password is refused', { password: '' }, badPassword('password')],
    ['an empty proof is refused', { verification_token: '' }, notValid('verification_token')],
  ]),
  ...typesOf(sudo, ['password', 'verification_token']),
];

const change: Call = { method: 'PATCH', path: 'user/password', credential: 'own' };
const bySudo: Call = { ...change, beside: { sudo_token: '<sudo token>' } };
const byOld: Call = { ...change, beside: { old_password: '<password>' } };
const sudoReady = { sudo: true } as const;
const weak = refused(
  400,
  'weak_password',
  4005,
  'new_password must be 8 to 64 characters and at most 72 bytes, with an upper case letter, a lower case letter, a digit and a special character, and without white space at either end',
);
const wrongOld = refused(400, 'invalid_password', 4003, 'Old password is not correct');
const new_password = 'Changed_123';
const unequal = invalid('confirm_password must be the same as new_password');

const passwords: readonly Exchange[] = [
  ...rowsOf(bySudo, { kind: 'success', source: 'client', answer: success, arrange: sudoReady }, [
    ['a sudo token in the body changes the password', { new_password }],
    ['beside a sudo token the old password is not looked at', { new_password, old_password: 'Wrong_1234' }],
  ]),
  ...rowsOf({ ...change, query: { sudo_token: '<sudo token>' } }, { kind: 'success', source: 'documented' }, [
    ['a sudo token in the query changes the password', { new_password }, success, sudoReady],
  ]),
  ...rowsOf(byOld, { kind: 'success', source: 'documented', answer: success }, [
    ['the old password changes the password', { new_password, confirm_password: new_password }],
  ]),
  ...rowsOf(change, { kind: 'error', source: 'documented' }, [
    ['a wrong old password is refused', { old_password: 'Wrong_1234', new_password }, wrongOld],
    ['a weak password is refused', { sudo_token: 'none', new_password: 'weak' }, weak],
  ]),
  ...rowsOf(change, { kind: 'error', source: 'ours' }, [
    ['a sudo token that is none is refused', { sudo_token: 'none', new_password }, badSudo],
    [
      'after 10 failures the right old password is not looked at',
      { old_password: '<password>', new_password },
      tooManyAttempts,
      { failures: 10 },
    ],
  ]),
  ...rowsOf(bySudo, { kind: 'error', source: 'ours', arrange: sudoReady }, [
    ['a sudo token of 15 minutes ago is refused', { new_password }, badSudo, { ...sudoReady, elapsed: 900 }],
  ]),
  ...rowsOf(bySudo, { kind: 'boundary', source: 'documented', answer: success, arrange: sudoReady }, [
    [
      'a sudo token of nearly 15 minutes ago is good',
      { new_password },
      success,
      { ...sudoReady, elapsed: 890 },
    ],
    ['a password of 8 characters is taken', { new_password: 'Abcde_12' }],
    ['a password of 64 characters is taken', { new_password: `Ab1_${'x'.repeat(60)}` }],
  ]),
  ...rowsOf(
    { ...change, beside: { sudo_token: 'none' } },
    { kind: 'boundary', source: 'documented', answer: weak },
    [
      ['a password of 7 characters is weak', { new_password: 'Abcd_12' }],
      ['a password of 65 characters is weak', { new_password: `Ab1_${'x'.repeat(61)}` }],
      ['a password without an upper case letter is weak', { new_password: 'abcde_12' }],
      ['a password without a lower case letter is weak', { new_password: 'ABCDE_12' }],
      ['a password without a digit is weak', { new_password: 'Abcde_fg' }],
      ['a password without a special character is weak', { new_password: 'Abcde123' }],
      ['a password with white space at its end is weak', { new_password: 'Abcde_12 ' }],
      [
        'a password of 73 bytes is weak, though of few characters',
        { new_password: `Ab1_${'三'.repeat(23)}` },
      ],
      ['an empty password is weak', { new_password: '' }],
    ],
  ),
  ...rowsOf({ ...change, beside: { sudo_token: 'none' } }, { kind: 'boundary', source: 'ours' }, [
    ['a new password is required', {}, missing('new_password')],
    [
      'the two spellings of the new password must agree',
      { new_password, confirm_password: 'Changed_124' },
      unequal,
    ],
    ['an empty sudo token is refused', { sudo_token: '', new_password }, notValid('sudo_token')],
  ]),
  ...rowsOf(change, { kind: 'boundary', source: 'ours' }, [
    ['an authority is required', { new_password }, missing('sudo_token')],
    ['an empty old password is a wrong one', { old_password: '', new_password }, wrongOld],
  ]),
  ...typesOf({ ...change, beside: { sudo_token: 'none', new_password } }, [
    'sudo_token',
    'old_password',
    'new_password',
    'confirm_password',
  ]),
];

const leave: Call = { method: 'DELETE', path: 'user/me', credential: 'own' };

const deletions: readonly Exchange[] = [
  ...rowsOf(leave, { kind: 'success', source: 'documented', answer: success }, [
    ['a sudo token deletes the user', { sudo_token: '<sudo token>' }, success, sudoReady],
  ]),
  ...rowsOf(leave, { kind: 'error', source: 'documented', answer: badSudo }, [
    ['nobody is deleted by a bad sudo token', { sudo_token: 'none' }],
    [
      'nobody is deleted by a sudo token of 15 minutes ago',
      { sudo_token: '<sudo token>' },
      badSudo,
      { ...sudoReady, elapsed: 900 },
    ],
  ]),
  ...rowsOf(leave, { kind: 'boundary', source: 'ours', answer: badSudo }, [
    ['no sudo token is as bad as a bad one', {}],
    ['an empty sudo token is as bad', { sudo_token: '' }],
  ]),
];

/** Sudo, and what it is good for; reference 9. */
export const security: readonly Exchange[] = [...confirmations, ...passwords, ...deletions];
