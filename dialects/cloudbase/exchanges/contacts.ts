import type { Exchange } from '../../../src/contract';
import {
  badEmail,
  badNumber,
  badPassword,
  badProof,
  badSudo,
  invalid,
  missing,
  noContact,
  notFound,
  notValid,
  refused,
  success,
  twoContacts,
  userBlocked,
} from './answers';
import { rowsOf, typesOf, type Call } from './rows';

const call: Call = { method: 'PATCH', path: 'user/contact', credential: 'own' };
const none = { sudo_token: 'none', verification_token: 'none' };
const ready = { proof: 'redeemed', sudo: true } as const;
const tokens = { sudo_token: '<sudo token>', verification_token: '<verification token>' };
const bound = { email: '<new email>', ...tokens };

const taken = refused(400, 'failed_precondition', 9, 'Email already exists');
const held = refused(400, 'failed_precondition', 9, 'The contact belongs to another user');
const others = {
  email: 'taken.person@example.com',
  sudo_token: '<sudo token>',
  verification_token: '<other proof token>',
};
const unproven = {
  sudo: true,
  other: 'somebody_else',
  otherContacts: { email: 'taken.person@example.com' },
} as const;
const proven = {
  ...unproven,
  otherContacts: { email: 'taken.person@example.com', proven: 'email' },
} as const;
const badResolution = invalid('conflict_resolution must be DEFAULT, TRANSFER or DELETE_ACCOUNT_TRANSFER');

const changes: readonly Exchange[] = [
  ...rowsOf(call, { kind: 'success', source: 'client', answer: success }, [
    ['both tokens bind an address', bound, success, ready],
    [
      'a conflict that is none is resolved by default',
      { ...bound, conflict_resolution: 'DEFAULT' },
      success,
      ready,
    ],
    [
      'an address that was never proven is taken over',
      { ...others, conflict_resolution: 'TRANSFER' },
      success,
      unproven,
    ],
    [
      'a user who never proved an address makes way for who did',
      { ...others, conflict_resolution: 'DELETE_ACCOUNT_TRANSFER' },
      success,
      unproven,
    ],
  ]),
  ...rowsOf(call, { kind: 'error', source: 'ours' }, [
    ['a sudo token that is none is refused', { email: 'zhangsan@example', ...none }, badSudo],
    ['a sudo token of 15 minutes ago is refused', bound, badSudo, { ...ready, elapsed: 900 }],
    ['a proof that is none is refused', { ...bound, verification_token: 'none' }, badProof, ready],
    ['a proof of another address is refused', { ...bound, email: 'zhangsan@example' }, badProof, ready],
    ['an address that somebody has is refused', others, taken, unproven],
    [
      'an address that somebody proved is not taken over',
      { ...others, conflict_resolution: 'TRANSFER' },
      held,
      proven,
    ],
    [
      'a user who proved an address is not closed for it',
      { ...others, conflict_resolution: 'DELETE_ACCOUNT_TRANSFER' },
      held,
      proven,
    ],
  ]),
  ...rowsOf({ ...call, beside: none }, { kind: 'boundary', source: 'ours' }, [
    ['a contact is required', {}, noContact],
    ['two contacts are one too many', { email: 'a@example', phone_number: '+86 13000000000' }, twoContacts],
    ['an address without an at sign is refused', { email: 'zhangsan' }, badEmail],
    ['a phone number of one digit is refused', { phone_number: '1' }, badNumber('phone_number')],
    ['a phone number may be sent as it was typed', { phone_number: '13000000000' }, badSudo],
    ['an empty sudo token is refused', { email: 'a@example', sudo_token: '' }, notValid('sudo_token')],
    [
      'an empty proof is refused',
      { email: 'a@example', verification_token: '' },
      notValid('verification_token'),
    ],
    [
      'a resolution that the wire does not have is refused',
      { email: 'a@example', conflict_resolution: 'STEAL' },
      badResolution,
    ],
  ]),
  ...rowsOf(call, { kind: 'boundary', source: 'ours' }, [
    ['a sudo token is required', { email: 'a@example', verification_token: 'none' }, missing('sudo_token')],
    ['a proof is required', { email: 'a@example', sudo_token: 'none' }, missing('verification_token')],
  ]),
  ...rowsOf({ ...call, beside: none }, { kind: 'wrong_type', source: 'ours' }, [
    [
      'a number for conflict_resolution is refused',
      { email: 'a@example', conflict_resolution: 5 },
      badResolution,
    ],
  ]),
  ...typesOf({ ...call, beside: { email: 'a@example', ...none } }, [
    'phone_number',
    'email',
    'sudo_token',
    'verification_token',
  ]),
];

const reset: Call = { method: 'POST', path: 'reset', query: { client_id: 'demo-env-1' } };
const withProof: Call = { ...reset, beside: { email: '<email>', verification_token: '<proof token>' } };
const withNone: Call = {
  ...reset,
  beside: { email: 'zhangsan@example', new_password: 'Changed_123', verification_token: 'none' },
};

const resets: readonly Exchange[] = [
  ...rowsOf(withProof, { kind: 'success', source: 'client', answer: success }, [
    ['a proof of the own address recovers a password', { new_password: 'Changed_123' }],
  ]),
  ...rowsOf(withProof, { kind: 'error', source: 'ours' }, [
    [
      'a blocked user recovers nothing',
      { new_password: 'Changed_123' },
      userBlocked,
      { own: { status: 'blocked' } },
    ],
    [
      'a proof of another address recovers nothing',
      { email: 'zhangsan@example', new_password: 'Changed_123' },
      badProof,
    ],
  ]),
  ...rowsOf(reset, { kind: 'error', source: 'ours' }, [
    [
      'an address that nobody has recovers nobody',
      { email: '<new email>', new_password: 'Changed_123', verification_token: '<verification token>' },
      notFound,
      { proof: 'redeemed' },
    ],
  ]),
  ...rowsOf(withNone, { kind: 'error', source: 'ours', answer: badProof }, [
    ['a proof that is none is refused', {}],
    ['a weak password is not looked at without a proof', { new_password: 'x' }],
  ]),
  ...rowsOf(withProof, { kind: 'boundary', source: 'ours' }, [
    ['a password of 6 bytes is taken', { new_password: 'abc123' }, success],
    ['a password of 72 bytes is taken', { new_password: 'p'.repeat(72) }, success],
    ['a password of 5 bytes is refused', { new_password: 'abc12' }, badPassword('new_password')],
    ['a password of 73 bytes is refused', { new_password: 'p'.repeat(73) }, badPassword('new_password')],
    [
      'a password with a space before it is refused',
      { new_password: ' Changed_123' },
      badPassword('new_password'),
    ],
    ['a password is required', {}, missing('new_password')],
    ['an empty password is refused', { new_password: '' }, badPassword('new_password')],
  ]),
  ...rowsOf(withNone, { kind: 'boundary', source: 'ours' }, [
    ['an address without an at sign is refused', { email: 'zhangsan' }, badEmail],
    ['two contacts are one too many', { phone_number: '+86 13000000000' }, twoContacts],
    ['an empty proof is refused', { verification_token: '' }, notValid('verification_token')],
  ]),
  ...rowsOf(reset, { kind: 'boundary', source: 'ours' }, [
    ['a contact is required', { new_password: 'Changed_123', verification_token: 'none' }, noContact],
    [
      'a proof is required',
      { email: 'a@example', new_password: 'Changed_123' },
      missing('verification_token'),
    ],
    [
      'a phone number of one digit is refused',
      { phone_number: '1', new_password: 'Changed_123', verification_token: 'none' },
      badNumber('phone_number'),
    ],
    [
      'a phone number may be sent as it was typed',
      { phone_number: '13000000000', new_password: 'Changed_123', verification_token: 'none' },
      badProof,
    ],
  ]),
  ...typesOf(withNone, ['phone_number', 'email', 'new_password', 'verification_token']),
];

/** What a proof is good for: a contact and a lost password; reference 9.3 and 9.4. */
export const contacts: readonly Exchange[] = [...changes, ...resets];
