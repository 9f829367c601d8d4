import { Router } from 'express';
import helmet from 'helmet';
import path from 'node:path';
import { assets, page, pagePolicy, startScript, type DocumentedDialect } from './docs-page';

/** Where the page is; the application's own, with all below it. */
export const docsPath = '/docs';

/**
 * A page that shows the descriptions of the served wires and sends requests to them. Everything on it comes from this
 * gateway, and is read from disk when it is asked for.
 */
export function createDocs(dialects: readonly DocumentedDialect[]): Router {
  const router = Router();
  const assetsFolder = path.dirname(require.resolve('swagger-ui-dist/package.json'));
  const start = startScript(dialects);
  router.use(helmet.contentSecurityPolicy(pagePolicy));

  router.get('/', (request, response) => {
    // What the page loads has addresses relative to its own.
    const [asked = '', query] = request.originalUrl.split(/(?=\?)/);
    if (asked.endsWith('/')) response.type('text/html').send(page);
    else response.redirect(`docs/${query ?? ''}`);
  });
  router.get('/start.js', (_request, response) => {
    response.type('text/javascript').send(start);
  });
  for (const name of assets) {
    router.get(`/${name}`, (_request, response) => {
      response.sendFile(name, { root: assetsFolder });
    });
  }
  for (const { name, file } of dialects) {
    router.get(`/${name}/openapi.yaml`, (_request, response) => {
      response.type('application/yaml');
      response.sendFile(path.basename(file), { root: path.dirname(file) });
    });
  }
  return router;
}
