import type { Arrangement, Exchange } from '../../../src/contract';
import {
  badParameter,
  done,
  failure,
  found,
  get,
  mailSent,
  mustSignIn,
  post,
  unknownUser,
  withCookie,
  zhangsan,
  type Facts,
} from './answers';

const path = '/api/verify/email';
const verifying: Arrangement = { settings: { ANQICMS_SIGNUP_VERIFY: '1' } };
const invalid = failure('无效的令牌');
const verified = withCookie(done('验证成功'), '<cookie_for_a_day>');

const unsent = 'a site that sends no mails, as it is by default';
const sending = 'a site that has addresses verified';

/** Mails with a link (reference 4.5). */
const requests: readonly Exchange[] = [
  ...(
    [
      ['to verify', { email: '<email>', state: 'verify' }],
      ['for a new password', { email: '<email>', state: 'reset' }],
      ['of a state that nobody knows', { email: '<email>', state: 'anything' }],
      ['without a state', { email: '<email>' }],
    ] as const
  ).flatMap(([what, body]) => [
    post(`a mail ${what} is promised where none goes out`, path, body, mailSent, {
      kind: 'success',
      given: unsent,
    }),
    post(`a mail ${what} goes out where addresses are verified`, path, body, mailSent, {
      kind: 'success',
      given: sending,
      arrange: verifying,
    }),
  ]),
  ...(
    [
      ['to nobody', { email: 'nobody@example.com', state: 'verify' }, unknownUser, 'error'],
      ['for a new password to nobody', { email: 'nobody@example.com', state: 'reset' }, unknownUser, 'error'],
      ['to no address', { email: 'a@b' }, badParameter, 'error'],
      ['to a phone number', { email: '13800138000' }, badParameter, 'error'],
      ['without an address', { state: 'verify' }, badParameter, 'boundary'],
      ['to an empty address', { email: '' }, badParameter, 'boundary'],
      ['to an address that is null', { email: null }, badParameter, 'boundary'],
      ['by null', null, badParameter, 'boundary'],
      [
        'to an address of 254 characters',
        { email: `${'a'.repeat(242)}@example.com` },
        unknownUser,
        'boundary',
      ],
      [
        'to an address of 255 characters',
        { email: `${'a'.repeat(243)}@example.com` },
        badParameter,
        'boundary',
      ],
    ] as const
  ).map(([what, body, response, kind]) =>
    post(`asking for a mail ${what}`, path, body, response, { kind, given: unsent }),
  ),
  ...(
    [
      ['to nobody', { email: 'nobody@example.com', state: 'verify' }, unknownUser],
      ['for a new password to nobody', { email: 'nobody@example.com', state: 'reset' }, unknownUser],
      ['to no address', { email: 'a@b' }, badParameter],
    ] as const
  ).map(([what, body, response]) =>
    post(`asking for a mail ${what} where addresses are verified`, path, body, response, {
      kind: 'error',
      given: sending,
      arrange: verifying,
    }),
  ),
  post(
    'a mail to the address in other letters is promised',
    path,
    { email: 'Zhang.San@Example.com' },
    mailSent,
    {
      kind: 'success',
      given: unsent,
      arrange: zhangsan,
    },
  ),
  post(
    'no mail for a new password goes to an address that an update set',
    path,
    { email: '<email>', state: 'reset' },
    unknownUser,
    { kind: 'error', source: 'ours', arrange: { ...verifying, own: { edited: 'email' } } },
  ),
];

function opens(
  title: string,
  query: Readonly<Record<string, string>>,
  response: Exchange['response'],
  facts: Facts,
): Exchange {
  return get(title, path, { email: '<email>', return: 'json', ...query }, response, facts);
}

const toVerify = { token: '<link token>', code: '<link code>', state: 'verify' };
const toReset = { ...toVerify, state: 'reset' };
const mailed: Facts = { kind: 'success', given: 'a link in a mail', arrange: { link: 'verify_email' } };
const recovering: Facts = { ...mailed, arrange: { link: 'recover' } };
const redirected = { status: 302, headers: { location: '<reset_page>' }, body: undefined };

/** Links that were opened (reference 4.6). */
const links: readonly Exchange[] = [
  opens('a link verifies the address', toVerify, verified, mailed),
  opens('a link verifies the address whatever its code', { ...toVerify, code: '0' }, verified, mailed),
  opens('a link of any other state verifies', { ...toVerify, state: 'anything' }, verified, mailed),
  opens('a link without a state verifies', { token: '<link token>' }, verified, {
    ...mailed,
    kind: 'boundary',
  }),
  opens('a link is opened by its signed-in user', toVerify, verified, { ...mailed, credential: 'own' }),
  opens('a link for a new password leads to the page', toReset, redirected, recovering),
  opens('a link for a new password verifies nothing', toVerify, invalid, {
    ...recovering,
    kind: 'error',
    source: 'ours',
  }),
  opens('a link that verifies leads to no new password', toReset, invalid, {
    ...mailed,
    kind: 'error',
    source: 'ours',
  }),
  opens('a link is good for ten minutes', toVerify, invalid, {
    ...mailed,
    kind: 'boundary',
    source: 'ours',
    arrange: { link: 'verify_email', elapsed: 601 },
  }),
  opens('a link to an address that an update set asks to sign in', toVerify, mustSignIn, {
    ...mailed,
    kind: 'error',
    source: 'ours',
    arrange: { link: 'verify_email', own: { edited: 'email' } },
  }),
  ...(
    [
      ['that verifies', 'verify'],
      ['for a new password', 'reset'],
    ] as const
  ).flatMap(([what, state]) => [
    opens(
      `a link ${what} with a made-up token`,
      { state, token: 'd41d8cd98f00b204e9800998ecf8427e' },
      invalid,
      {
        kind: 'error',
      },
    ),
    opens(`a link ${what} to nobody`, { state, token: 'x', email: 'nobody@example.com' }, unknownUser, {
      kind: 'error',
    }),
    opens(`a link ${what} without a token`, { state }, badParameter, { kind: 'boundary' }),
    opens(`a link ${what} with an empty token`, { state, token: '' }, badParameter, { kind: 'boundary' }),
    opens(`a link ${what} without an address`, { state, token: 'x', email: '' }, badParameter, {
      kind: 'boundary',
    }),
    opens(`a link ${what} to no address`, { state, token: 'x', email: 'a@b' }, badParameter, {
      kind: 'error',
    }),
  ]),
  opens('whether somebody has an address', { state: 'exist' }, found({ email: '<email>', id: '<id>' }), {
    kind: 'success',
  }),
  get(
    'whether somebody has an address is told as JSON without being asked to',
    path,
    { state: 'exist', email: '<email>' },
    found({ email: '<email>', id: '<id>' }),
    { kind: 'success' },
  ),
  opens(
    'whether somebody has an address that nobody has',
    { state: 'exist', email: 'nobody@example.com' },
    unknownUser,
    {
      kind: 'error',
    },
  ),
  opens('whether somebody has what is no address', { state: 'exist', email: 'a@b' }, badParameter, {
    kind: 'error',
  }),
  get('whether somebody has no address at all', path, { state: 'exist', return: 'json' }, badParameter, {
    kind: 'boundary',
  }),
];

export const mails: readonly Exchange[] = [...requests, ...links];
