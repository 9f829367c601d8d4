import type { IncomingMessage } from 'node:http';
import { createAddressFinder, type TrustProxy } from '../../src/http/address';
import { declare, startGateway, stopGateways, token } from './support';

afterEach(stopGateways);

function find(trustProxy: TrustProxy, peer: string | undefined, forwarded?: string): string | null {
  return createAddressFinder(trustProxy)({
    socket: { remoteAddress: peer },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage);
}

const chain = '198.51.100.1, 203.0.113.2, 10.0.0.3';

describe('the address of the peer', () => {
  it.each<[string, TrustProxy, string, string | undefined, string]>([
    ['nobody is trusted', 0, '10.0.0.9', chain, '10.0.0.9'],
    ['the list is empty', [], '10.0.0.9', chain, '10.0.0.9'],
    ['one proxy is trusted', 1, '10.0.0.9', chain, '10.0.0.3'],
    ['two are', 2, '10.0.0.9', chain, '203.0.113.2'],
    ['more are trusted than there are', 9, '10.0.0.9', chain, '198.51.100.1'],
    ['a proxy is trusted that is not there', 1, '10.0.0.9', undefined, '10.0.0.9'],
    ['a range is trusted', ['10.0.0.0/8'], '10.0.0.9', chain, '203.0.113.2'],
    ['the peer is in no trusted range', ['192.0.2.0/24'], '10.0.0.9', chain, '10.0.0.9'],
    [
      'addresses are trusted',
      ['10.0.0.9', '10.0.0.3', '203.0.113.2'],
      '::ffff:10.0.0.9',
      chain,
      '198.51.100.1',
    ],
    ['IPv6 is trusted', ['2001:db8::/32'], '2001:db8::1', '2001:db8:f::5, 2001:db8::2', '2001:db8:f::5'],
    ['the peer is a mapped one', 0, '::ffff:192.0.2.7', undefined, '192.0.2.7'],
    ['the peer has a zone', 0, 'fe80::1%eth0', undefined, 'fe80::1'],
    ['what is forwarded is no address', 1, '10.0.0.9', "'; drop table users", '10.0.0.9'],
    ['an address before is none', 2, '10.0.0.9', 'unknown, 203.0.113.2', '203.0.113.2'],
  ])('when %s', (_when, trustProxy, peer, forwarded, expected) => {
    expect(find(trustProxy, peer, forwarded)).toBe(expected);
  });

  it('is unknown once the socket is gone', () => {
    expect(find(0, undefined)).toBeNull();
    expect(find(1, undefined, chain)).toBeNull();
  });

  it('refuses a list that holds no range', () => {
    expect(() => createAddressFinder(['10.0.0.0/8', 'proxy.example'])).toThrow(/proxy\.example/);
  });

  it('reaches the core and the log', async () => {
    const gateway = await startGateway(declare(), { trustProxy: 1 });
    await fetch(`${gateway.origin}/made/v1/me`, {
      headers: { token: token(), 'x-forwarded-for': '198.51.100.1' },
    });
    expect(gateway.asked[0]?.context.address).toBe('198.51.100.1');
    expect(gateway.lines()[0]?.address).toBe('198.51.100.1');
  });
});
