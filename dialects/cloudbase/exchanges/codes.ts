import type { Answer, Exchange } from '../../../src/contract';
import {
  badCode,
  badEmail,
  badPhone,
  captchaInvalid,
  emailTaken,
  good,
  invalid,
  missing,
  noContact,
  notValid,
  noToken,
  phoneTaken,
  refused,
  success,
  tooManyAttempts,
  tooManyCodes,
  twoContacts,
} from './answers';
import { rowsOf, typesOf, type Call } from './rows';

const query = { client_id: 'demo-env-1' };
const call: Call = { method: 'POST', path: 'verification', query };
const signedIn: Call = { method: 'POST', path: 'verification', credential: 'own' };
const toAddress: Call = { ...call, beside: { email: '<new email>' } };
const asked = (is_user: boolean): Answer =>
  good({ verification_id: '<verification id>', expires_in: 600, is_user });
const unknown = refused(400, 'user_not_found', 4004, 'User not found');
const other = 'somebody_else';

const requests: readonly Exchange[] = [
  ...rowsOf(call, { kind: 'success', source: 'client' }, [
    ['a code is sent to an address that nobody has', { email: '<new email>', target: 'ANY' }, asked(false)],
    ['a code is sent to an address of a user', { email: '<email>', usage: 'email' }, asked(true)],
    ['a code is sent to a phone number', { phone_number: '+86 13000000000' }, asked(false)],
    [
      'a code to recover is sent to a user',
      { email: '<email>', usage: 'recovery', target: 'USER' },
      asked(true),
    ],
    [
      'a code to register is sent to nobody’s address',
      { email: '<new email>', target: 'NOT_USER' },
      asked(false),
    ],
    ['a message may have a language', { email: '<new email>', locale: 'en', destination: 'x' }, asked(false)],
  ]),
  ...rowsOf(signedIn, { kind: 'success', source: 'client' }, [
    [
      'whoever is signed in may prove another address',
      { email: '<new email>', usage: 'reauthentication' },
      asked(false),
    ],
    ['the own address may be sent whole', { email: '<email>', target: 'CUR_USER' }, asked(true)],
    [
      'the own address may be masked',
      { email: 'zha***@example', target: 'CUR_USER' },
      asked(true),
      { own: { email: 'zhangsan@example' } },
    ],
    [
      'the own phone number may be masked',
      { phone_number: '130****0000', target: 'CUR_USER' },
      asked(true),
      { own: { phone: '+8613000000000' } },
    ],
  ]),
  ...rowsOf(call, { kind: 'error', source: 'documented' }, [
    [
      'a phone number without country code is refused',
      { phone_number: '13000000000', target: 'ANY' },
      badPhone,
    ],
    [
      'an unknown user is told to be so',
      { email: '<new email>', usage: 'recovery', target: 'USER' },
      unknown,
    ],
    [
      'twice within a minute is once too often',
      { email: '<new email>' },
      tooManyCodes,
      { proof: 'requested' },
    ],
    [
      'after 3 failures of the address’s user a captcha comes first',
      { email: '<email>' },
      refused(400, 'captcha_required', 4028, 'A captcha is required'),
      { failures: 3 },
    ],
  ]),
  ...rowsOf({ ...call, query: { captcha_token: '<captcha pass>' } }, { kind: 'success', source: 'client' }, [
    [
      'a captcha’s pass opens the way after failures',
      { email: '<email>' },
      asked(true),
      { failures: 3, captcha: 'passed' },
    ],
  ]),
  ...rowsOf({ ...call, query: { captcha_token: 'none' } }, { kind: 'error', source: 'client' }, [
    ['a pass that is none is refused', { email: '<email>' }, captchaInvalid, { failures: 3 }],
  ]),
  ...rowsOf(call, { kind: 'error', source: 'ours' }, [
    ['an address that somebody has is not nobody’s', { email: '<email>', target: 'NOT_USER' }, emailTaken],
    [
      'a phone number that somebody has is not nobody’s',
      { phone_number: '+86 13500135000', target: 'NOT_USER' },
      phoneTaken,
      { other, otherContacts: { phone: '+8613500135000' } },
    ],
    [
      'a link to a foreign origin is refused',
      { email: '<new email>', email_redirect_to: 'https://other.example/x' },
      invalid('email_redirect_to must lead to an allowed origin'),
    ],
  ]),
  ...rowsOf(signedIn, { kind: 'error', source: 'ours' }, [
    ['somebody else’s address is not the own', { email: 'some***@example', target: 'CUR_USER' }, unknown],
  ]),
  ...rowsOf(call, { kind: 'no_credential', source: 'ours' }, [
    ['the own address is nobody’s without a token', { email: '<email>', target: 'CUR_USER' }, noToken],
  ]),
  ...rowsOf(
    { ...toAddress, headers: { authorization: 'Bearer none' } },
    { kind: 'bad_credential', source: 'ours' },
    [['a bad token counts as none', { target: 'ANY' }, asked(false)]],
  ),
  ...rowsOf(call, { kind: 'boundary', source: 'ours' }, [
    ['a contact is required', {}, noContact],
    ['two contacts are one too many', { email: 'a@example', phone_number: '+86 13000000000' }, twoContacts],
    ['a phone number without a space is refused', { phone_number: '+8613000000000' }, badPhone],
    ['a phone number of one digit is refused', { phone_number: '+86 1' }, badPhone],
    ['an address without an at sign is refused', { email: 'zhangsan' }, badEmail],
    ['an address of 255 characters is refused', { email: `${'a'.repeat(243)}@example.com` }, badEmail],
    [
      'a link needs an address to be mailed to',
      { phone_number: '+86 13000000000', email_redirect_to: 'https://other.example/x' },
      missing('email'),
    ],
  ]),
  ...rowsOf(toAddress, { kind: 'boundary', source: 'ours' }, [
    [
      'a target that the wire does not have is refused',
      { target: 'EVERYBODY' },
      invalid('target must be ANY, USER, NOT_USER or CUR_USER'),
    ],
    [
      'a link that is no URL is refused',
      { email_redirect_to: 'nowhere' },
      invalid('email_redirect_to must be an http or https URL'),
    ],
    ['an empty link is none', { email_redirect_to: '', usage: '', locale: '' }, asked(false)],
  ]),
  ...rowsOf(toAddress, { kind: 'wrong_type', source: 'ours' }, [
    [
      'a number for target is refused',
      { target: 5 },
      invalid('target must be ANY, USER, NOT_USER or CUR_USER'),
    ],
  ]),
  ...typesOf(toAddress, ['phone_number', 'email', 'usage', 'email_redirect_to', 'locale']),
];

const verify: Call = { method: 'POST', path: 'verification/verify', query };
const sent = { verification_id: '<verification id>', verification_code: '<sent code>' };
const wrong = { verification_id: '<verification id>', verification_code: 'none' };
const token = good({ verification_token: '<verification token>', expires_in: 600 });
const requested = { proof: 'requested' } as const;

const redemptions: readonly Exchange[] = [
  ...rowsOf(verify, { kind: 'success', source: 'client' }, [
    ['the code gives a token', sent, token, requested],
  ]),
  ...rowsOf(verify, { kind: 'error', source: 'documented', answer: badCode }, [
    ['a wrong code is refused', wrong, badCode, requested],
    ['a request that is none is refused', { ...sent, verification_id: 'none', verification_code: '123456' }],
    ['a code of ten minutes ago is refused', sent, badCode, { ...requested, elapsed: 600 }],
  ]),
  ...rowsOf(verify, { kind: 'error', source: 'ours' }, [
    [
      'codes of a user who is locked are not looked at',
      sent,
      tooManyAttempts,
      { code: { purpose: 'prove', to: 'email' }, failures: 10 },
    ],
  ]),
  ...rowsOf(verify, { kind: 'boundary', source: 'ours' }, [
    ['a code of nearly ten minutes ago is good', sent, token, { ...requested, elapsed: 590 }],
    ['a request is required', { verification_code: '123456' }, missing('verification_id')],
    ['a code is required', { verification_id: 'none' }, missing('verification_code')],
    ['an empty request is refused', { ...wrong, verification_id: '' }, notValid('verification_id')],
    [
      'an empty code is refused',
      { verification_id: 'none', verification_code: '' },
      notValid('verification_code'),
    ],
    [
      'a code of seven digits is a wrong one',
      { verification_id: '<verification id>', verification_code: '1234567' },
      badCode,
      requested,
    ],
  ]),
  ...typesOf({ ...verify, beside: { verification_id: 'none', verification_code: '123456' } }, [
    'verification_id',
    'verification_code',
  ]),
];

const again: Call = { method: 'POST', path: 'user/reauthenticate', credential: 'own' };
const badOption = refused(400, 'invalid_argument', 4001, 'verify_opt must be phone_code or email_code');

const reauthentications: readonly Exchange[] = [
  ...rowsOf(again, { kind: 'success', source: 'documented', answer: success }, [
    ['a code is sent to the own address', { verify_opt: 'email_code' }],
    ['a code is sent to the own phone number', { verify_opt: 'phone_code' }],
  ]),
  ...rowsOf(again, { kind: 'error', source: 'documented', answer: badOption }, [
    ['a way that the wire does not have is refused', { verify_opt: 'carrier_pigeon' }],
  ]),
  ...rowsOf(again, { kind: 'error', source: 'ours' }, [
    [
      'without an address there is nowhere to send to',
      { verify_opt: 'email_code' },
      refused(400, 'failed_precondition', 9, 'There is no such contact to send a code to'),
      { own: { email: null } },
    ],
    [
      'twice within a minute is once too often',
      { verify_opt: 'email_code' },
      tooManyCodes,
      { code: { purpose: 'prove', to: 'email' } },
    ],
  ]),
  ...rowsOf(again, { kind: 'boundary', source: 'ours', answer: badOption }, [
    ['a way is required', {}],
    ['an empty way is refused', { verify_opt: '' }],
  ]),
  ...rowsOf(again, { kind: 'wrong_type', source: 'ours', answer: badOption }, [
    ['a number for verify_opt is refused', { verify_opt: 5 }],
  ]),
];

/** Codes; reference 9.6 and 10. */
export const codes: readonly Exchange[] = [...requests, ...redemptions, ...reauthentications];
