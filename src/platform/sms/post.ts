import { request as requestHttp, type OutgoingHttpHeaders } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface PostAnswer {
  status: number;
  retryAfter: string | undefined;
}

/**
 * One POST over a connection of its own, following nothing. Resolves with the head of the answer; what comes after it is
 * thrown away. Rejects when there is no answer: no connection, a connection that ended early, `timeLimitMilliseconds`
 * over, or `signal` aborted.
 */
export function post(
  url: URL,
  body: string,
  options: { headers: OutgoingHttpHeaders; timeLimitMilliseconds: number; signal: AbortSignal },
): Promise<PostAnswer> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: 'POST',
      // No pool: a connection that the other side has meanwhile closed would fail the message.
      agent: false,
      headers: { ...options.headers, 'content-length': Buffer.byteLength(body) },
      signal: options.signal,
    });
    const timer = setTimeout(() => {
      sending.destroy(new Error(`no answer within ${options.timeLimitMilliseconds} ms`));
    }, options.timeLimitMilliseconds);
    sending.on('close', () => {
      clearTimeout(timer);
    });
    sending.on('error', reject);
    sending.on('response', (response) => {
      // The timer runs on: it also ends a body that does not.
      response.on('error', () => undefined);
      response.resume();
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
    });
    sending.end(body);
  });
}
