import { defineDialect } from '../../src/dialect';
import { findToken, renewal, sessionPolicy, tokenFormat } from './access-token';
import { answerEarly } from './early';
import { createErrors } from './errors';
import { encodeJson } from './go-text';
import { groupSeeds } from './groups';
import { createSpeak } from './messages';
import { admitsOrigin, corsHeaders } from './origins';
import { createRoutes } from './routes';
import { createSite, resetPagePath, settings } from './site';

export default defineDialect({
  name: 'anqicms',
  settings,
  declare: (host, chosen) => {
    const site = createSite(host, chosen);
    const speak = createSpeak(site.language);
    return {
      mounts: ['/api', '/logout', resetPagePath],
      limits: { jsonBytes: 1_048_576, uploadBytes: 10_485_760 },
      accessToken: { format: tokenFormat, find: findToken, attach: (token) => ({ token }), renewal },
      sessions: sessionPolicy,
      routes: createRoutes(site, speak),
      errors: createErrors(speak),
      // Go's errors depend on the struct that the bytes are read into, which only the route knows.
      decode: (raw) => raw,
      serialize: encodeJson,
      headers: (request) => corsHeaders(request, site),
      early: answerEarly,
      admitsOrigin: (request) => admitsOrigin(request, site),
      seeds: groupSeeds(site),
    };
  },
});
