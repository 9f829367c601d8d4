import { execFile } from 'node:child_process';
import path from 'node:path';
import { once } from 'node:events';
import { declare, getRaw, openRaw, startGateway, stopGateways, token } from '../http/support';
import { tapAnswers } from '../support/answer-tap';
import { repository } from '../support/command-line';
import { createReader } from '../support/judge-answer';
import { throwUndescribed } from '../support/undescribed-answers';
import { tiny } from './tiny';
import { until } from '../support/until';

const stops: (() => void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await stopGateways();
});

/** The made-up wire, whose answers are held to a description. */
async function serveTapped(text: string, parts: Parameters<typeof declare>[0] = {}) {
  const declaration = declare(parts);
  const gateway = await startGateway(declaration);
  const read = createReader(() => text);
  stops.push(tapAnswers(gateway.port, [{ name: 'made', declaration }], read));
  return gateway;
}

/** What the tap has to say of the answers since it was last asked. */
function complaint(): string {
  try {
    throwUndescribed();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const withToken = { headers: { token: token() } };

describe('the tap', () => {
  it('lets described answers pass: of routes, of HEAD, of unknown paths, unchanged ones, and those of no dialect', async () => {
    const { origin, port } = await serveTapped(tiny, { etag: true });
    const me = await fetch(`${origin}/made/v1/me`, withToken);
    expect(await me.json()).toEqual({ id: 1000, name: '名' });
    await fetch(`${origin}/made/v1/me`, { method: 'HEAD', ...withToken });
    const etag = me.headers.get('etag') ?? '';
    expect(await getRaw(port, '/made/v1/me', { token: token(), 'If-None-Match': etag })).toContain('304');
    expect((await fetch(`${origin}/made/v1/nothing`)).status).toBe(400);
    expect((await fetch(`${origin}/made/v1/me`)).status).toBe(400);
    expect((await fetch(`${origin}/nowhere`)).status).toBe(404);
    expect(complaint()).toBe('');
  });

  it.each([
    [
      'a status',
      "'200': { $ref: '#/components/responses/Me' }",
      "'201': { description: made }",
      'status 200',
    ],
    ['a member', 'name: { type: string }', 'nickname: { type: string }', '"additionalProperty":"name"'],
    ['a type of value', 'id: { type: integer }', 'id: { type: string }', '/id must be string'],
    [
      'a media type',
      'application/json:\n          schema:\n            type: object\n            additional',
      'text/html:\n          schema:\n            type: object\n            additional',
      'type application/json',
    ],
  ])('tells of %s that is not described', async (_, from, to, fault) => {
    expect(tiny).toContain(from);
    const { origin } = await serveTapped(tiny.replace(from, to));
    await fetch(`${origin}/made/v1/me`, withToken);
    const told = complaint();
    expect(told).toContain('dialects/made/openapi.yaml does not describe the answer of GET /made/v1/me: 200');
    expect(told).toContain(fault);
    expect(told).toContain('body: {"id":1000,"name":"名"}');
    expect(complaint()).toBe('');
  });

  it('tells of an unknown path, where only what OPTIONS gets is described', async () => {
    const { origin } = await serveTapped(tiny.replace('x-unknown-path:', 'x-preflight:'));
    await fetch(`${origin}/made/v1/me`, { method: 'OPTIONS' });
    expect(complaint()).toBe('');
    await fetch(`${origin}/made/v1/nothing`);
    expect(complaint()).toContain('GET /made/v1/nothing: 400');
  });

  it('takes what any path may answer before it is looked at', async () => {
    const early = () => ({ status: 307, headers: { Location: '/made/v1/me' } });
    const { origin } = await serveTapped(tiny, { early });
    await fetch(`${origin}/made/v1/me`, { redirect: 'manual' });
    expect(complaint()).toContain('has the status 307');
    const described = `${tiny}\nx-any-path:\n  '307': { description: elsewhere }\n`;
    const tapped = await serveTapped(described, { early });
    await fetch(`${tapped.origin}/made/v1/me`, { redirect: 'manual' });
    await fetch(`${tapped.origin}/made/v1/nothing`, { redirect: 'manual' });
    expect(complaint()).toBe('');
  });

  it('tells of a page where JSON is described, and takes it where a page is', async () => {
    const routes = declare().routes.map((route) => ({
      ...route,
      write: () => ({ status: 200, html: '<p>' }),
    }));
    const { origin } = await serveTapped(tiny, { routes: routes });
    await fetch(`${origin}/made/v1/me`, withToken);
    expect(complaint()).toContain('type text/html, which is not described');
    const page = "'200': { description: page, content: { text/html: { schema: { type: string } } } }";
    const other = await serveTapped(tiny.replace("'200': { $ref: '#/components/responses/Me' }", page), {
      routes: routes,
    });
    await fetch(`${other.origin}/made/v1/me`, withToken);
    expect(complaint()).toBe('');
  });

  it('tells of a description that cannot be used', async () => {
    const { origin } = await serveTapped(tiny.replace('type: integer', 'typ: integer'));
    await fetch(`${origin}/made/v1/me`, withToken);
    expect(complaint()).toContain('cannot be used: strict mode: unknown keyword: "typ"');
  });

  it('tells of what a server answers that takes no new connections any more', async () => {
    const { port, server } = await serveTapped(tiny.replace('x-unknown-path:', 'x-preflight:'));
    const socket = openRaw(port, '');
    await once(server, 'connection');
    server.close();
    socket.write('GET /made/v1/nothing HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'close');
    expect(complaint()).toContain('GET /made/v1/nothing: 400');
  });

  it('tells of an answer whose end is held back, when its client has it', async () => {
    const { port } = await serveTapped(tiny.replace('x-unknown-path:', 'x-preflight:'));
    const head = `POST /made/v1/nothing HTTP/1.1\r\nHost: a\r\nContent-Length: ${10 ** 7}\r\n\r\n`;
    const socket = openRaw(port, head);
    let heard = '';
    socket.on('data', (bytes) => (heard += String(bytes)));
    await until(() => heard.includes('}'));
    expect(complaint()).toContain('POST /made/v1/nothing: 400');
    socket.destroy();
  });

  it('tells of a body that is missing', async () => {
    const routes = declare().routes.map((route) => ({ ...route, write: () => ({ status: 200 }) }));
    const { origin } = await serveTapped(tiny, { routes: routes });
    await fetch(`${origin}/made/v1/me`, withToken);
    expect(complaint()).toContain('has no body, where application/json is described');
  });
});

describe('an undescribed answer', () => {
  let results: Map<string, { status: string; told: string }>;
  beforeAll(async () => {
    const config = {
      rootDir: repository,
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/openapi/fixture/*.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/setup-after-env.ts'],
      testTimeout: 60_000,
      transform: {
        '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
      },
    };
    const jest = path.join(repository, 'node_modules/jest/bin/jest.js');
    const given = [jest, '--json', '--runInBand', '--config', JSON.stringify(config)];
    const printed = await new Promise<string>((resolve) => {
      execFile(process.execPath, given, { timeout: 100_000 }, (_error, stdout) => {
        resolve(stdout);
      });
    });
    const { testResults } = JSON.parse(printed) as {
      testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
    };
    results = new Map(
      testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .map(({ title, status, failureMessages }) => [title, { status, told: failureMessages.join('\n') }]),
    );
  });

  it.each([
    ['meets an answer that nobody described', 'GET /made/v1/me'],
    [
      'meets an answer of a process that nobody described',
      'dialects/lancens/openapi.yaml does not describe the answer of GET /v1/api/nothing: 404',
    ],
    ['meets one of a process that is killed', 'GET /v1/api/killed: 404'],
    ['meets one of a process that a shell started through npm', 'GET /v1/api/shell: 404'],
  ])('fails the test that %s', (title, told) => {
    expect(results.get(title)).toEqual({ status: 'failed', told: expect.stringContaining(told) });
    // Of its own answer and of no other test's.
    expect([...new Set(results.get(title)?.told.match(/GET \/\S+/g))]).toHaveLength(1);
  });

  it.each(['meets nothing of the kind', 'meets a described one', 'meets one where the wire is not served'])(
    'leaves the test alone that %s',
    (title) => {
      expect(results.get(title)).toEqual({ status: 'passed', told: '' });
    },
  );
});
