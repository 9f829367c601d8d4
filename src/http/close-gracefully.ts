import type { Server } from 'node:http';

const sweepMs = 50;

/**
 * Takes no new connection, lets the running requests finish, closes kept connections as they fall idle, and cuts
 * whatever is left after `ms` milliseconds. Resolves when no connection is left; at once when the server did not listen.
 */
export async function closeGracefully(server: Server, ms: number): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    const sweep = setInterval(() => {
      server.closeIdleConnections();
    }, sweepMs);
    const deadline = setTimeout(() => {
      server.closeAllConnections();
    }, ms);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(deadline);
      resolve();
    });
  });
}
