import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { DoorRefusal } from './refusals';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Lets those pass who have the token. The time it takes tells nothing about the token, its length included. */
export function demandBearer(token: string): RequestHandler {
  const expected = digest(token);
  return (request, response, next) => {
    const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (timingSafeEqual(digest(given), expected)) {
      next();
      return;
    }
    response.setHeader('WWW-Authenticate', 'Bearer');
    next(new DoorRefusal(401, { code: 'unauthorized' }));
  };
}
