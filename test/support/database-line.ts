import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Connection } from '../../src/platform/database';

/** A line to a database that can be cut, and that can go dead: then nothing comes through any more, and no end either. */
export interface DatabaseLine {
  connection: Connection;
  /** Ends every connection and takes no new one, until it is `mend`ed. */
  cut(): void;
  /** Every connection of now goes dead for ever; new ones are good. */
  deaden(): void;
  mend(): void;
  stop(): Promise<void>;
}

export async function startDatabaseLine(
  target: Extract<Connection, { host: string }>,
): Promise<DatabaseLine> {
  const pairs = new Set<[Socket, Socket]>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(`${target.host}/.s.PGSQL.${target.port}`);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    near.pipe(far).pipe(near);
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on('error', () => undefined);
      one.on('close', () => {
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    connection: { ...target, host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    cut: () => {
      isCut = true;
      end();
    },
    deaden: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
      }
    },
    mend: () => {
      isCut = false;
    },
    stop: async () => {
      end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
