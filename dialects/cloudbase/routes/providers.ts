import type { Route } from '../../../src/dialect';
import { providerNotEnabled } from '../call-errors';

const unconfigured = 'it needs an outside identity provider';
const notEnabled = { access: 'public', answer: () => providerNotEnabled, unconfigured } as const;
const notEnabledToUsers = { access: 'session', answer: () => providerNotEnabled, unconfigured } as const;

/** Everything that needs an outside identity provider; reference 5.4, 5.5, 11 and 12. There is none here. */
export const providerRoutes: readonly Route[] = [
  { method: 'post', path: '/auth/v1/signin/with/provider', ...notEnabled },
  { method: 'post', path: '/auth/v1/signin/custom', ...notEnabled },
  { method: 'post', path: '/auth/v1/signin/wechat/noauth', ...notEnabled },
  { method: 'get', path: '/auth/v1/provider/uri', ...notEnabled },
  { method: 'post', path: '/auth/v1/provider/token', ...notEnabled },
  { method: 'patch', path: '/auth/v1/provider/token', ...notEnabled },
  {
    method: 'post',
    path: '/auth/v1/captcha/init',
    ...notEnabled,
    unconfigured: 'no SDK calls it; a captcha is had at `/auth/v1/captcha/data`',
  },
  {
    method: 'get',
    path: '/auth/v1/user/provider',
    access: 'session',
    unconfigured,
    // What a user has none of is an empty list: SDKs read a user's identities from it.
    answer: () => ({ status: 200, body: { total: 0, data: [] } }),
  },
  { method: 'post', path: '/auth/v1/user/provider/bind', ...notEnabledToUsers },
  { method: 'delete', path: '/auth/v1/user/provider/:provider_id', ...notEnabledToUsers },
  { method: 'post', path: '/auth/v1/user/provider/:provider_id/trans', ...notEnabledToUsers },
  { method: 'patch', path: '/auth/v1/user/trans/by/provider', ...notEnabledToUsers },
];
