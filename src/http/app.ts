import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { createDocs, docsPath } from './docs';
import type { DocumentedDialect } from './docs-page';
import { describeError } from './problems';
import { helmetOptions } from './security-headers';

export interface ApplicationOptions {
  log: Logger;
  /** What is served under `/uploads`. */
  uploadsFolder: string;
  /** Whether the gateway can do its work now. */
  ready: () => Promise<boolean>;
  /** What `/docs` shows. Absent: there is no such page. */
  docs?: readonly DocumentedDialect[];
  /** Absent: the door is shut, and its paths are unknown. */
  testDoor?: RequestHandler;
}

/** The paths of the application, which no dialect may own. */
export const ownPaths: readonly string[] = ['/healthz', '/readyz', '/uploads', docsPath, '/.test-door'];

const readinessMs = 3_000;

function sendPlain(response: Response, status: number, text: string): void {
  response.status(status).type('text/plain').send(text);
}

/** False too when `ready` fails, or takes longer than anybody who asks will wait. */
async function isReady(options: ApplicationOptions): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, readinessMs);
  });
  try {
    return await Promise.race([options.ready(), tooLate]);
  } catch (error) {
    options.log.warn({ error: describeError(error) }, 'readiness could not be told');
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Everything that belongs to no dialect: health, uploaded files, and a plain 404 for the rest. */
export function createApplication(options: ApplicationOptions): Express {
  const { log, uploadsFolder, testDoor } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(helmet(helmetOptions));

  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const ready = await isReady(options);
    response.status(ready ? 200 : 503).json({ status: ready ? 'ok' : 'unavailable' });
  });
  app.use(
    '/uploads',
    express.static(uploadsFolder, {
      dotfiles: 'ignore',
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders(response) {
        // The path of a user's image stays the same when the image changes.
        response.setHeader('Cache-Control', 'public, max-age=0, must-revalidate');
        // Pages of other sites show our users' images.
        response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      },
    }),
  );
  if (options.docs !== undefined) app.use(docsPath, createDocs(options.docs));
  if (testDoor !== undefined) app.use('/.test-door', testDoor);
  app.use((_request, response) => {
    sendPlain(response, 404, 'Not Found');
  });

  const answerFailure: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    log.error(
      { requestId: response.getHeader('x-request-id'), error: describeError(error) },
      'a request failed',
    );
    if (response.headersSent) next(error);
    else sendPlain(response, 500, 'Internal Server Error');
  };
  app.use(answerFailure);
  return app;
}
