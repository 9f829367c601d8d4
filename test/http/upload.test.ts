import { connect } from 'node:net';
import type { Route } from '../../src/dialect';
import { declare, openRaw, sendRaw, startGateway, stopGateways, token, type Gateway } from './support';
import { until } from '../support/until';

afterEach(stopGateways);

const route: Route = {
  method: 'post',
  path: '/made/v1/avatar',
  upload: { field: 'file' },
  operation: 'replaceAvatar',
  access: 'session',
  read: ({ file, body }, by) => {
    expect(body).toBeUndefined();
    return { caller: by, image: file ?? Buffer.from('no file') };
  },
  write: ({ avatar }) => ({ status: 200, body: { avatar } }),
};

const boundary = 'xYzZy';
const limit = 100_000;

function part(name: string, content: string | Buffer, filename: string | null = 'a.png'): Buffer {
  const disposition = `form-data; name="${name}"${filename === null ? '' : `; filename="${filename}"`}`;
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: ${disposition}\r\n`),
    Buffer.from(filename === null ? '\r\n' : 'Content-Type: image/png\r\n\r\n'),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
}

const end = Buffer.from(`--${boundary}--\r\n`);

async function send(
  gateway: Gateway,
  body: Buffer | undefined,
  contentType: string | null = `multipart/form-data; boundary=${boundary}`,
): Promise<unknown> {
  const headers = { token: token(), ...(contentType !== null && { 'content-type': contentType }) };
  const init = body === undefined ? {} : { body };
  return (await fetch(`${gateway.origin}/made/v1/avatar`, { method: 'POST', headers, ...init })).json();
}

function imagesOf(gateway: Gateway): Buffer[] {
  return gateway.asked
    .filter(({ operation }) => operation === 'replaceAvatar')
    .map(({ command }) => (command as { image: Buffer }).image);
}

const done = { avatar: 'uploads/user/1000.png' };
const malformed = (reason: string) => ({ code: 'malformed_upload', reason });

describe('an upload', () => {
  it('brings the bytes of its file part, whatever else is in the form', async () => {
    const gateway = await startGateway(declare({ routes: [route] }));
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 0]);
    const body = Buffer.concat([
      part('note', 'x', null),
      part('other', 'stray'),
      part('file', bytes),
      part('file', 'b'),
      end,
    ]);
    expect(await send(gateway, body)).toEqual(done);
    expect(imagesOf(gateway)).toEqual([bytes]);
  });

  it('may hold an empty file, which the core judges', async () => {
    const gateway = await startGateway(declare({ routes: [route] }));
    expect(await send(gateway, Buffer.concat([part('file', ''), end]))).toEqual(done);
    expect(imagesOf(gateway)).toEqual([Buffer.alloc(0)]);
  });

  it('may come as a browser makes it', async () => {
    const gateway = await startGateway(declare({ routes: [route] }));
    const form = new FormData();
    form.append('file', new Blob(['image']), '图.png');
    const response = await fetch(`${gateway.origin}/made/v1/avatar`, {
      method: 'POST',
      headers: { token: token() },
      body: form,
    });
    expect(await response.json()).toEqual(done);
    expect(imagesOf(gateway)).toEqual([Buffer.from('image')]);
  });

  const form = `multipart/form-data; boundary=${boundary}`;
  const whole = Buffer.concat([part('file', 'content'), end]);
  it.each<[string, string, Buffer | undefined, string | null]>([
    ['not_multipart', 'without a content-type', whole, null],
    ['not_multipart', 'of another content-type', whole, 'application/json'],
    ['not_multipart', 'of another multipart type', whole, `multipart/mixed; boundary=${boundary}`],
    ['not_multipart', 'of a content-type that cannot be read', whole, 'multipart/form-data; boundary="'],
    ['not_multipart', 'of a boundary that cannot be read', whole, 'multipart/form-data; boundary=x; y'],
    ['no_boundary', 'without a boundary', whole, 'multipart/form-data'],
    ['no_boundary', 'with other parameters only', whole, 'multipart/form-data; charset=utf-8'],
    ['empty', 'without a body', undefined, form],
    ['empty', 'with an empty body', Buffer.alloc(0), form],
    ['empty', 'with garbage', Buffer.from('this is no form at all'), form],
    ['empty', 'with another boundary', whole, 'multipart/form-data; boundary=other'],
    ['empty', 'cut off in the head of a part', whole.subarray(0, 40), form],
    ['truncated', 'cut off in its file', part('file', 'content').subarray(0, -4), form],
    ['no_file', 'without parts', end, form],
    ['no_file', 'with a file of another name', Buffer.concat([part('image', 'content'), end]), form],
    ['no_file', 'with a text field of that name', Buffer.concat([part('file', 'content', null), end]), form],
  ])('is %s %s', async (reason, _how, body, contentType) => {
    const gateway = await startGateway(declare({ routes: [route] }));
    expect(await send(gateway, body, contentType)).toEqual(malformed(reason));
    expect(imagesOf(gateway)).toEqual([]);
    expect(gateway.lines()).toHaveLength(1);
  });

  it('may be of exactly the limit, and not of one byte more', async () => {
    const gateway = await startGateway(declare({ routes: [route] }));
    expect(await send(gateway, Buffer.concat([part('file', Buffer.alloc(limit, 'x')), end]))).toEqual(done);
    const more = Buffer.concat([part('file', Buffer.alloc(limit + 1, 'x')), end]);
    expect(await send(gateway, more)).toEqual({ code: 'body_too_large' });
    expect(imagesOf(gateway).map(({ length }) => length)).toEqual([limit]);
  });

  it('that is far too large is refused by its announced length, and its client can read that', async () => {
    const gateway = await startGateway(declare({ routes: [route] }));
    expect(await send(gateway, Buffer.concat([part('file', Buffer.alloc(5_000_000)), end]))).toEqual({
      code: 'body_too_large',
    });
  });

  it('in chunks without an end is refused once it is too large', async () => {
    const { port } = await startGateway(declare({ routes: [route] }));
    const head = `POST /made/v1/avatar HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\nTransfer-Encoding: chunked\r\n`;
    const content = part('file', Buffer.alloc(limit + 100, 'x'));
    const received = await sendRaw(
      port,
      [
        `${head}Content-Type: multipart/form-data; boundary=${boundary}\r\n\r\n${content.length.toString(16)}\r\n`,
        content,
      ],
      (text) => text.includes('body_too_large'),
    );
    expect(received).toMatch(/\r\nConnection: close\r\n/i);
  });

  it('of many small fields is refused as too large', async () => {
    const gateway = await startGateway(declare({ routes: [route] }));
    const fields = Array.from({ length: 70 }, (_, index) => part(`f${index}`, 'x', null));
    expect(await send(gateway, Buffer.concat([...fields, end]))).toEqual({ code: 'body_too_large' });
  });

  it('is not read for somebody without a token', async () => {
    const { origin } = await startGateway(declare({ routes: [route] }));
    const response = await fetch(`${origin}/made/v1/avatar`, { method: 'POST', body: 'x' });
    expect(await response.json()).toEqual({ code: 'access_token_rejected', reason: 'missing' });
  });

  it('whose client hangs up is no failure', async () => {
    const gateway = await startGateway(declare({ routes: [route] }));
    const socket = openRaw(gateway.port, unfinished());
    await until(() => gateway.asked.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    await until(() => gateway.lines().length === 1);
    expect(gateway.lines()[0]).toMatchObject({ level: 30, status: 499 });
  });
});

function unfinished(): string {
  return (
    `POST /made/v1/avatar HTTP/1.1\r\nHost: a\r\nToken: ${token()}\r\nContent-Length: 5000\r\n` +
    `Content-Type: multipart/form-data; boundary=${boundary}\r\n\r\n${part('file', 'beg').toString('latin1')}`
  );
}

describe('more uploads than fit', () => {
  it('wait, take their turn when one ends, and leave the queue when their client does', async () => {
    const gateway = await startGateway(declare({ routes: [route] }));
    const slow = Array.from({ length: 8 }, () => openRaw(gateway.port, unfinished()));
    await until(() => gateway.asked.length === 8);
    await new Promise((resolve) => setTimeout(resolve, 20));

    const impatient = connect(gateway.port, '127.0.0.1', () => impatient.write(unfinished()));
    await until(() => gateway.asked.length === 9);
    const patient = send(gateway, Buffer.concat([part('file', 'mine'), end]));
    await until(() => gateway.asked.length === 10);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(imagesOf(gateway)).toEqual([]);

    impatient.destroy();
    await until(() => gateway.lines().length === 1);
    slow[0]?.destroy();
    expect(await patient).toEqual(done);
    for (const socket of slow) socket.destroy();
    await until(() => gateway.lines().length === 10);
    expect(await send(gateway, Buffer.concat([part('file', 'after'), end]))).toEqual(done);
  });
});
