import type { Exchange } from '../../../src/contract';
import { good, providerNotEnabled } from './answers';
import { rowsOf, type Call, type Row } from './rows';

const query = { client_id: 'demo-env-1' };
const signedIn = { credential: 'own' } as const;

/** Each call with what its clients send, and with one member of a wrong type. */
const calls: readonly (readonly [call: Call, sent: Row[1], mistyped: Row[1]])[] = [
  [{ method: 'POST', path: 'signin/with/provider', query }, { provider_token: 'x' }, { provider_token: 5 }],
  [{ method: 'POST', path: 'signin/custom', query }, { provider_id: 'custom', ticket: 'x' }, { ticket: 5 }],
  [{ method: 'POST', path: 'signin/wechat/noauth', query }, { code: 'x' }, { code: 5 }],
  [
    { method: 'POST', path: 'provider/token', query },
    { provider_id: 'github', provider_code: 'x' },
    { provider_code: 5 },
  ],
  [
    { method: 'PATCH', path: 'provider/token', query },
    { provider_token: 'x', provider_params: {} },
    { provider_token: 5 },
  ],
  [{ method: 'POST', path: 'captcha/init', query }, { redirect_uri: '', state: 'x' }, { state: 5 }],
  [
    { method: 'POST', path: 'user/provider/bind', ...signedIn },
    { provider_token: 'x' },
    { provider_token: 5 },
  ],
  [
    { method: 'POST', path: 'user/provider/github/trans', ...signedIn },
    { provider_trans_token: 'x' },
    { provider_trans_token: 5 },
  ],
  [
    { method: 'PATCH', path: 'user/trans/by/provider', ...signedIn },
    { provider_token: 'x' },
    { provider_token: 5 },
  ],
];

const providerUri: Call = { method: 'GET', path: 'provider/uri', query };

const silent: readonly (readonly [call: Call, sent: Row[1]])[] = [
  [providerUri, { provider_id: 'github', redirect_uri: 'https://example', state: 'x' }],
  [{ method: 'DELETE', path: 'user/provider/github', ...signedIn }, {}],
];

/** `PATCH` and `POST` share an address. */
const named = ({ method, path }: Call, shows: string): string =>
  path === 'provider/token' ? `${shows} (${method})` : shows;

/** Everything that needs an outside identity provider; reference 5.4, 5.5, 11 and 12. */
export const providers: readonly Exchange[] = [
  ...[...calls, ...silent].flatMap(([call, sent]) =>
    rowsOf(call, { kind: 'error', source: 'ours', answer: providerNotEnabled }, [
      [named(call, 'no identity provider is enabled'), sent],
    ]),
  ),
  ...calls.flatMap(([call, , mistyped]) =>
    rowsOf(call, { kind: 'wrong_type', source: 'ours', answer: providerNotEnabled }, [
      [named(call, 'a member of a wrong type is not looked at'), mistyped],
    ]),
  ),
  ...[...calls.map(([call]) => call), providerUri].flatMap((call) =>
    rowsOf(call, { kind: 'boundary', source: 'ours', answer: providerNotEnabled }, [
      [named(call, 'what is missing is not looked for'), {}],
    ]),
  ),
  ...rowsOf(
    { method: 'DELETE', path: 'user/provider/x', ...signedIn },
    { kind: 'boundary', source: 'ours', answer: providerNotEnabled },
    [['a provider of any name is none', {}]],
  ),
  ...rowsOf({ method: 'GET', path: 'user/provider', ...signedIn }, { kind: 'success', source: 'client' }, [
    ['a user has no identities', {}, good({ total: 0, data: [] })],
  ]),
];
