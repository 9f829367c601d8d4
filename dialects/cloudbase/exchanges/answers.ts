import type { Exchange } from '../../../src/contract';

/** How a browser or Node SDK sends JSON: without naming it (reference 1, row 1). */
export const text = { 'content-type': 'text/plain;charset=UTF-8' };
export const json = { 'content-type': 'application/json' };

export const success = { status: 200, body: {} };

export const refused = (status: number, error: string, error_code: number, error_description: string) => ({
  status,
  body: { error, error_code, error_description },
});

export const invalid = (description: string) => refused(400, 'invalid_argument', 3, description);
export const unserved = (description: string) => refused(501, 'unimplemented', 12, description);
export const unauthenticated = refused(401, 'unauthenticated', 16, 'Access token is not correct or expired');
export const usernameTaken = refused(409, 'username_already_exists', 409, 'Username already exists');
export const wrongCredentials = refused(
  400,
  'invalid_username_or_password',
  4043,
  'Invalid username or password',
);
export const staleRefreshToken = refused(400, 'invalid_grant', 3, 'Refresh token is not correct or expired');

export const grant = {
  status: 200,
  body: {
    token_type: 'Bearer',
    access_token: '<access token>',
    refresh_token: '<refresh token>',
    expires_in: 7200,
    scope: 'user',
    sub: '<id>',
    groups: [],
  },
};

export const usernameForm =
  'username must be 2 to 48 letters, digits, spaces and - _ . : +, the first a letter or digit, the last no space';

export const refusedCall = (
  path: string,
  body: unknown,
  response: Exchange['response'],
  options: Partial<Pick<Exchange, 'source' | 'credential'>> & { method?: 'PATCH' } = {},
): Exchange => ({
  title: `${path.replace('/auth/v1/', '')} refuses ${JSON.stringify(body)}`,
  source: options.source ?? 'ours',
  request: { method: options.method ?? 'POST', path, headers: text, body },
  credential: options.credential ?? 'none',
  response,
});

export const badProof = invalid('verification_token is not correct or expired');
export const badSudo = refused(403, 'permission_denied', 7, 'bad sudo token');
export const documented = { source: 'documented' } as const;
export const own = { credential: 'own' } as const;
