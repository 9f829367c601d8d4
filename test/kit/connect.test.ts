import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, NoDoor, readIdentity } from '../../src/kit';

/** A server of somebody else's, which answers everything alike, and what it was shown. */
describe('a target without a test door', () => {
  let server: Server;
  let baseUrl: string;
  const shown: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      shown.push(JSON.stringify(request.headers));
      response.statusCode = 401;
      response.end('{"error":"unauthenticated"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  const doorToken = 'a-token-that-opens-users';
  const options = { timeoutMs: 5_000, doorToken, destructive: false, environment: {} };

  it('is never shown the token', async () => {
    const identity = readIdentity('{"accounts":[{"username":"zhang","password":"Secret_123"}]}', '/qa');
    expect(await connect({ ...options, baseUrl, identity })).toMatchObject({ means: 'identity' });
    await expect(connect({ ...options, baseUrl })).rejects.toThrow(NoDoor);
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.join()).not.toContain(doorToken);
  });
});
