import type { Socket } from 'node:net';

/** What the driver keeps of a connection, as far as its silence has to be known. */
interface DriverClient {
  connection: { stream: Socket };
}

/**
 * Ends a connection whose server owes an answer and has said nothing for `ms` milliseconds. A server whose machine died ends
 * nothing by itself, and the system would wait for it for a quarter of an hour; whoever asked is told, and asks on another
 * connection next time.
 */
export function endWhenSilent(client: unknown, ms: number): void {
  const { stream } = (client as DriverClient).connection;
  // With the handshake done, nothing is owed.
  let answeredBytes = stream.bytesWritten;
  stream.on('data', () => {
    answeredBytes = stream.bytesWritten;
  });
  // Not with the limit itself: what is handed over there is called once, and an idle connection would use it up.
  stream.on('timeout', () => {
    if (stream.bytesWritten > answeredBytes) {
      stream.destroy(new Error('Connection terminated: the database has been silent for too long'));
    }
  });
  stream.setTimeout(ms);
}
