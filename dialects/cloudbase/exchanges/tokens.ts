import type { Exchange } from '../../../src/contract';
import {
  badClient,
  good,
  grantTo,
  invalid,
  missing,
  notValid,
  staleRefreshToken,
  success,
  unserved,
} from './answers';
import { rowsOf, typesOf, type Call } from './rows';

const query = { client_id: 'demo-env-1' };
const call: Call = { method: 'POST', path: 'token', query };
/** As the SDK's own refresh is. */
const refresh: Call = {
  ...call,
  beside: { client_id: 'demo-env-1', client_secret: '', grant_type: 'refresh_token' },
};
const ownToken = { refresh_token: '<own refresh token>' };
const badGrantType = invalid('grant_type must be refresh_token, password or client_credentials');
const month = 31 * 86_400;

const refreshes: readonly Exchange[] = [
  ...rowsOf(refresh, { kind: 'success', source: 'client', answer: grantTo('<id>') }, [
    ['a refresh token is exchanged for new tokens', ownToken],
    ['it is good when the access token has expired', ownToken, grantTo('<id>'), { elapsed: 7_201 }],
  ]),
  ...rowsOf(refresh, { kind: 'error', source: 'client', answer: staleRefreshToken }, [
    ['an unknown refresh token is an invalid grant', { refresh_token: 'm.unknown' }],
    [
      'a refresh token of a session that has ended is an invalid grant',
      ownToken,
      staleRefreshToken,
      { session: 'ended' },
    ],
    [
      'a blocked user’s refresh token is an invalid grant',
      ownToken,
      staleRefreshToken,
      { own: { status: 'blocked' } },
    ],
    ['an access token is no refresh token', { refresh_token: '<own access token>' }],
  ]),
  ...rowsOf(call, { kind: 'error', source: 'ours' }, [
    [
      'a grant that is not enabled is told to be so',
      { grant_type: 'authorization_code', code: 'x' },
      unserved('This grant_type is not enabled'),
    ],
  ]),
  ...rowsOf(refresh, { kind: 'boundary', source: 'documented' }, [
    ['a refresh token of nearly 31 days ago is good', ownToken, grantTo('<id>'), { elapsed: month - 10 }],
    ['a refresh token of 31 days ago is an invalid grant', ownToken, staleRefreshToken, { elapsed: month }],
  ]),
  ...rowsOf(refresh, { kind: 'boundary', source: 'ours' }, [
    ['a refresh token is required', {}, missing('refresh_token')],
    ['an empty refresh token is refused', { refresh_token: '' }, notValid('refresh_token')],
    ['a refresh token of any length is read', { refresh_token: 'm'.repeat(10_000) }, staleRefreshToken],
  ]),
  ...rowsOf(call, { kind: 'boundary', source: 'ours' }, [
    ['a grant type is required', ownToken, missing('grant_type')],
    ['a grant type that the wire does not have is refused', { grant_type: 'implicit' }, badGrantType],
  ]),
  ...rowsOf(call, { kind: 'wrong_type', source: 'ours' }, [
    ['a number for grant_type is refused', { grant_type: 5 }, badGrantType],
  ]),
  ...typesOf(refresh, ['refresh_token']),
];

const programGrant = good({ token_type: 'Bearer', access_token: '<access token>', expires_in: 432_000 });
const client = { client: true } as const;
const asProgram = (authorization?: string): Call => ({
  method: 'POST',
  path: 'token/clientCredential',
  ...(authorization !== undefined && { headers: { authorization } }),
});
const credentials = { grant_type: 'client_credentials' };
const unsigned = unserved('Only Basic authorization is enabled');

/** `POST /token/clientCredential`, and the same grant of `POST /token`; reference 6.1 and 6.2. */
const programs: readonly Exchange[] = [
  ...rowsOf(
    asProgram('<client credentials>'),
    { kind: 'success', source: 'documented', answer: programGrant },
    [['a program gets its token', credentials, programGrant, client]],
  ),
  ...rowsOf(
    { ...asProgram('<client credentials>'), path: 'token' },
    { kind: 'success', source: 'documented' },
    [
      [
        'a program gets its token here too',
        { ...credentials, client_id: 'demo-env-1' },
        programGrant,
        client,
      ],
    ],
  ),
  ...rowsOf(asProgram(), { kind: 'error', source: 'ours' }, [
    ['a program without credentials is refused', credentials, badClient],
  ]),
  ...rowsOf(asProgram('Basic bm9ib2R5OndydW5n'), { kind: 'error', source: 'ours' }, [
    ['credentials of nobody are refused', credentials, badClient],
  ]),
  ...rowsOf(asProgram('Basic bm9ib2R5'), { kind: 'boundary', source: 'ours' }, [
    ['credentials without a colon are refused', credentials, badClient],
  ]),
  ...rowsOf(asProgram('TC3-HMAC-SHA256 Credential=x'), { kind: 'error', source: 'ours' }, [
    ['the vendor’s request signature is not served', credentials, unsigned],
  ]),
  ...rowsOf(asProgram('<client credentials>'), { kind: 'boundary', source: 'ours', arrange: client }, [
    ['a program says its grant', {}, missing('grant_type')],
    ['a program has no other grant here', { grant_type: 'password' }, badGrantType],
  ]),
  ...rowsOf(asProgram('<client credentials>'), { kind: 'wrong_type', source: 'ours', arrange: client }, [
    ['a number for grant_type is refused', { grant_type: 5 }, badGrantType],
  ]),
  ...rowsOf(
    { ...call, headers: { authorization: 'TC3-HMAC-SHA256 Credential=x' } },
    { kind: 'error', source: 'ours' },
    [['the vendor’s request signature is not served here either', credentials, unsigned]],
  ),
  ...rowsOf(call, { kind: 'error', source: 'ours' }, [
    ['a program without credentials is refused', { ...credentials, client_id: 'demo-env-1' }, badClient],
  ]),
];

const introspect: Call = { method: 'GET', path: 'token/introspect' };
const claims = { token_type: 'Bearer', client_id: '<environment>', scope: 'user' };

const introspections: readonly Exchange[] = [
  ...rowsOf({ ...introspect, credential: 'own' }, { kind: 'success', source: 'documented' }, [
    ['a good token speaks of itself', {}, good({ ...claims, sub: '<id>' })],
  ]),
  ...rowsOf(
    { ...introspect, headers: { authorization: '<client bearer>' } },
    { kind: 'success', source: 'ours' },
    [['a program’s token has no user', {}, good({ ...claims, scope: 'administrator' }), client]],
  ),
  ...rowsOf(introspect, { kind: 'no_credential', source: 'documented' }, [
    ['no token is an empty answer', {}, success],
  ]),
  ...rowsOf(
    { ...introspect, headers: { authorization: 'Bearer none' } },
    { kind: 'bad_credential', source: 'documented' },
    [['a bad token is an empty answer', {}, success]],
  ),
  ...rowsOf(
    { ...introspect, credential: 'own' },
    { kind: 'bad_credential', source: 'documented', answer: success },
    [
      ['an expired token is an empty answer', {}, success, { elapsed: 7_201 }],
      ['a token of a session that has ended is an empty answer', {}, success, { session: 'ended' }],
    ],
  ),
];

const keys: readonly Exchange[] = [
  {
    title: 'the keys that verify access tokens',
    source: 'ours',
    kind: 'success',
    request: { method: 'GET', path: '/auth/v1/certs' },
    credential: 'none',
    response: good({
      keys: [{ kty: 'RSA', n: '<modulus>', e: 'AQAB', kid: '<key id>', alg: 'RS256', use: 'sig' }],
    }),
  },
];

/** Tokens; reference 6. */
export const tokens: readonly Exchange[] = [...refreshes, ...programs, ...introspections, ...keys];
