import type { Exchange } from '../../../src/contract';
import {
  badPassword,
  badProof,
  badUsername,
  captchaInvalid,
  captchaRequired,
  grantTo,
  missing,
  notFound,
  notValid,
  tooManyAttempts,
  unserved,
  userBlocked,
  userPending,
  wrongCredentials,
} from './answers';
import { rowsOf, typesOf, type Call, type Row } from './rows';

const query = { client_id: 'demo-env-1' };
const call: Call = { method: 'POST', path: 'signin', query };
const grant = grantTo('<id>');
const own = { username: '<username>', password: '<password>' };

/** The two calls that take a password answer alike; reference 5.2 and 6.1. */
const passwordRows = {
  success: [
    ['a user signs in by user name', own],
    ['an address stands in the place of the user name', { ...own, username: '<email>' }],
    [
      'a phone number with its country code does too',
      { ...own, username: '+86 13000000000' },
      grant,
      { own: { phone: '+8613000000000' } },
    ],
  ],
  error: [
    [
      'an unknown user is told as a wrong password is',
      { username: 'nobody_here', password: 'Wrong_1234' },
      wrongCredentials,
    ],
    ['a wrong password is told as an unknown user is', { ...own, password: 'Wrong_1234' }, wrongCredentials],
    ['a blocked user is told so', own, userBlocked, { own: { status: 'blocked' } }],
    ['a user who is not yet activated is told so', own, userPending, { own: { status: 'pending' } }],
    ['after 3 failures a captcha comes first', own, captchaRequired, { failures: 3 }],
  ],
  boundary: [
    ['after 2 failures no captcha is asked', own, grant, { failures: 2 }],
    ['a user name is required', { password: 'Secret_123' }, missing('username')],
    ['a password is required', { username: 'zhangsan' }, missing('password')],
    ['an empty user name is refused', { ...own, username: '' }, badUsername],
    ['an empty password is refused', { ...own, password: '' }, badPassword('password')],
    ['null is as absent', { ...own, password: null }, missing('password')],
    [
      'a password that nobody could have chosen is wrong',
      { ...own, password: 'p'.repeat(73) },
      wrongCredentials,
    ],
  ],
} satisfies Record<string, readonly Row[]>;

const captchaRows = {
  passed: [
    ['a captcha’s pass opens the way after failures', own, grant, { failures: 3, captcha: 'passed' }],
    ['a captcha does not open a lock', own, tooManyAttempts, { failures: 10, captcha: 'passed' }],
  ],
  refused: [['a pass that is none is refused', own, captchaInvalid, { failures: 3 }]],
} satisfies Record<string, readonly Row[]>;

/** What both calls share. */
function byPassword(one: Call): Exchange[] {
  return [
    ...rowsOf(one, { kind: 'success', source: 'client', answer: grant }, passwordRows.success),
    ...rowsOf(one, { kind: 'error', source: 'documented' }, passwordRows.error),
    ...rowsOf(one, { kind: 'boundary', source: 'ours' }, passwordRows.boundary),
    ...rowsOf(
      { ...one, query: { ...one.query, captcha_token: '<captcha pass>' } },
      { kind: 'error', source: 'client' },
      captchaRows.passed,
    ),
    ...rowsOf(
      { ...one, query: { ...one.query, captcha_token: 'none' } },
      { kind: 'error', source: 'client' },
      captchaRows.refused,
    ),
    ...typesOf({ ...one, beside: { ...own, ...one.beside } }, ['username', 'password']),
  ];
}

const byProof: readonly Exchange[] = [
  ...rowsOf(call, { kind: 'success', source: 'client', answer: grant }, [
    [
      'a proven address signs in, and the name beside its token is not looked at',
      { username: '<email>', verification_token: '<proof token>' },
    ],
    ['the token alone signs in', { verification_token: '<proof token>' }],
  ]),
  ...rowsOf(call, { kind: 'error', source: 'documented' }, [
    [
      'a proof of an address that nobody has is nobody’s',
      { verification_token: '<verification token>' },
      notFound,
      { proof: 'redeemed' },
    ],
    [
      'a blocked user’s proof is told to be so',
      { verification_token: '<proof token>' },
      userBlocked,
      { own: { status: 'blocked' } },
    ],
  ]),
  ...rowsOf(call, { kind: 'error', source: 'ours' }, [
    [
      'a proof that is none is refused',
      { username: 'zhangsan@example', verification_token: 'none' },
      badProof,
    ],
    [
      'encrypted parameters are not served',
      { params: 'x', public_key_thumbprint: 'x' },
      unserved('Encrypted sign-in is not enabled'),
    ],
  ]),
  ...rowsOf(call, { kind: 'boundary', source: 'ours' }, [
    ['an empty proof is refused', { verification_token: '' }, notValid('verification_token')],
  ]),
  ...typesOf(call, ['verification_token']),
];

/** `POST /signin`, and the password grant of `POST /token`. */
export const signIns: readonly Exchange[] = [
  ...byPassword(call),
  ...byProof,
  ...rowsOf(
    { ...call, query: {}, headers: { 'x-captcha-token': '<captcha pass>' } },
    { kind: 'success', source: 'documented' },
    [['the pass may stand in a header', own, grant, { failures: 3, captcha: 'passed' }]],
  ),
  ...byPassword({
    method: 'POST',
    path: 'token',
    query: {},
    beside: { grant_type: 'password', client_id: 'demo-env-1' },
  }).map((exchange) => ({ ...exchange, title: exchange.title.replace('token: ', 'token by password: ') })),
];
