import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import type { Request, Response } from 'express';
import multer, { memoryStorage, MulterError } from 'multer';
import { refuse, RequestError, type UploadFailure } from '../dialect';
import { declaredLength } from './body';
import { ClientGone } from './problems';

/** Uploads in memory at once; the others wait with their bytes unread. */
const uploadsAtOnce = 8;

/** What a body may hold beside the file: delimiters, part headers, the form's other members. */
const framingBytes = 64 * 1024;

/** The bytes of the file part `field` of a multipart body: the first one, when there are several. */
export type ReadUpload = (incoming: IncomingMessage, field: string, limitBytes: number) => Promise<Buffer>;

function malformed(reason: UploadFailure): RequestError {
  return new RequestError({ code: 'malformed_upload', reason });
}

function checkContentType(contentType: string | undefined): void {
  if (contentType === undefined || !/^\s*multipart\/form-data\s*(;|$)/i.test(contentType))
    throw malformed('not_multipart');
  if (!/;\s*boundary\s*=/i.test(contentType)) throw malformed('no_boundary');
}

/** At most `limit` holders at once, in the order of asking. A waiter that gives up leaves its place. */
function createGate(limit: number): { enter(incoming: IncomingMessage): Promise<void>; leave(): void } {
  const waiting = new Set<() => void>();
  let inside = 0;
  return {
    async enter(incoming) {
      if (inside < limit) {
        inside += 1;
        return;
      }
      // The place is handed over by `leave`, which keeps the count.
      await new Promise<void>((resolve, reject) => {
        const giveUp = (): void => {
          waiting.delete(admit);
          reject(new ClientGone());
        };
        const admit = (): void => {
          incoming.off('close', giveUp);
          resolve();
        };
        waiting.add(admit);
        incoming.once('close', giveUp);
      });
    },
    leave() {
      for (const next of waiting) {
        waiting.delete(next);
        next();
        return;
      }
      inside -= 1;
    },
  };
}

function problemFrom(error: unknown, state: { started: boolean; inFile: boolean }): Error {
  if (error instanceof MulterError) {
    return error.code.startsWith('LIMIT_')
      ? new RequestError({ code: 'body_too_large' })
      : malformed('no_file');
  }
  // The parser took exception to the declared type before it saw a byte.
  if (!state.started) return malformed('not_multipart');
  return malformed(state.inFile ? 'truncated' : 'empty');
}

function receive(incoming: IncomingMessage, field: string, limitBytes: number): Promise<Buffer> {
  if (incoming.destroyed) throw new ClientGone();
  return new Promise((resolve, reject) => {
    const state = { started: false, inFile: false };
    let taken = false;
    let received = 0;

    const options: multer.Options & { streamHandler(request: IncomingMessage, parser: Writable): void } = {
      storage: memoryStorage(),
      limits: { fileSize: limitBytes, files: 8, fields: 64, parts: 72, fieldSize: framingBytes },
      fileFilter(_request, file, decide) {
        const wanted = !taken && file.fieldname === field;
        taken ||= wanted;
        decide(null, wanted);
      },
      // multer would read a body that is too large to its end before it says so; this answers at once.
      streamHandler(request, parser) {
        state.started = true;
        parser.on('file', (_name: string, file: NodeJS.ReadableStream) => {
          state.inFile = true;
          file.once('end', () => {
            state.inFile = false;
          });
          file.once('limit', refuseSize);
        });
        request.on('data', (chunk: Buffer) => {
          received += chunk.length;
          if (received > limitBytes + framingBytes) refuseSize();
        });
        request.pipe(parser);
        function refuseSize(): void {
          request.unpipe(parser);
          reject(new RequestError({ code: 'body_too_large' }));
        }
      },
    };

    // multer needs a message and its headers, nothing of Express, and never answers itself.
    const request = incoming as Request;
    const response = new ServerResponse(incoming) as Response;
    multer(options).any()(request, response, (error?: unknown) => {
      if (error !== undefined && error !== null) {
        reject(incoming.destroyed && !incoming.complete ? new ClientGone() : problemFrom(error, state));
        return;
      }
      const file = Array.isArray(request.files) ? request.files[0] : undefined;
      if (file === undefined) reject(malformed(state.started ? 'no_file' : 'not_multipart'));
      else resolve(file.buffer);
    });
  });
}

/**
 * Reads uploads into memory, eight at once. Refuses with `malformed_upload` for a body that is not multipart, names no
 * boundary, holds no part, is cut off or holds no file part of that name, and with `body_too_large` for more than
 * `limitBytes`, as soon as it shows. Rejects with `ClientGone` when the client hangs up.
 */
export function createUploadReader(): ReadUpload {
  const gate = createGate(uploadsAtOnce);
  return async (incoming, field, limitBytes) => {
    if (incoming.destroyed) throw new ClientGone();
    checkContentType(incoming.headers['content-type']);
    const declared = declaredLength(incoming);
    if (declared === 0) throw malformed('empty');
    if (declared !== undefined && declared > limitBytes + framingBytes)
      return refuse({ code: 'body_too_large' });
    await gate.enter(incoming);
    try {
      return await receive(incoming, field, limitBytes);
    } finally {
      gate.leave();
    }
  };
}
