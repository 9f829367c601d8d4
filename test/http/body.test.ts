import { gzipSync } from 'node:zlib';
import { declare, sendRaw, startGateway, stopGateways, token } from './support';

afterEach(stopGateways);

const head = `POST /made/v1/me HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\n`;
const tooLarge = '{"code":"body_too_large"}';

function answersIn(received: string): number {
  return received.split('HTTP/1.1 ').length - 1;
}

describe('a body', () => {
  it('may be of exactly the limit, and not of one byte more', async () => {
    const { origin } = await startGateway(declare());
    const send = async (length: number): Promise<unknown> => {
      const body = JSON.stringify({ n: 'x'.repeat(length - 8) });
      expect(body).toHaveLength(length);
      return (
        await fetch(`${origin}/made/v1/me`, { method: 'POST', headers: { token: token() }, body })
      ).json();
    };
    expect(await send(1000)).toEqual({ saved: true });
    expect(await send(1001)).toEqual({ code: 'body_too_large' });
  });

  it('that announces too much is refused before it comes', async () => {
    const { port } = await startGateway(declare());
    const received = await sendRaw(port, [`${head}Content-Length: 900000000\r\n\r\n`], (text) =>
      text.includes(tooLarge),
    );
    expect(received).toMatch(/^HTTP\/1\.1 400 /);
    expect(received).toMatch(/\r\nConnection: close\r\n/i);
  });

  it('that is too large lets a client that writes first and reads then have its answer', async () => {
    const { port } = await startGateway(declare());
    const megabytes = Buffer.alloc(8 * 1024 * 1024, 'x');
    const received = await sendRaw(port, [`${head}Content-Length: ${megabytes.length}\r\n\r\n`, megabytes]);
    expect(received.endsWith(tooLarge)).toBe(true);
  });

  it('that is a little too large costs the client no connection', async () => {
    const { port } = await startGateway(declare());
    const next = `GET /made/v1/me HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\nConnection: close\r\n\r\n`;
    const received = await sendRaw(port, [`${head}Content-Length: 1500\r\n\r\n`, 'x'.repeat(1500), next]);
    expect(received).toContain(tooLarge);
    expect(answersIn(received)).toBe(2);
  });

  it('in chunks is read to its end', async () => {
    const { port } = await startGateway(declare());
    const received = await sendRaw(port, [
      `${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n`,
      '5\r\n{"a":\r\n',
      '2\r\n1}\r\n',
      '0\r\n\r\n',
    ]);
    expect(received.endsWith('{"saved":true}')).toBe(true);
  });

  it('in chunks without an end is refused once it is too large', async () => {
    const { port } = await startGateway(declare());
    const chunk = `400\r\n${'x'.repeat(1024)}\r\n`;
    const received = await sendRaw(
      port,
      [`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk, chunk],
      (text) => text.includes(tooLarge),
    );
    expect(received).toMatch(/\r\nConnection: close\r\n/i);
  });

  it('that the client asks leave for is admitted and read', async () => {
    const { port } = await startGateway(declare());
    const received = await sendRaw(port, [
      `${head}Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n`,
      '{}',
    ]);
    expect(received).toMatch(/^HTTP\/1\.1 100 /);
    expect(received.endsWith('{"saved":true}')).toBe(true);
  });

  it('with an expectation that nobody knows is read all the same', async () => {
    const { port } = await startGateway(declare());
    const received = await sendRaw(port, [
      `${head}Expect: a wonder\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
    ]);
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('in another encoding is taken as the bytes that it is', async () => {
    const { origin } = await startGateway(declare());
    const response = await fetch(`${origin}/made/v1/me`, {
      method: 'POST',
      headers: { token: token(), 'content-encoding': 'gzip' },
      body: gzipSync('{}'),
    });
    expect(await response.json()).toMatchObject({ code: 'malformed_body' });
  });

  it('longer than it says is another request, which fails as node says', async () => {
    const { port } = await startGateway(declare());
    const received = await sendRaw(port, [`${head}Content-Length: 2\r\n\r\n{}surplus\r\n\r\n`]);
    expect(received).toMatch(/HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/);
    expect(await sendRaw(port, [`${head}Content-Length: 2\r\nConnection: close\r\n\r\n{}`])).toMatch(
      /200 OK/,
    );
  });

  it('of GET means nothing', async () => {
    const { port } = await startGateway(declare());
    const received = await sendRaw(port, [
      `GET /made/v1/me HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\nContent-Length: 3\r\nConnection: close\r\n\r\n{x}`,
    ]);
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('that comes long after its headers is waited for', async () => {
    const gateway = await startGateway(declare());
    gateway.override(
      'authenticate',
      () => new Promise((resolve) => setTimeout(resolve, 50, { user: { id: 1 }, session: {} })),
    );
    const response = await fetch(`${gateway.origin}/made/v1/me`, {
      method: 'POST',
      headers: { token: token() },
      body: '{"a":1}',
    });
    expect(await response.json()).toEqual({ saved: true });
  });
});
