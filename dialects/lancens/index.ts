import joi from 'joi';
import { defineDialect } from '../../src/dialect';
import { findToken, sessionPolicy, tokenFormat } from './access-token';
import { errorTable } from './errors';
import { decodeBody } from './requests';
import { routesFor } from './routes';
import { apiKeyForm } from './vocabulary';

interface Settings {
  /** The HTTP status of the three token errors. */
  LANCENS_AUTH_STATUS: 400 | 401;
}

export default defineDialect<Settings>({
  name: 'lancens',
  settings: joi.object<Settings>({ LANCENS_AUTH_STATUS: joi.number().valid(400, 401).default(400) }),
  declare: (site, settings) => ({
    mounts: ['/v1/api'],
    limits: { jsonBytes: 100 * 1024 },
    accessToken: { format: tokenFormat, find: findToken, attach: (token) => ({ token }) },
    sessions: sessionPolicy,
    routes: routesFor(site),
    errors: errorTable(settings.LANCENS_AUTH_STATUS),
    decode: decodeBody,
    etag: true,
    apiKeys: apiKeyForm,
  }),
});
