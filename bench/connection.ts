import { connect, type Socket } from 'node:net';

/** An answer as far as the bench looks at it. */
export interface Heard {
  status: number;
  body: string;
}

/**
 * A kept-alive HTTP/1.1 connection that sends one request after the other: no more than the bench needs, so that it leaves
 * the machine to the servers. Understands answers with a `Content-Length` and no others.
 */
export interface Connection {
  /** Sends a whole request; `heard` is called with its answer, before the next may be sent. */
  send(request: string, heard: (answer: Heard) => void): void;
  close(): void;
}

const endOfHead = '\r\n\r\n';

function lengthOf(head: string): number {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without a length: ${head}`);
  return Number(length);
}

/** Opens a connection. `failed` is called when it breaks, or with an answer that cannot be read. */
export function openConnection(port: number, failed: (error: Error) => void): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let waiting: ((answer: Heard) => void) | undefined;
    let pending: Buffer | undefined;
    let closed = false;
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });

    function read(bytes: Buffer): void {
      const end = bytes.indexOf(endOfHead);
      if (end === -1) {
        pending = bytes;
        return;
      }
      const head = bytes.toString('latin1', 0, end);
      const from = end + endOfHead.length;
      const to = from + lengthOf(head);
      if (bytes.length < to) {
        pending = bytes;
        return;
      }
      if (bytes.length > to) throw new Error('more came than was asked for');
      pending = undefined;
      const answer = { status: Number(head.slice(9, 12)), body: bytes.toString('utf8', from, to) };
      const listener = waiting;
      waiting = undefined;
      listener?.(answer);
    }

    socket.on('data', (chunk) => {
      try {
        read(pending === undefined ? chunk : Buffer.concat([pending, chunk]));
      } catch (error) {
        failed(error as Error);
      }
    });
    socket.once('error', (error) => {
      reject(error);
      if (!closed) failed(error);
    });
    socket.once('close', () => {
      if (!closed) failed(new Error('a server closed a connection'));
    });
    socket.once('connect', () => {
      resolve({
        send(request, heard) {
          waiting = heard;
          socket.write(request);
        },
        close() {
          closed = true;
          socket.destroy();
        },
      });
    });
  });
}
