import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { all, compile } from 'proxy-addr';

/**
 * Whom `X-Forwarded-For` is believed from. A number: so many proxies stand in front of us, counted from the right. A
 * list: the addresses and CIDR ranges of our proxies. 0 and the empty list: nobody, the socket's peer is the client.
 */
export type TrustProxy = number | readonly string[];

export type FindAddress = (request: IncomingMessage) => string | null;

/** As it is stored: IPv4 written as such, without an IPv6 zone. Undefined for what is no address. */
function clean(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const bare =
    address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : (address.split('%')[0] ?? '');
  return isIP(bare) === 0 ? undefined : bare;
}

/**
 * The peer's address as far as we can believe it; null once the socket is gone. A proxy that forwards something that is
 * no address is itself taken for the client. Throws a TypeError when the list holds something that is no range.
 */
export function createAddressFinder(trustProxy: TrustProxy): FindAddress {
  if (typeof trustProxy === 'number' ? trustProxy <= 0 : trustProxy.length === 0) {
    return ({ socket }) => clean(socket.remoteAddress) ?? null;
  }
  const trust =
    typeof trustProxy === 'number' ? (_: string, hop: number) => hop < trustProxy : compile([...trustProxy]);
  return (request) => {
    if (request.socket.remoteAddress === undefined) return null;
    for (const address of all(request, trust).reverse()) {
      const cleaned = clean(address);
      if (cleaned !== undefined) return cleaned;
    }
    return null;
  };
}
