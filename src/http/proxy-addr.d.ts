/** The part of proxy-addr that we use; the package has no types of its own. */
declare module 'proxy-addr' {
  import type { IncomingMessage } from 'node:http';

  /** Whether an address, the `hop`-th from the right counting the socket's as 0, is a proxy that we believe. */
  type Trust = (address: string, hop: number) => boolean;

  /** The addresses from the socket's to the first that is not trusted, which is the last one given. */
  export function all(request: Pick<IncomingMessage, 'headers' | 'socket'>, trust: Trust): string[];
  /** Throws a TypeError that names the address or range that is none. */
  export function compile(ranges: string[]): Trust;
}
