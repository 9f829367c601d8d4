import Joi from 'joi';
import { decodeJson, defineDialect, findHeader, RequestError, type WireRequest } from '../../src/dialect';
import { findToken, sessions, tokenFormat } from './access-token';
import { errors } from './errors';
import { answerPreflight, headersFor } from './origins';
import { createRoutes } from './routes';

interface Settings {
  /** The environment ID: `project_id` of every token, and `aud` of those whose client named no application. */
  CLOUDBASE_ENV: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * JSON whatever the content type: SDKs send `text/plain` (reference 1, row 1). What is no JSON is kept as the refusal that
 * it earns, for signing out takes a body of any shape and must not fail on it (reference 6.4).
 */
function decode(raw: Buffer): unknown {
  try {
    utf8.decode(raw);
    return decodeJson(raw);
  } catch (error) {
    return error instanceof RequestError
      ? error
      : new RequestError({ code: 'malformed_body', detail: 'not UTF-8' });
  }
}

/** From the query, else from the body. Only what may stand in a token and in a column. */
function clientId({ query, body }: WireRequest): string | undefined {
  const named = typeof body === 'object' && body !== null && 'client_id' in body ? body.client_id : undefined;
  return [query.get('client_id'), named].find(
    (value): value is string => typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value),
  );
}

/** SDKs keep an ID only when it has 16 to 48 characters (reference 2.2); others are taken as none. */
function deviceId(request: WireRequest): string | undefined {
  const value = findHeader(request, 'x-device-id');
  return value !== undefined && /^[\x21-\x7e]{16,48}$/.test(value) ? value : undefined;
}

export default defineDialect<Settings>({
  name: 'cloudbase',
  settings: Joi.object<Settings>({
    CLOUDBASE_ENV: Joi.string()
      .pattern(/^[\x21-\x7e]{1,128}$/)
      .default('idiom'),
  }),
  declare: (site, settings) => ({
    mounts: ['/auth'],
    limits: { jsonBytes: 65_536 },
    accessToken: {
      format: tokenFormat(site, settings.CLOUDBASE_ENV),
      find: findToken,
      attach: (token) => ({ authorization: `Bearer ${token}` }),
    },
    sessions,
    routes: createRoutes(site),
    errors,
    decode,
    headers: (request) => headersFor(site, request),
    early: answerPreflight,
    clientId,
    deviceId,
  }),
});
