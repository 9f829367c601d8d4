import type { IncomingMessage } from 'node:http';
import { RequestError } from '../dialect';
import { ClientGone } from './problems';

const nothing = Buffer.alloc(0);

/** The declared length of the body in bytes; undefined when it is chunked. 0 when the request has none. */
export function declaredLength(incoming: IncomingMessage): number | undefined {
  if (incoming.headers['transfer-encoding'] !== undefined) return undefined;
  const length = incoming.headers['content-length'];
  return length === undefined ? 0 : Number(length);
}

/**
 * The bytes of the body as they were sent, whatever their content-encoding; none when there is no body. Refuses with
 * `body_too_large` as soon as more than `limit` bytes are announced or have come, and leaves the rest unread. Rejects
 * with `ClientGone` when the client hangs up before its body is whole.
 */
export function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> | Buffer {
  const declared = declaredLength(incoming);
  if (declared === 0) return nothing;
  if (incoming.destroyed) throw new ClientGone();
  if (declared !== undefined && declared > limit) throw new RequestError({ code: 'body_too_large' });

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    function stop(): void {
      incoming.off('data', take);
      incoming.off('end', finish);
      incoming.off('close', hangUp);
    }
    function take(chunk: Buffer): void {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      stop();
      incoming.pause();
      reject(new RequestError({ code: 'body_too_large' }));
    }
    function finish(): void {
      stop();
      resolve(chunks.length === 1 ? (chunks[0] ?? nothing) : Buffer.concat(chunks, length));
    }
    function hangUp(): void {
      stop();
      reject(new ClientGone());
    }
    incoming.on('data', take);
    incoming.on('end', finish);
    incoming.on('close', hangUp);
  });
}

/** What is left of a refused body and small enough to be read for the sake of the connection. */
const worthReading = 64 * 1024;

/** Whether so much of the body is still to come that the connection had better end with the answer. */
export function leavesMuchUnread(incoming: IncomingMessage): boolean {
  if (incoming.complete) return false;
  const declared = declaredLength(incoming);
  return declared === undefined || declared > worthReading;
}

const drainedBytes = 32 * 1024 * 1024;
const drainedMs = 5_000;

/**
 * Throws away what a client still sends after it was answered, for 5 seconds and 32 MiB at most, then calls `done`.
 * Closing at once would make the client's system drop the answer that it has not read yet.
 */
export function drain(incoming: IncomingMessage, done: () => void): void {
  let left = drainedBytes;
  const timer = setTimeout(stop, drainedMs);
  function stop(): void {
    clearTimeout(timer);
    incoming.off('data', drop);
    incoming.off('end', stop);
    incoming.off('close', stop);
    done();
  }
  function drop(chunk: Buffer): void {
    left -= chunk.length;
    if (left < 0) stop();
  }
  if (incoming.destroyed) {
    stop();
    return;
  }
  incoming.on('data', drop);
  incoming.on('end', stop);
  incoming.on('close', stop);
  incoming.resume();
}
